package io.sockfd.hostile;

import static io.sockfd.hostile.Program.check;
import static io.sockfd.hostile.Program.checkEquals;
import static io.sockfd.hostile.Program.refused;

import io.sockfd.Codec;
import io.sockfd.Codecs;
import io.sockfd.Message;
import io.sockfd.Option;
import io.sockfd.Socket;
import io.sockfd.ZeroCopy;
import io.sockfd.option.FilterProgram;
import io.sockfd.option.SocketOptions;
import io.sockfd.option.TcpOptions;
import io.sockfd.option.TcpZerocopyReceive;
import io.sockfd.raw.Linux;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Options whose values are not what they seem, and codecs that lie. */
final class OptionPrograms {
    private OptionPrograms() {}

    static List<Program> all() {
        List<Program> all = new ArrayList<>();
        for (int instructions : new int[] {1, 8, 64, 127, 128, 129, 512, 4096}) {
            all.add(Program.of("a filter of " + instructions + " instructions as bytes", () -> filter(instructions)));
        }
        all.add(Program.of("every option of every family", OptionSweep::run));
        all.add(Program.of("a codec asks for more than it has", () -> lies(64, 5000, 0)));
        all.add(Program.of("a codec asks for a negative number", () -> lies(64, -1, 0)));
        all.add(Program.of("a codec encodes more than it has", () -> lies(64, 64, 100_000)));
        all.add(Program.of("a codec encodes a negative number", () -> lies(64, 64, -5)));
        all.add(Program.of("a codec of a negative size", () -> lies(-1, 0, 0)));
        all.add(Program.of("a codec of a huge size", () -> lies(Integer.MAX_VALUE, 0, 0)));
        all.add(Program.of("a codec keeps its memory", OptionPrograms::keeps));
        all.add(Program.of("a request for more sources than fit", OptionPrograms::sources));
        all.add(Program.of("addresses in a value", OptionPrograms::addresses));
        all.add(Program.of("a zero-copy receive to any address", OptionPrograms::copybuf));
        all.add(Program.of("MSG_ZEROCOPY on a plain send", OptionPrograms::plainZeroCopy));
        all.add(Program.of("control data with addresses", OptionPrograms::rds));
        return all;
    }

    private static FilterProgram program(int instructions) {
        List<FilterProgram.Instruction> all = new ArrayList<>();
        for (int i = 1; i < instructions; i++) {
            all.add(new FilterProgram.Instruction(Linux.BPF_LD | Linux.BPF_IMM, 0, 0, 0x41414141));
        }
        all.add(new FilterProgram.Instruction(Linux.BPF_RET | Linux.BPF_K, 0, 0, 65535));
        return new FilterProgram(all);
    }

    private static void filter(int instructions) throws Exception {
        FilterProgram program = program(instructions);
        try (Socket socket = Socket.udp()) {
            socket.setOption(SocketOptions.SO_ATTACH_FILTER, program);
            checkEquals(program, socket.getOption(SocketOptions.SO_GET_FILTER), "the filter");
            for (int size : new int[] {0, 1, 8, 512, 1024, 1025, 40_000}) {
                Option<byte[]> bytes = Option.bytes(Linux.SOL_SOCKET, Linux.SO_GET_FILTER, size);
                byte[] got = socket.getOption(bytes);
                checkEquals(8 * instructions, got.length, "bytes of " + size + " that were offered");
                check(got[8 * instructions - 4] == -1 && got[8 * instructions - 3] == -1, "not the last instruction");
            }
            Watched watched = new Watched(64, -1);
            String ignored =
                    Program.outcome(() -> socket.getOption(watched.option(Linux.SOL_SOCKET, Linux.SO_GET_FILTER)));
            watched.check("SO_GET_FILTER");
        }
    }

    /** A codec of bytes that says what it is told to say. */
    private record Liar(int size, int offered, int encoded) implements Codec<byte[]> {
        @Override
        public Class<byte[]> type() {
            return byte[].class;
        }

        @Override
        public int encode(byte[] value, ByteBuffer buffer) {
            return encoded;
        }

        @Override
        public byte[] decode(ByteBuffer buffer, int length) {
            return new byte[length];
        }

        @Override
        public int request(byte @Nullable [] request, ByteBuffer buffer) {
            return offered;
        }
    }

    private static void lies(int size, int offered, int encoded) throws Exception {
        Option<byte[]> option = Option.of(
                "LIE", Linux.SOL_SOCKET, Linux.SO_RCVBUF, Option.Access.READ_WRITE, new Liar(size, offered, encoded));
        try (Socket socket = Socket.udp()) {
            if (size < 0 || size > 1 << 24 || offered < 0 || offered > 1024) {
                refused(IllegalArgumentException.class, () -> socket.getOption(option));
                refused(IllegalArgumentException.class, () -> socket.getOption(option, new byte[1]));
            }
            if (size < 0 || encoded < 0 || encoded > 1024) {
                refused(IllegalArgumentException.class, () -> socket.setOption(option, new byte[1]));
            }
        }
    }

    /** Whoever keeps it writes to it when the library's own codecs are at work. */
    private static void keeps() throws Exception {
        Watched watched = new Watched(64, -1);
        try (Socket socket = Socket.udp()) {
            String ignored = Program.outcome(() -> socket.getOption(watched.option(Linux.SOL_SOCKET, Linux.SO_RCVBUF)));
            ByteBuffer kept = watched.memory();
            FilterProgram program = program(1);
            RacePrograms.beside(() -> socket.setOption(SocketOptions.SO_ATTACH_FILTER, program), () -> {
                for (int i = 0; i + Long.BYTES <= kept.capacity(); i += Long.BYTES) {
                    kept.putLong(i, 0x10);
                }
            });
            checkEquals(program, socket.getOption(SocketOptions.SO_GET_FILTER), "the filter");
        }
    }

    private static void sources() throws Exception {
        byte[] head = new byte[512];
        ByteBuffer value = ByteBuffer.wrap(head).order(java.nio.ByteOrder.nativeOrder());
        try (Socket socket = Socket.udp()) {
            value.putInt(12, 1_000_000);
            Option<byte[]> ip = Option.bytes(Linux.SOL_IP, Linux.IP_MSFILTER, 64);
            refused(IllegalArgumentException.class, () -> socket.getOption(ip, head));
            value.putInt(140, -1);
            Option<byte[]> group = Option.bytes(Linux.SOL_IP, Linux.MCAST_MSFILTER, 200);
            refused(IllegalArgumentException.class, () -> socket.getOption(group, head));
            Option<byte[]> lent =
                    Option.of("LENT", Linux.SOL_IP, Linux.IP_MSFILTER, Option.Access.READ_WRITE, new Liar(64, 64, 64));
            refused(IllegalArgumentException.class, () -> socket.getOption(lent));
        }
    }

    private static void addresses() throws Exception {
        int[][] sets = {
            {Linux.SOL_SOCKET, Linux.SO_ATTACH_FILTER},
            {Linux.SOL_SOCKET, Linux.SO_ATTACH_REUSEPORT_CBPF},
            {Linux.SOL_PACKET, Linux.PACKET_FANOUT_DATA},
            {Linux.SOL_IP, 64},
            {Linux.SOL_IPV6, 64},
            {Linux.SOL_RDS, 2}
        };
        int[][] gets = {
            {Linux.SOL_TCP, Linux.TCP_ZEROCOPY_RECEIVE},
            {Linux.SOL_MPTCP, Linux.MPTCP_FULL_INFO},
            {Linux.SOL_SCTP, Linux.SCTP_SOCKOPT_CONNECTX3},
            {Linux.SOL_IP, 129}
        };
        try (Socket socket = Socket.tcp()) {
            for (int[] each : sets) {
                Option<byte[]> option = Option.bytes(each[0], each[1]);
                refused(IllegalArgumentException.class, () -> socket.setOption(option, new byte[64]));
                Option<byte[]> own = Option.of(
                        "OWN",
                        each[0],
                        each[1],
                        Option.Access.READ_WRITE,
                        Codecs.of(byte[].class, 16, (v, b) -> 16, (b, n) -> new byte[n]));
                refused(IllegalArgumentException.class, () -> socket.setOption(own, new byte[64]));
            }
            for (int[] each : gets) {
                Option<byte[]> option = Option.bytes(each[0], each[1]);
                refused(IllegalArgumentException.class, () -> socket.getOption(option));
                refused(IllegalArgumentException.class, () -> socket.getOption(option, new byte[64]));
            }
        }
    }

    private static void copybuf() throws Exception {
        ByteBuffer foreign = ByteBuffer.allocateDirect(4096);
        long address = io.sockfd.raw.Memory.address(foreign);
        try (Socket listener = Socket.tcp();
                Socket client = Socket.tcp()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            listener.listen(1);
            client.connect(listener.getLocalAddress());
            try (Socket server = listener.accept()) {
                client.send(new byte[] {1, 2, 3}, 0, 3, 0);
                TcpZerocopyReceive request = new TcpZerocopyReceive(0, 0, 0, 0, 0, address, 4096, 0);
                refused(
                        IllegalArgumentException.class,
                        () -> server.getOption(TcpOptions.TCP_ZEROCOPY_RECEIVE, request));
            }
        }
        check(foreign.get(0) == 0, "the kernel wrote where a number pointed");
    }

    private static void plainZeroCopy() throws Exception {
        int flag = Linux.MSG_ZEROCOPY;
        try (Socket socket = Socket.udp()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9));
            socket.setOption(SocketOptions.SO_ZEROCOPY, true);
            ByteBuffer buffer = ByteBuffer.allocateDirect(8);
            byte[] array = new byte[8];
            refused(IllegalArgumentException.class, () -> socket.send(buffer, flag));
            refused(IllegalArgumentException.class, () -> socket.send(array, 0, 8, flag));
            refused(IllegalArgumentException.class, () -> socket.send(new byte[100_000], 0, 100_000, flag));
            refused(IllegalArgumentException.class, () -> socket.send(ByteBuffer.wrap(array), flag));
            refused(IllegalArgumentException.class, () -> socket.sendTo(buffer, socket.getRemoteAddress(), flag));
            refused(IllegalArgumentException.class, () -> socket.sendMessage(new Message().data(buffer), flag));
            io.sockfd.MessageBatch batch = new io.sockfd.MessageBatch(1, 1, 0);
            batch.get(0).data(buffer);
            refused(IllegalArgumentException.class, () -> socket.sendMessages(batch, 0, 1, flag));
            check(new ZeroCopy(socket).send(buffer, flag) >= 0, "the right way");
        }
    }

    private static void rds() {
        refused(IllegalArgumentException.class, () -> new Message().outgoing().putInt(Linux.SOL_RDS, 1, 1));
        refused(IllegalArgumentException.class, () -> new Message().outgoing().put(Linux.SOL_RDS, 3, new byte[32]));
    }
}
