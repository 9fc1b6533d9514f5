package io.sockfd.family;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.sockfd.Domain;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.address.HardwareAddress;
import io.sockfd.address.HciAddress;
import io.sockfd.examples.Program;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * Two virtual controllers that hear each other, of BlueZ's emulator btvirt. They are switched on over the management
 * channel, which is what bluetoothd does.
 */
final class Bluetooth implements AutoCloseable {
    private static final int READ_INDEX_LIST = 0x0003;
    private static final int READ_INFO = 0x0004;
    private static final int SET_POWERED = 0x0005;
    private static final int SET_CONNECTABLE = 0x0007;
    private static final int COMMAND_COMPLETE = 0x0001;
    private static final int COMMAND_STATUS = 0x0002;
    private static final int HEAD = 6;
    private static final int BDADDR = 6;
    private static final int EVENTS = 100;
    private static final int POLLS = 200;
    private static final int STARTS = 3;
    private static final int POLL_MS = 50;

    private final Socket management;
    private Program emulator = Kernel.later();
    private final List<Integer> before;
    private final List<Integer> controllers = new ArrayList<>();
    private final List<HardwareAddress> addresses = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 10).order(ByteOrder.LITTLE_ENDIAN);

    /** Skips the tests where the kernel or the tools lack something. */
    Bluetooth() throws IOException, InterruptedException {
        Kernel.assumeInstalled("btvirt", "bluez-test-tools");
        Kernel.assumeInstalled("l2test", "bluez");
        Assumptions.assumeTrue(Files.isWritable(Path.of("/dev/vhci")), "no /dev/vhci (modprobe hci_vhci), or no root");
        management = hci(Linux.HCI_DEV_NONE, Linux.HCI_CHANNEL_CONTROL);
        before = indices();
        try {
            // the kernel gives a controller two seconds for each answer, which a busy machine may miss
            for (int i = 0; !start(); i++) {
                if (i == STARTS) {
                    fail("two controllers of " + emulator + ": " + controllers + " beside " + before);
                }
                stop();
            }
            controllers.sort(null);
            for (int controller : controllers) {
                addresses.add(address(command(READ_INFO, controller), HEAD + 3));
                ByteBuffer powered = command(SET_POWERED, controller, 1);
                assertEquals(1, powered.get(HEAD + 3) & 1, "it is on");
                ByteBuffer connectable = command(SET_CONNECTABLE, controller, 1);
                assertEquals(3, connectable.get(HEAD + 3) & 3, "it is on and lets itself be found");
            }
        } catch (Throwable e) {
            close();
            throw e;
        }
    }

    /** Starts the emulator; false when its controllers do not come up. */
    private boolean start() throws IOException, InterruptedException {
        emulator = Program.start(List.of("btvirt", "-l2"));
        for (int i = 0; i < POLLS && controllers.size() < 2; i++) {
            Thread.sleep(POLL_MS);
            controllers.clear();
            controllers.addAll(indices());
            controllers.removeAll(before);
        }
        return controllers.size() == 2;
    }

    private void stop() throws IOException, InterruptedException {
        emulator.close();
        controllers.clear();
        for (int i = 0; i < POLLS && !indices().equals(before); i++) {
            Thread.sleep(POLL_MS);
        }
    }

    static Socket hci(int device, int channel) throws IOException {
        return Kernel.bound(
                Kernel.open(Domain.BLUETOOTH, SocketType.RAW, Linux.BTPROTO_HCI), new HciAddress(device, channel));
    }

    /** The number of the first or second one, 0 for hci0. */
    int controller(int which) {
        return controllers.get(which);
    }

    /** As the tools name it. */
    String name(int which) {
        return "hci" + controllers.get(which);
    }

    HardwareAddress address(int which) {
        return addresses.get(which);
    }

    /** A device address as it lies in memory: the last byte first. */
    static HardwareAddress address(ByteBuffer b, int at) {
        byte[] bytes = new byte[BDADDR];
        for (int i = 0; i < BDADDR; i++) {
            bytes[i] = b.get(at + BDADDR - 1 - i);
        }
        return HardwareAddress.of(bytes);
    }

    private List<Integer> indices() throws IOException {
        ByteBuffer list = command(READ_INDEX_LIST, Linux.HCI_DEV_NONE);
        List<Integer> indices = new ArrayList<>();
        for (int i = 0; i < list.getShort(HEAD + 3); i++) {
            indices.add(Short.toUnsignedInt(list.getShort(HEAD + 5 + 2 * i)));
        }
        return indices;
    }

    /** Sends a command of the management interface; its answer's parameters are behind opcode and status. */
    private ByteBuffer command(int opcode, int controller, int... parameters) throws IOException {
        buffer.clear().putShort((short) opcode).putShort((short) controller).putShort((short) parameters.length);
        for (int parameter : parameters) {
            buffer.put((byte) parameter);
        }
        management.send(buffer.flip(), 0);
        for (int i = 0; i < EVENTS; i++) {
            management.recv(buffer.clear(), 0);
            int event = Short.toUnsignedInt(buffer.getShort(0));
            if ((event == COMMAND_COMPLETE || event == COMMAND_STATUS)
                    && Short.toUnsignedInt(buffer.getShort(HEAD)) == opcode) {
                assertEquals(0, buffer.get(HEAD + 2), "status of management command " + opcode);
                return buffer;
            }
        }
        return fail("no answer to management command " + opcode);
    }

    @Override
    public void close() throws IOException {
        try {
            stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            management.close();
        }
    }
}
