package io.sockfd.bpf;

import static io.sockfd.raw.Linux.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Domain;
import io.sockfd.Errno;
import io.sockfd.ErrnoException;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.option.FilterProgram;
import io.sockfd.option.FilterProgram.Instruction;
import io.sockfd.option.SocketOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The interpreter and the verifier against the kernel's, which needs no privilege on UNIX and UDP. */
@Tag("once")
class KernelAgreementIT {
    private static final int PROGRAMS = 150;
    private static final int PACKETS = 1000;
    private static final int VERDICTS = 5000;
    private static final int MOST = 100;
    private static final long SEED = 6;
    private static final int LOOPBACK_INDEX = 1;
    private static final int UDP_HEADER = 8;
    private static final int IP_HEADER = 20;
    private static final int ETHERNET_HEADER = 14;

    private final ByteBuffer received = ByteBuffer.allocateDirect(2 * MOST);

    /** A UNIX socket's filter sees the data alone, of no interface, and no header before it. */
    @Test
    void everyPacketOfUnixSocketsIsCutAlike() throws IOException {
        RandomPrograms programs = new RandomPrograms(SEED);
        Ancillary ancillary = new Ancillary();
        Set<Integer> codes = new HashSet<>();
        Tally tally = new Tally();
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.DGRAM)) {
            for (int p = 0; p < PROGRAMS; p++) {
                FilterProgram program = programs.valid();
                program.instructions().forEach(i -> codes.add(i.code()));
                SocketFilter.attach(pair.second(), program);
                Interpreter interpreter = new Interpreter(program);
                for (int i = 0; i < PACKETS; i++) {
                    byte[] packet = programs.packet(MOST);
                    int expected = cut(interpreter.run(ByteBuffer.wrap(packet), ancillary), packet.length, 1);
                    pair.first().send(ByteBuffer.wrap(packet), 0);
                    int got = pair.second().recv(received.clear(), MSG_DONTWAIT);
                    tally.compare(expected, got, program, packet);
                }
            }
        }
        assertEquals(RandomPrograms.CODES.length, codes.size(), "all codes are used");
        tally.assertWorthwhile();
    }

    /** A UDP socket's filter sees the UDP header first; both headers before it can be reached, and the interface. */
    @Test
    void everyPacketOfUdpSocketsIsCutAlike() throws IOException {
        RandomPrograms programs = new RandomPrograms(SEED + 1);
        Ancillary ancillary = new Ancillary()
                .protocol(ETH_P_IP)
                .device(LOOPBACK_INDEX, ARPHRD_LOOPBACK)
                .payloadOffset(UDP_HEADER)
                .headers(-IP_HEADER - ETHERNET_HEADER, -IP_HEADER);
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        Tally tally = new Tally();
        try (Socket sender = Socket.udp().bind(loopback);
                Socket receiver = Socket.udp().bind(loopback).timeout(Duration.ofSeconds(5))) {
            sender.connect(receiver.getLocalAddress());
            receiver.connect(sender.getLocalAddress());
            sender.setOption(SocketOptions.SO_NO_CHECK, true);
            int from = ((InetSocketAddress) sender.getLocalAddress()).getPort();
            int to = ((InetSocketAddress) receiver.getLocalAddress()).getPort();
            for (int p = 0; p < PROGRAMS; p++) {
                FilterProgram program = knownHeaders(programs.valid());
                SocketFilter.attach(receiver, program);
                Interpreter interpreter = new Interpreter(program);
                for (int i = 0; i < PACKETS; i++) {
                    byte[] data = programs.packet(MOST);
                    byte[] packet = frame(from, to, data);
                    ByteBuffer seen = ByteBuffer.wrap(packet).position(packet.length - data.length - UDP_HEADER);
                    int expected = cut(interpreter.run(seen, ancillary), seen.remaining(), UDP_HEADER);
                    sender.send(ByteBuffer.wrap(data), 0);
                    int got = receiver.recv(received.clear(), MSG_DONTWAIT);
                    tally.compare(expected, got < 0 ? got : got + UDP_HEADER, program, packet);
                }
            }
        }
        tally.assertWorthwhile();
    }

    /** The IP header's identification and checksum differ each time: only the fields that are known are loaded. */
    private static FilterProgram knownHeaders(FilterProgram program) {
        return new FilterProgram(program.instructions().stream()
                .map(i -> new Instruction(i.code(), i.jt(), i.jf(), knownOffset(i)))
                .toList());
    }

    private static int knownOffset(Instruction i) {
        boolean loads = (i.code() & Opcode.CLASS) <= BPF_LDX && (i.k() >>> 24) == 0xff;
        if (!loads || i.k() >= SKF_AD_OFF) {
            return i.k();
        } else if ((i.code() & 0xe0) == BPF_IND) {
            return i.k() & 0xf;
        }
        return i.k() >= SKF_NET_OFF ? SKF_NET_OFF : SKF_LL_OFF + (i.k() & 0xf) % 15;
    }

    private static byte[] frame(int from, int to, byte[] data) {
        int total = IP_HEADER + UDP_HEADER + data.length;
        ByteBuffer frame = ByteBuffer.allocate(ETHERNET_HEADER + total);
        frame.position(12);
        frame.putShort((short) ETH_P_IP).put((byte) 0x45).put((byte) 0).putShort((short) total);
        frame.position(ETHERNET_HEADER + IP_HEADER);
        frame.putShort((short) from).putShort((short) to).putShort((short) (UDP_HEADER + data.length));
        frame.putShort((short) 0).put(data);
        return frame.array();
    }

    @Test
    void theKernelRefusesWhatTheVerifierRefuses() throws IOException {
        RandomPrograms programs = new RandomPrograms(SEED + 2);
        int taken = 0;
        try (Socket socket = Socket.unixDatagram()) {
            for (int i = 0; i < VERDICTS; i++) {
                FilterProgram program = i % 2 == 0 ? programs.mostlyValid() : programs.arbitrary();
                boolean ours = verifies(program);
                assertEquals(kernelTakes(socket, program), ours, () -> Disassembler.disassemble(program));
                taken += ours ? 1 : 0;
            }
        }
        assertTrue(taken > VERDICTS / 10 && taken < VERDICTS * 9 / 10, taken + " of " + VERDICTS + " taken");
    }

    private static boolean verifies(FilterProgram program) {
        try {
            Verifier.verify(program);
            return true;
        } catch (BpfException e) {
            return false;
        }
    }

    private static boolean kernelTakes(Socket socket, FilterProgram program) throws IOException {
        try {
            socket.setOption(SocketOptions.SO_ATTACH_FILTER, program);
            return true;
        } catch (ErrnoException e) {
            assertEquals(Errno.EINVAL, e.errno());
            return false;
        }
    }

    /** What is left of a packet: the filter's result, but not less than the headers that stay. */
    private static int cut(int result, int length, int least) {
        if (result == 0) {
            return Socket.WOULD_BLOCK;
        }
        return (int) Math.min(length, Math.max(least, Integer.toUnsignedLong(result)));
    }

    /** Counts outcomes, so that a run in which nothing passed, or everything did, is no success. */
    private static final class Tally {
        private int whole;
        private int shortened;
        private int dropped;

        void compare(int expected, int got, FilterProgram program, byte[] packet) {
            assertEquals(
                    expected,
                    got,
                    () -> Disassembler.disassemble(program)
                            + java.util.HexFormat.of().formatHex(packet));
            if (got == Socket.WOULD_BLOCK) {
                dropped++;
            } else if (got < packet.length) {
                shortened++;
            } else {
                whole++;
            }
        }

        void assertWorthwhile() {
            int least = PROGRAMS * PACKETS / 50;
            assertTrue(
                    dropped > least && shortened > least / 10 && whole + shortened > least,
                    whole + " whole, " + shortened + " cut, " + dropped + " dropped");
        }
    }
}
