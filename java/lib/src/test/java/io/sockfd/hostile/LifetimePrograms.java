package io.sockfd.hostile;

import static io.sockfd.hostile.Program.check;
import static io.sockfd.hostile.Program.checkEquals;

import io.sockfd.Domain;
import io.sockfd.Message;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.ZeroCopy;
import io.sockfd.address.Sockaddr;
import io.sockfd.event.Epoll;
import io.sockfd.event.EpollEvents;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** Memory that nobody but the call holds, and collections meanwhile. */
final class LifetimePrograms {
    private LifetimePrograms() {}

    static List<Program> all() {
        List<Program> all = new ArrayList<>();
        all.add(Program.of("a forgotten buffer waits in recv", () -> waits(s -> s.recv(fresh(), 0))));
        all.add(Program.of(
                "a forgotten address waits in recvfrom", () -> waits(s -> s.recvFrom(fresh(), new Sockaddr(), 0))));
        all.add(Program.of("a forgotten message waits", () -> waits(s -> s.receiveMessage(forgotten(), 0))));
        all.add(Program.of(
                "forgotten buffers wait in a scattering read",
                () -> waits(s -> s.read(new ByteBuffer[] {fresh(), fresh()}))));
        all.add(Program.of("a large heap buffer is sent", LifetimePrograms::large));
        all.add(Program.of("a gathering write of 5 GiB without memory of its own", LifetimePrograms::tooLong));
        all.add(Program.of("zero copies in flight are forgotten", LifetimePrograms::zeroCopy));
        all.add(Program.of("one ZeroCopy, two threads", LifetimePrograms::oneZeroCopy));
        all.add(Program.of("one EpollEvents, two threads", LifetimePrograms::events));
        all.add(Program.of("a socket is closed under all its users", LifetimePrograms::closedUnder));
        return all;
    }

    private static ByteBuffer fresh() {
        return ByteBuffer.allocateDirect(64);
    }

    private static Message forgotten() {
        return new Message(2, 64).data(fresh(), ByteBuffer.allocate(64)).address(new Sockaddr());
    }

    /** What waits. */
    @FunctionalInterface
    private interface Wait {
        void on(Socket socket) throws Exception;
    }

    private static void waits(Wait wait) throws Exception {
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.DGRAM)) {
            for (int i = 0; i < 4; i++) {
                AtomicReference<String> outcome = new AtomicReference<>();
                Thread thread = new Thread(() -> outcome.set(Program.outcome(() -> wait.on(pair.second()))));
                thread.start();
                List<ByteBuffer> owners = new ArrayList<>();
                for (int k = 0; k < 4; k++) {
                    System.gc();
                    for (int m = 0; m < 100; m++) {
                        ByteBuffer owner = fresh();
                        Zone.fill(owner, Zone.FOREIGN);
                        owners.add(owner);
                    }
                }
                pair.first().send(Zone.datagram(), 0, 64, 0);
                thread.join();
                checkEquals("fine", outcome.get(), "the wait");
                for (ByteBuffer owner : owners) {
                    for (int k = 0; k < owner.capacity(); k++) {
                        check(owner.get(k) == Zone.FOREIGN, "somebody else's buffer was filled");
                    }
                }
            }
        }
    }

    private static void large() throws Exception {
        int size = 3 << 20;
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            byte[] bytes = new byte[size];
            for (int i = 0; i < size; i++) {
                bytes[i] = (byte) (i * 7);
            }
            Thread collector = new Thread(() -> {
                for (int i = 0; i < 10; i++) {
                    System.gc();
                }
            });
            collector.start();
            Thread sender = new Thread(() -> {
                String ignored = Program.outcome(() -> pair.first().write(new ByteBuffer[] {
                    ByteBuffer.wrap(bytes, 0, size / 2), ByteBuffer.wrap(bytes, size / 2, size - size / 2)
                }));
            });
            sender.start();
            ByteBuffer got = ByteBuffer.allocate(size);
            pair.second().recvExactly(got);
            check(java.util.Arrays.equals(bytes, got.array()), "other bytes came");
            sender.join();
            collector.join();
        }
    }

    /** One array many times, since nobody's heap is so large. */
    private static void tooLong() throws Exception {
        ByteBuffer[] buffers = new ByteBuffer[80];
        byte[] array = new byte[64 << 20];
        java.util.Arrays.setAll(buffers, i -> ByteBuffer.wrap(array));
        try (Socket socket = Socket.udp();
                Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.DGRAM);
                Socket.Pair stream = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9));
            for (Socket each : List.of(socket, pair.first())) {
                for (Program.Body way : List.<Program.Body>of(
                        () -> each.write(buffers), () -> each.sendMessage(new Message(80, 0).data(buffers), 0))) {
                    try {
                        way.run();
                        throw new AssertionError("sent");
                    } catch (io.sockfd.ErrnoException e) {
                        checkEquals(io.sockfd.Errno.EMSGSIZE, e.errno(), "errno");
                    }
                }
            }
            stream.first().timeout(Socket.NON_BLOCKING);
            check(stream.first().write(buffers) > 0, "a stream takes what it has room for");
        }
    }

    private static void zeroCopy() throws Exception {
        for (int i = 0; i < 20; i++) {
            send();
            System.gc();
            ByteBuffer owner = ByteBuffer.allocateDirect(32_000);
            Zone.fill(owner, Zone.FOREIGN);
        }
    }

    /** To nobody who reads, so that the kernel keeps it. */
    private static void send() throws Exception {
        try (Socket listener = Socket.tcp()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            listener.listen(1);
            Socket client = Socket.tcp();
            client.connect(listener.getLocalAddress());
            ByteBuffer buffer = ByteBuffer.allocateDirect(32_000);
            Zone.fill(buffer, Zone.OURS);
            long ticket = new ZeroCopy(client).send(buffer, 0);
            check(ticket >= 0, "no ticket");
            try (Socket server = Objects.requireNonNull(listener.accept())) {
                client.close();
                buffer = null;
                System.gc();
                byte[] got = new byte[32_000];
                int n = server.recv(got, 0, got.length, 0);
                Zone.checkSent(got, n);
            }
        }
    }

    private static void oneZeroCopy() throws Exception {
        try (Socket socket = Socket.udp()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9));
            ZeroCopy zeroCopy = new ZeroCopy(socket);
            Program.Body use = () -> {
                zeroCopy.send(ByteBuffer.allocateDirect(2000), 0);
                zeroCopy.reap();
            };
            RacePrograms.beside(
                    () -> {
                        String ignored = Program.outcome(use);
                    },
                    use);
        }
    }

    private static void events() throws Exception {
        try (Socket.Pair pair = RacePrograms.pair();
                Epoll epoll = Epoll.open()) {
            epoll.add(pair.second(), io.sockfd.raw.Linux.EPOLLIN, null);
            pair.first().send(new byte[1], 0, 1, 0);
            EpollEvents events = new EpollEvents(1);
            Program.Body use = () -> {
                int n = epoll.await(events, 0L);
                for (int i = 0; i < n; i++) {
                    Object ignored = events.attachment(i);
                }
            };
            RacePrograms.beside(
                    () -> {
                        String ignored = Program.outcome(use);
                    },
                    use);
        }
    }

    private static void closedUnder() throws Exception {
        for (int i = 0; i < 20; i++) {
            Socket.Pair pair = RacePrograms.pair();
            List<Thread> threads = new ArrayList<>();
            for (Operation operation : Operation.values()) {
                threads.add(new Thread(() -> {
                    Zone zone = new Zone(true);
                    String ignored = Program.outcome(
                            () -> operation.on(operation.out ? pair.first() : pair.second(), zone.buffer));
                    zone.checkAround();
                }));
            }
            threads.forEach(Thread::start);
            pair.close();
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }
}
