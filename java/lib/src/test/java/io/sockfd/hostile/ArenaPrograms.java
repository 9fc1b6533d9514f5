package io.sockfd.hostile;

import static io.sockfd.hostile.Program.check;
import static io.sockfd.hostile.Program.checkEquals;
import static io.sockfd.hostile.Program.refused;

import io.sockfd.Domain;
import io.sockfd.Message;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.TunDevice;
import io.sockfd.ZeroCopy;
import io.sockfd.address.Sockaddr;
import io.sockfd.capture.PacketSocket;
import io.sockfd.capture.PrivateNetwork;
import io.sockfd.capture.RingSize;
import io.sockfd.capture.TransmitRing;
import io.sockfd.raw.Linux;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Buffers whose memory is freed while the buffer lives. */
final class ArenaPrograms {
    private static final int SIZE = 64;
    private static final int MANY = 256;
    private static final int LONG_S = 30;
    private static final String SHARED = "ofShared";
    private static final String CONFINED = "ofConfined";
    private static final Duration SHORT = Duration.ofSeconds(5);

    private ArenaPrograms() {}

    static List<Program> all() {
        List<Program> all = new ArrayList<>();
        for (Operation operation : Operation.values()) {
            all.add(Program.withArenas("closed arena: " + operation, () -> closed(operation)));
            all.add(Program.withArenas("another thread's arena: " + operation, () -> confined(operation)));
            all.add(Program.withArenas("an arena that lives: " + operation, () -> alive(operation)));
            if (!operation.out) {
                all.add(Program.withArenas("closed during: " + operation, () -> closedDuring(operation)));
            }
        }
        all.add(Program.withArenas("forms of a closed arena's buffer", ArenaPrograms::forms));
        all.add(Program.withArenas("a file mapped in a closed arena", ArenaPrograms::file));
        all.add(Program.withArenas("zero copy from an arena", ArenaPrograms::zeroCopy));
        all.add(Program.withArenas("an address and control data from a closed arena", ArenaPrograms::arguments));
        all.add(Program.withArenas("a large stream from and to an arena", ArenaPrograms::stream));
        all.add(Program.withArenas("a message keeps the buffer of a closed arena", ArenaPrograms::kept));
        all.add(Program.withArenas("a TUN device and an arena", () -> PrivateNetwork.run(ArenaPrograms::tun)));
        all.add(Program.withArenas("packets from an arena", () -> PrivateNetwork.run(ArenaPrograms::packets)));
        all.add(Program.withArenas("side by side with the JDK's channels", SideBySide::run));
        return all;
    }

    /** New owners of the memory, which know what they wrote. */
    private static List<ByteBuffer> owners() {
        AutoCloseable arena = Arenas.open("global");
        List<ByteBuffer> owners = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            ByteBuffer owner = Arenas.allocate(arena, SIZE);
            Zone.fill(owner, Zone.FOREIGN);
            owners.add(owner);
        }
        return owners;
    }

    private static void checkOwners(List<ByteBuffer> owners) {
        for (ByteBuffer owner : owners) {
            for (int i = 0; i < SIZE; i++) {
                check(owner.get(i) == Zone.FOREIGN, "the memory's next owner was overwritten");
            }
        }
    }

    private static ByteBuffer of(AutoCloseable arena) {
        ByteBuffer buffer = Arenas.allocate(arena, SIZE);
        Zone.fill(buffer, Zone.OURS);
        return buffer;
    }

    private static Socket.Pair pair() throws Exception {
        Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.DGRAM);
        pair.first().timeout(SHORT);
        pair.second().timeout(SHORT);
        return pair;
    }

    private static void closed(Operation operation) throws Exception {
        for (String kind : List.of(SHARED, CONFINED)) {
            try (Socket.Pair pair = pair()) {
                AutoCloseable arena = Arenas.open(kind);
                ByteBuffer buffer = of(arena);
                operateOnce(operation, pair, buffer); // what is remembered of the buffer must not help
                buffer.clear();
                arena.close();
                List<ByteBuffer> owners = owners();
                if (!operation.out) {
                    pair.first().send(new byte[SIZE], 0, SIZE, 0);
                }
                refused(
                        IllegalStateException.class,
                        () -> operation.on(operation.out ? pair.first() : pair.second(), buffer));
                pair.second().timeout(Socket.NON_BLOCKING);
                int left = pair.second().recv(new byte[2 * SIZE], 0, 2 * SIZE, 0);
                checkEquals(operation.out ? Socket.WOULD_BLOCK : SIZE, left, "bytes in the queue");
                checkOwners(owners);
            }
        }
    }

    private static void operateOnce(Operation operation, Socket.Pair pair, ByteBuffer buffer) throws Exception {
        if (operation.out) {
            operation.on(pair.first(), buffer);
            check(pair.second().recv(new byte[SIZE], 0, SIZE, 0) == SIZE, "nothing came");
        } else {
            byte[] bytes = Zone.datagram();
            pair.first().send(bytes, 0, SIZE, 0);
            operation.on(pair.second(), buffer);
        }
    }

    private static void confined(Operation operation) throws Exception {
        try (Socket.Pair pair = pair()) {
            ByteBuffer buffer = of(Arenas.open(CONFINED));
            pair.first().send(new byte[SIZE], 0, SIZE, 0);
            Socket socket = operation.out ? pair.first() : pair.second();
            String outcome = CompletableFuture.supplyAsync(() -> Program.outcome(() -> operation.on(socket, buffer)))
                    .get(LONG_S, TimeUnit.SECONDS);
            checkEquals("java.lang.WrongThreadException", outcome, "another thread");
            checkEquals(SIZE, pair.second().recv(new byte[SIZE], 0, SIZE, 0), "what was queued");
        }
    }

    private static void alive(Operation operation) throws Exception {
        for (String kind : List.of(SHARED, CONFINED, "ofAuto", "global")) {
            try (Socket.Pair pair = pair()) {
                ByteBuffer buffer = of(Arenas.open(kind));
                if (operation.out) {
                    operation.on(pair.first(), buffer);
                    byte[] got = new byte[2 * SIZE];
                    checkEquals(SIZE, pair.second().recv(got, 0, 2 * SIZE, 0), kind);
                    check(got[0] == Zone.OURS && got[SIZE - 1] == Zone.OURS, kind + ": other bytes were sent");
                } else {
                    pair.first().send(Zone.datagram(), 0, SIZE, 0);
                    operation.on(pair.second(), buffer);
                    check(buffer.get(0) == Zone.ARRIVED && buffer.get(SIZE - 1) == Zone.ARRIVED, kind + ": lost");
                }
                checkEquals(SIZE, buffer.position(), kind + ", position");
            }
        }
    }

    /** The JDK's channels refuse the close; here the call ends on memory of its own. */
    private static void closedDuring(Operation operation) throws Exception {
        try (Socket.Pair pair = pair()) {
            AutoCloseable arena = Arenas.open(SHARED);
            ByteBuffer buffer = of(arena);
            CompletableFuture<String> outcome = new CompletableFuture<>();
            Thread reader =
                    new Thread(() -> outcome.complete(Program.outcome(() -> operation.on(pair.second(), buffer))));
            reader.start();
            Thread.sleep(30); // before or in the call: both must be safe
            arena.close();
            List<ByteBuffer> owners = owners();
            pair.first().send(Zone.datagram(), 0, SIZE, 0);
            checkEquals(IllegalStateException.class.getName(), outcome.get(LONG_S, TimeUnit.SECONDS), "outcome");
            checkOwners(owners);
        }
    }

    private static void forms() throws Exception {
        try (Socket.Pair pair = pair()) {
            AutoCloseable arena = Arenas.open(SHARED);
            ByteBuffer buffer = of(arena);
            List<ByteBuffer> forms = List.of(
                    buffer.slice(),
                    buffer.slice(1, 9),
                    buffer.duplicate(),
                    buffer.asReadOnlyBuffer(),
                    buffer.duplicate().order(java.nio.ByteOrder.LITTLE_ENDIAN).slice(),
                    buffer.alignedSlice(1),
                    Arenas.buffer(Arenas.segment(buffer)));
            arena.close();
            for (ByteBuffer form : forms) {
                refused(IllegalStateException.class, () -> pair.first().send(form, 0));
            }
        }
    }

    private static void file() throws Exception {
        Path path = Files.createTempFile("sockfd-hostile", "");
        try (Socket.Pair pair = pair();
                FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            AutoCloseable arena = Arenas.open(SHARED);
            ByteBuffer buffer = Arenas.map(arena, file, SIZE);
            checkEquals(SIZE, pair.first().send(buffer, 0), "of a mapped file");
            checkEquals(SIZE, pair.second().recv(buffer.clear(), 0), "into a mapped file");
            buffer.clear();
            arena.close();
            refused(IllegalStateException.class, () -> pair.first().send(buffer, 0));
            pair.first().send(new byte[1], 0, 1, 0);
            refused(IllegalStateException.class, () -> pair.second().recv(buffer, 0));
        } finally {
            Files.delete(path);
        }
    }

    private static void zeroCopy() throws Exception {
        try (Socket socket = Socket.udp()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9));
            ZeroCopy zeroCopy = new ZeroCopy(socket);
            for (String kind : List.of(SHARED, CONFINED)) {
                ByteBuffer buffer = of(Arenas.open(kind));
                refused(IllegalArgumentException.class, () -> zeroCopy.send(buffer, 0));
                refused(IllegalArgumentException.class, () -> zeroCopy.send(new Message().data(buffer), 0));
            }
            check(zeroCopy.send(of(Arenas.open("ofAuto")), 0) >= 0, "no ticket");
        }
    }

    private static void arguments() throws Exception {
        AutoCloseable arena = Arenas.open(SHARED);
        ByteBuffer buffer = of(arena);
        arena.close();
        refused(IllegalStateException.class, () -> new Sockaddr().copyFrom(buffer, 0, 16));
        refused(IllegalStateException.class, () -> new Message().outgoing().put(1, 1, buffer));
    }

    private static void stream() throws Exception {
        int size = 1 << 20;
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            ByteBuffer out = Arenas.allocate(Arenas.open(SHARED), size);
            ByteBuffer in = Arenas.allocate(Arenas.open(SHARED), size);
            for (int i = 0; i < size; i += Integer.BYTES) {
                out.putInt(i, i * 31);
            }
            for (Map.Entry<String, Program.Body> way : Map.<String, Program.Body>of(
                            "sendAll", () -> pair.first().sendAll(out),
                            "write",
                                    () -> pair.first().write(new ByteBuffer[] {
                                        out, out.duplicate().limit(0)
                                    }))
                    .entrySet()) {
                out.clear();
                CompletableFuture<String> sent = CompletableFuture.supplyAsync(() -> Program.outcome(way.getValue()));
                pair.second().recvExactly(in.clear());
                checkEquals("fine", sent.get(LONG_S, TimeUnit.SECONDS), way.getKey());
                checkEquals(-1, out.clear().mismatch(in.flip()), way.getKey());
            }
        }
    }

    private static void tun() throws Exception {
        AutoCloseable arena = Arenas.open(SHARED);
        ByteBuffer buffer = of(arena);
        ByteBuffer foreign = of(Arenas.open(CONFINED));
        try (TunDevice device = TunDevice.open("", Linux.IFF_TUN | Linux.IFF_NO_PI)) {
            device.timeout(Socket.NON_BLOCKING);
            arena.close();
            refused(IllegalStateException.class, () -> device.read(buffer));
            refused(IllegalStateException.class, () -> device.write(buffer));
            for (Program.Body way : List.<Program.Body>of(() -> device.read(foreign), () -> device.write(foreign))) {
                String outcome = CompletableFuture.supplyAsync(() -> Program.outcome(way))
                        .get(LONG_S, TimeUnit.SECONDS);
                checkEquals("java.lang.WrongThreadException", outcome, "another thread");
            }
        }
    }

    private static void packets() throws Exception {
        AutoCloseable arena = Arenas.open(SHARED);
        ByteBuffer buffer = of(arena);
        try (PacketSocket socket = PacketSocket.on("lo", 0);
                PacketSocket other = PacketSocket.on("lo", 0);
                TransmitRing ring = TransmitRing.open(other, RingSize.TRANSMIT)) {
            socket.send(buffer.clear());
            ring.send(buffer.clear());
            arena.close();
            buffer.clear();
            refused(IllegalStateException.class, () -> socket.send(buffer));
            refused(IllegalStateException.class, () -> ring.send(buffer));
            String outcome = CompletableFuture.supplyAsync(
                            () -> Program.outcome(() -> ring.send(ByteBuffer.wrap(new byte[SIZE]))))
                    .get(LONG_S, TimeUnit.SECONDS);
            checkEquals("fine", outcome, "the ring after it");
        }
    }

    private static void kept() throws Exception {
        try (Socket.Pair pair = pair();
                Message message = new Message()) {
            AutoCloseable arena = Arenas.open(SHARED);
            ByteBuffer buffer = of(arena);
            message.data(buffer);
            checkEquals((long) SIZE, pair.first().sendMessage(message, 0), "sent");
            buffer.clear();
            arena.close();
            List<ByteBuffer> owners = owners();
            refused(IllegalStateException.class, () -> pair.first().sendMessage(message, 0));
            refused(IllegalStateException.class, () -> pair.second().receiveMessage(message, 0));
            checkEquals(SIZE, pair.second().recv(new byte[SIZE], 0, SIZE, 0), "the first one");
            checkOwners(owners);
        }
    }
}
