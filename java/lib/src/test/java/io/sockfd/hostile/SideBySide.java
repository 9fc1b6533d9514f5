package io.sockfd.hostile;

import io.sockfd.Domain;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.Channel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.ScatteringByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The same operation with the same buffer on a channel of the JDK and on ours must end in the same way. */
final class SideBySide {
    private static final int SIZE = 64;
    private static final int LONG_S = 30;

    private SideBySide() {}

    /** Two ends. */
    private record Ends(Channel from, Channel to, List<Channel> all) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            for (Channel each : all) {
                each.close();
            }
        }

        static Ends of(Channel from, Channel to) {
            return new Ends(from, to, List.of(from, to));
        }
    }

    /** Makes them. */
    @FunctionalInterface
    private interface Maker {
        Ends make() throws Exception;
    }

    /** What is done. */
    @FunctionalInterface
    private interface Doing {
        void with(Ends ends, ByteBuffer buffer) throws Exception;
    }

    static void run() throws Exception {
        Map<String, Maker[]> channels = new LinkedHashMap<>();
        channels.put("stream", new Maker[] {SideBySide::pipe, () -> ours(SocketType.STREAM)});
        channels.put("datagram", new Maker[] {SideBySide::datagram, () -> ours(SocketType.DGRAM)});
        Map<String, Doing> doings = new LinkedHashMap<>();
        doings.put("write", (e, b) -> ((WritableByteChannel) e.from()).write(b));
        doings.put("gather", (e, b) -> ((GatheringByteChannel) e.from()).write(new ByteBuffer[] {b, b.duplicate()}));
        doings.put("read", (e, b) -> ((ReadableByteChannel) e.to()).read(b));
        doings.put("scatter", (e, b) -> ((ScatteringByteChannel) e.to()).read(new ByteBuffer[] {b, b.duplicate()}));
        List<String> differences = new ArrayList<>();
        int rows = 0;
        for (Map.Entry<String, Maker[]> channel : channels.entrySet()) {
            for (Map.Entry<String, Doing> doing : doings.entrySet()) {
                for (String buffer : List.of(
                        "closed ofShared",
                        "closed ofConfined",
                        "foreign ofConfined",
                        "foreign ofShared",
                        "own ofShared",
                        "own ofConfined",
                        "own ofAuto",
                        "own global")) {
                    String jdk = outcome(channel.getValue()[0], doing.getValue(), buffer);
                    String ours = outcome(channel.getValue()[1], doing.getValue(), buffer);
                    rows++;
                    if (!jdk.equals(ours)) {
                        differences.add(channel.getKey() + " " + doing.getKey() + ", " + buffer + ": " + ours
                                + ", and the JDK " + jdk);
                    }
                }
            }
        }
        Program.check(differences.isEmpty(), String.join("; ", differences));
        Program.check(rows == 64, rows + " rows");
    }

    private static String outcome(Maker maker, Doing doing, String buffer) throws Exception {
        try (Ends ends = maker.make()) {
            ((WritableByteChannel) ends.from()).write(ByteBuffer.wrap(new byte[2 * SIZE]));
            String[] words = buffer.split(" ", -1);
            AutoCloseable arena = Arenas.open(words[words.length - 1]);
            ByteBuffer memory = Arenas.allocate(arena, SIZE);
            if (buffer.contains("closed")) {
                arena.close();
            }
            if (buffer.startsWith("foreign")) {
                return CompletableFuture.supplyAsync(() -> of(ends, doing, memory))
                        .get(LONG_S, TimeUnit.SECONDS);
            }
            return of(ends, doing, memory);
        }
    }

    /** The exception's class and whether bytes moved. */
    private static String of(Ends ends, Doing doing, ByteBuffer buffer) {
        int before = buffer.position();
        String how = Program.outcome(() -> doing.with(ends, buffer));
        return how + ", " + (buffer.position() - before) + " bytes";
    }

    private static Ends pipe() throws Exception {
        Pipe pipe = Pipe.open();
        return Ends.of(pipe.sink(), pipe.source());
    }

    private static Ends datagram() throws Exception {
        DatagramChannel from = DatagramChannel.open(StandardProtocolFamily.INET);
        DatagramChannel to = DatagramChannel.open(StandardProtocolFamily.INET);
        from.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        to.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        from.connect(to.getLocalAddress());
        to.connect(from.getLocalAddress());
        return Ends.of(from, to);
    }

    private static Ends ours(SocketType type) throws Exception {
        Socket.Pair pair = Socket.pair(Domain.UNIX, type);
        ByteChannel from = pair.first();
        return Ends.of(from, pair.second());
    }
}
