package io.sockfd.family;

import static org.junit.jupiter.api.Assertions.fail;

import io.sockfd.Domain;
import io.sockfd.Errors;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.address.CanAddress;
import io.sockfd.examples.Program;
import io.sockfd.netlink.Namespaces;
import io.sockfd.netlink.NewLink;
import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.CanFrame;
import io.sockfd.raw.struct.CanfdFrame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A virtual CAN bus, vcan0, in a network namespace of its own. */
final class Can implements AutoCloseable {
    private static final int POLLS = 600;
    private static final int POLL_MS = 50;

    private final Namespaces net;
    private final int ifindex;

    private Can(Namespaces net) throws IOException {
        this.net = net;
        try {
            net.get(0).rt().create(NewLink.of("vcan0", "vcan", null).up());
        } catch (IOException e) {
            Assumptions.assumeFalse(
                    Errors.errnoOf(e).isPresent(), () -> "no virtual CAN here (modprobe vcan): " + e.getMessage());
            throw e;
        }
        ifindex = net.get(0).rt().link("vcan0").index();
    }

    /** Skips the test where the kernel has no such socket. */
    static Can with(SocketType type, int protocol) throws IOException {
        Kernel.open(Domain.CAN, type, protocol).close();
        Kernel.assumeInstalled("candump", "can-utils");
        Namespaces net = Namespaces.alone();
        try {
            return new Can(net);
        } catch (Throwable e) {
            net.close();
            throw e;
        }
    }

    int ifindex() {
        return ifindex;
    }

    CanAddress address() {
        return new CanAddress(ifindex);
    }

    Socket socket(SocketType type, int protocol) throws IOException {
        return net.get(0).call(() -> Kernel.open(Domain.CAN, type, protocol));
    }

    Socket raw() throws IOException {
        return socket(SocketType.RAW, Linux.CAN_RAW);
    }

    void down() throws IOException {
        net.get(0).rt().setDown(ifindex);
    }

    /** A program whose network is this bus. */
    Program start(String... command) throws IOException {
        return net.get(0).call(() -> Program.start(List.of(command)));
    }

    void run(String... command) throws IOException, InterruptedException {
        try (Program program = start(command)) {
            program.end();
        }
    }

    /** Waits until so many filters are registered at the bus: one for each socket of most kinds. */
    void awaitFilters(int count) throws IOException, InterruptedException {
        long there = 0;
        for (int i = 0; i < POLLS; i++) {
            there = net.get(0).call(Can::filters);
            if (there >= count) {
                return;
            }
            Thread.sleep(POLL_MS);
        }
        fail("only " + there + " filters of " + count + " at the bus");
    }

    private static long filters() throws IOException {
        long count = 0;
        for (String list : List.of("all", "fil", "sff", "eff", "inv")) {
            try (Stream<String> lines = Files.lines(Path.of("/proc/thread-self/net/can/rcvlist_" + list))) {
                count += lines.filter(line -> line.matches("\\s+vcan0\\s+[0-9a-f]+\\s.*"))
                        .count();
            }
        }
        return count;
    }

    static ByteBuffer frame(int id, int... data) {
        ByteBuffer b = ByteBuffer.allocateDirect(CanFrame.SIZE).order(ByteOrder.nativeOrder());
        CanFrame.can_id(b, 0, id);
        CanFrame.len(b, 0, data.length);
        for (int i = 0; i < data.length; i++) {
            b.put(CanFrame.DATA + i, (byte) data[i]);
        }
        return b;
    }

    static ByteBuffer fdFrame(int id, int flags, byte[] data) {
        ByteBuffer b = ByteBuffer.allocateDirect(CanfdFrame.SIZE).order(ByteOrder.nativeOrder());
        CanfdFrame.can_id(b, 0, id);
        CanfdFrame.len(b, 0, data.length);
        CanfdFrame.flags(b, 0, flags);
        b.put(CanfdFrame.DATA, data);
        return b;
    }

    /** As candump's log has a frame. */
    static String text(ByteBuffer frame) {
        int id = CanFrame.can_id(frame, 0);
        StringBuilder text = new StringBuilder(
                (id & Linux.CAN_EFF_FLAG) != 0
                        ? String.format("%08X#", id & Linux.CAN_EFF_MASK)
                        : String.format("%03X#", id & Linux.CAN_SFF_MASK));
        if ((id & Linux.CAN_RTR_FLAG) != 0) {
            return text.append('R').toString();
        }
        for (int i = 0; i < CanFrame.len(frame, 0); i++) {
            text.append(String.format("%02X", frame.get(CanFrame.DATA + i)));
        }
        return text.toString();
    }

    /** The frames in what candump -L printed. */
    static List<String> frames(String log) {
        return log.lines().map(line -> line.replaceFirst(".* ", "")).toList();
    }

    @Override
    public void close() throws IOException {
        net.close();
    }
}
