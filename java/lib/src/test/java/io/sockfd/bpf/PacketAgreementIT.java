package io.sockfd.bpf;

import static io.sockfd.raw.Linux.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import io.sockfd.Errno;
import io.sockfd.ErrnoException;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.address.PacketAddress;
import io.sockfd.option.FilterProgram;
import io.sockfd.option.PacketOptions;
import io.sockfd.option.SocketOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The extensions and the headers before the data, as packet sockets have them: frames of our own on the loopback. */
@Tag("once")
class PacketAgreementIT {
    private static final int PROGRAMS = 60;
    private static final int FRAMES = 100;
    private static final int MOST = 100;
    private static final int LOOPBACK = 1;
    private static final int HEADER = 14;
    private static final int EXPERIMENTAL = 0x88b6;
    private static final long MARK = 0x1234_5678L;
    private static final long SEED = 17;
    private static final FilterProgram OURS = Assembler.assemble("""
            ld #proto
            jeq #0x88b6, ours
            ret #0
            ours: ret #-1
            """);

    private final ByteBuffer received = ByteBuffer.allocateDirect(2 * MOST);
    private final ByteBuffer frame = ByteBuffer.allocate(2 * MOST);

    @Test
    void everyFrameIsCutAlike() throws IOException {
        List<FilterProgram> programs = new ArrayList<>();
        RandomPrograms random = new RandomPrograms(SEED);
        for (int i = 0; i < PROGRAMS; i++) {
            programs.add(random.valid());
        }
        for (Extension extension : Extension.values()) {
            if (extension != Extension.CPU && extension != Extension.RAND) {
                programs.add(lowBits(extension, 0));
                programs.add(lowBits(extension, 16));
            }
        }
        programs.add(FilterExpression.compile("vlan 5", Framing.PACKET_RAW, 20));
        programs.add(FilterExpression.compile("not vlan and greater 60", Framing.PACKET_RAW, 30));
        programs.add(FilterExpression.compile("ether proto 0x88b6 and inbound", Framing.PACKET_RAW, 40));
        try (Socket sender = open();
                Socket all = open();
                Socket filtered = open()) {
            sender.setOption(SocketOptions.SO_MARK, MARK);
            sender.bind(new PacketAddress(0, LOOPBACK)); // receives nothing
            all.timeout(Duration.ofSeconds(5));
            SocketFilter.attach(all, OURS);
            bind(all);
            bind(filtered);
            int taken = 0;
            for (FilterProgram program : programs) {
                taken += run(program, random, sender, all, filtered);
            }
            int sent = programs.size() * FRAMES;
            assertTrue(taken > sent / 20 && taken < sent * 19 / 20, taken + " of " + sent + " frames taken");
        }
    }

    /** Nothing but our frames, whatever else the loopback carries; then the program with A as it was. */
    private static FilterProgram ours(FilterProgram program) {
        List<FilterProgram.Instruction> list =
                new ArrayList<>(OURS.instructions().subList(0, 3));
        list.add(new FilterProgram.Instruction(BPF_LD | BPF_IMM, 0, 0, 0));
        list.addAll(program.instructions());
        return new FilterProgram(list);
    }

    /** Gives six bits of it back as a length, plus one. */
    private static FilterProgram lowBits(Extension extension, int shift) {
        return Assembler.assemble(
                "ld #0\nldx #0\nld #" + extension.word() + "\nrsh #" + shift + "\nand #0x3f\nadd #1\nret a");
    }

    private int run(FilterProgram program, RandomPrograms random, Socket sender, Socket all, Socket filtered)
            throws IOException {
        SocketFilter.attachAndDrain(filtered, ours(program));
        Interpreter interpreter = new Interpreter(program);
        Ancillary ancillary = new Ancillary()
                .protocol(EXPERIMENTAL)
                .device(LOOPBACK, ARPHRD_LOOPBACK)
                .packetType(PACKET_HOST)
                .mark((int) MARK)
                .headers(0, HEADER);
        int taken = 0;
        for (int i = 0; i < FRAMES; i++) {
            byte[] data = random.packet(MOST);
            int tag = data.length < 2 ? 0 : i % 4; // the kernel drops a tag with less behind it
            sender.send(frame(data, tag), 0);
            int arrived = all.recv(received.clear(), 0);
            assertEquals(HEADER + data.length, arrived, "the whole frame, without its tag");
            ByteBuffer seen = received.slice(0, arrived);
            if (tag == 0) {
                ancillary.noVlan();
            } else {
                ancillary.vlan(ETH_P_8021Q, 0x2000 | (tag + 3));
            }
            long result = Integer.toUnsignedLong(interpreter.run(seen, ancillary));
            byte[] bytes = new byte[arrived];
            seen.get(bytes);
            int got = filtered.recv(received.clear(), MSG_DONTWAIT);
            int expected = result == 0 ? Socket.WOULD_BLOCK : (int) Math.min(arrived, result);
            assertEquals(
                    expected,
                    got,
                    () -> "tag " + tag + "\n" + Disassembler.disassemble(program)
                            + HexFormat.of().formatHex(bytes));
            taken += got < 0 ? 0 : 1;
        }
        return taken;
    }

    private ByteBuffer frame(byte[] data, int tag) {
        frame.clear().put(new byte[12]);
        if (tag > 0) {
            frame.putShort((short) ETH_P_8021Q).putShort((short) (0x2000 | (tag + 3)));
        }
        return frame.putShort((short) EXPERIMENTAL).put(data).flip();
    }

    private static Socket open() throws IOException {
        try {
            return Socket.packet(SocketType.RAW, 0);
        } catch (ErrnoException e) {
            if (e.errno().equals(Errno.EPERM)) {
                return abort("packet sockets need CAP_NET_RAW");
            }
            throw e;
        }
    }

    /** To all protocols: the kernel clears the tag before it gives a frame to the sockets of one. */
    private static void bind(Socket socket) throws IOException {
        socket.setOption(PacketOptions.PACKET_IGNORE_OUTGOING, true);
        socket.bind(new PacketAddress(ETH_P_ALL, LOOPBACK));
    }
}
