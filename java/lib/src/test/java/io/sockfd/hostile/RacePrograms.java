package io.sockfd.hostile;

import static io.sockfd.hostile.Program.check;
import static io.sockfd.raw.Linux.MSG_DONTWAIT;

import io.sockfd.Domain;
import io.sockfd.Message;
import io.sockfd.MessageBatch;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.address.Sockaddr;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Two threads use what is one thread's. Exceptions and lost data are theirs; other people's memory is not. */
final class RacePrograms {
    private static final long MILLIS = Long.getLong("sockfd.hostile.millis", 60);
    private static final Duration SHORT = Duration.ofMillis(20);

    private RacePrograms() {}

    static List<Program> all() {
        List<Program> all = new ArrayList<>();
        for (Operation operation : Operation.values()) {
            all.add(Program.of("position moves, direct: " + operation, () -> moves(operation, true)));
            all.add(Program.of("position moves, heap: " + operation, () -> moves(operation, false)));
        }
        all.add(Program.of("one message, two senders", () -> message(RacePrograms::send, RacePrograms::send)));
        all.add(Program.of("one message, two receivers", () -> message(RacePrograms::receive, RacePrograms::receive)));
        all.add(Program.of(
                "one message, its data is changed", () -> message(RacePrograms::receive, RacePrograms::data)));
        all.add(Program.of(
                "one message, its room is changed", () -> message(RacePrograms::receive, RacePrograms::grow)));
        all.add(Program.of(
                "one message, its address is changed", () -> message(RacePrograms::receive, RacePrograms::name)));
        all.add(Program.of("one message, it is cleared", () -> message(RacePrograms::receive, (p, m) -> m.clear())));
        all.add(Program.of(
                "one message, its control data is changed", () -> message(RacePrograms::send, RacePrograms::control)));
        all.add(Program.of("one batch, two threads", RacePrograms::batch));
        all.add(Program.of("one address, two threads", RacePrograms::address));
        all.add(Program.of("buffers of a scattering read are exchanged", RacePrograms::exchanged));
        return all;
    }

    /** Runs something again and again, beside what another thread does again and again. */
    static void beside(Program.Body body, Program.Body other) throws Exception {
        boolean[] over = new boolean[1];
        Thread thread = new Thread(() -> {
            while (!isOver(over)) {
                String ignored = Program.outcome(other);
            }
        });
        thread.start();
        try {
            long end = System.nanoTime() + Duration.ofMillis(MILLIS).toNanos();
            while (System.nanoTime() < end) {
                body.run();
            }
        } finally {
            synchronized (over) {
                over[0] = true;
            }
            thread.join();
        }
    }

    private static boolean isOver(boolean[] over) {
        synchronized (over) {
            return over[0];
        }
    }

    static Socket.Pair pair() throws IOException {
        Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.DGRAM);
        pair.first().timeout(SHORT);
        pair.second().timeout(SHORT);
        return pair;
    }

    private static void moves(Operation operation, boolean direct) throws Exception {
        Zone zone = new Zone(direct);
        ByteBuffer buffer = zone.buffer;
        byte[] datagram = Zone.datagram();
        byte[] got = new byte[4 * Zone.SIZE];
        try (Socket.Pair pair = pair()) {
            pair.second().timeout(Socket.NON_BLOCKING);
            beside(
                    () -> {
                        if (operation.out) {
                            String ignored = Program.outcome(() -> operation.on(pair.first(), buffer));
                            for (int n; (n = pair.second().recv(got, 0, got.length, 0)) >= 0; ) {
                                Zone.checkSent(got, n);
                                if (n == 0) {
                                    break;
                                }
                            }
                        } else {
                            pair.first().send(datagram, 0, datagram.length, MSG_DONTWAIT);
                            if (operation == Operation.RECV_EXACTLY) {
                                pair.second().timeout(Duration.ofMillis(1));
                            }
                            String ignored = Program.outcome(() -> operation.on(pair.second(), buffer));
                            zone.checkAround();
                            drain(pair);
                        }
                    },
                    () -> {
                        for (int i = 0; i < 1000; i++) {
                            buffer.clear().position(900);
                            VarHandle.fullFence();
                            buffer.clear();
                            VarHandle.fullFence();
                        }
                        buffer.limit(ThreadLocalRandom.current().nextInt(Zone.SIZE));
                        buffer.clear();
                    });
        }
        zone.checkAround();
    }

    /** What a thread does with a message. */
    @FunctionalInterface
    private interface Use {
        void of(Socket.Pair pair, Message message) throws Exception;
    }

    private static void send(Socket.Pair pair, Message message) throws IOException {
        message.data(ByteBuffer.allocateDirect(100), ByteBuffer.wrap(new byte[50]));
        pair.first().sendMessage(message, 0);
    }

    private static void receive(Socket.Pair pair, Message message) throws IOException {
        pair.first().send(new byte[200], 0, 200, MSG_DONTWAIT);
        message.data(ByteBuffer.allocateDirect(100), ByteBuffer.allocateDirect(100));
        pair.second().receiveMessage(message, 0);
    }

    private static void data(Socket.Pair pair, Message message) {
        message.data(ByteBuffer.allocateDirect(1 + ThreadLocalRandom.current().nextInt(300)));
        message.addData(ByteBuffer.allocate(40));
    }

    private static void grow(Socket.Pair pair, Message message) {
        int more = ThreadLocalRandom.current().nextInt(64);
        message.reserveBuffers(8 + more).reserveControl(1536 + 8 * more);
    }

    private static void name(Socket.Pair pair, Message message) {
        message.address(ThreadLocalRandom.current().nextBoolean() ? null : new Sockaddr());
    }

    private static void control(Socket.Pair pair, Message message) {
        message.outgoing().clear().rights(pair.first().fd()).ttl(1);
        message.reserveControl(message.controlCapacity() + 8);
    }

    private static void message(Use one, Use other) throws Exception {
        try (Socket.Pair pair = pair();
                Message message = new Message()) {
            int[] rounds = new int[1];
            beside(
                    () -> {
                        String ignored = Program.outcome(() -> one.of(pair, message));
                        drain(pair);
                        if (++rounds[0] % 64 == 0) {
                            System.gc();
                        }
                    },
                    () -> other.of(pair, message));
            check(rounds[0] > 0, "no round");
        }
    }

    private static void drain(Socket.Pair pair) throws IOException {
        byte[] into = new byte[1000];
        for (int i = 0; i < 100; i++) {
            if (pair.second().recv(into, 0, into.length, MSG_DONTWAIT) < 0) {
                return;
            }
        }
    }

    private static void batch() throws Exception {
        try (Socket.Pair pair = pair();
                MessageBatch batch = new MessageBatch(4, 2, 64)) {
            Program.Body use = () -> {
                for (int i = 0; i < batch.size(); i++) {
                    batch.get(i).data(ByteBuffer.allocateDirect(50), ByteBuffer.allocate(50));
                }
                pair.first().sendMessages(batch, 0, 4, MSG_DONTWAIT);
                pair.second().receiveMessages(batch, 0, 4, MSG_DONTWAIT);
                pair.second().receiveMessage(batch.get(1), MSG_DONTWAIT);
            };
            int[] rounds = new int[1];
            beside(
                    () -> {
                        String ignored = Program.outcome(use);
                        if (++rounds[0] % 64 == 0) {
                            System.gc();
                        }
                    },
                    use);
        }
    }

    private static void address() throws Exception {
        Sockaddr address = new Sockaddr();
        try (Socket socket = Socket.udp()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            socket.timeout(SHORT);
            java.net.SocketAddress own = socket.getLocalAddress();
            beside(
                    () -> {
                        address.set(own);
                        String ignored = Program.outcome(() -> {
                            socket.sendTo(ByteBuffer.wrap(new byte[8]), address, 0);
                            socket.recvFrom(ByteBuffer.allocate(8), address, MSG_DONTWAIT);
                            socket.getsockname(address);
                        });
                    },
                    () -> {
                        address.reset();
                        address.length(ThreadLocalRandom.current().nextInt(Sockaddr.CAPACITY + 1));
                        socket.getsockname(address);
                        String ignored = address.toString();
                    });
        }
    }

    /** The array's elements are dropped while they are filled. */
    private static void exchanged() throws Exception {
        ByteBuffer[] buffers = new ByteBuffer[8];
        java.util.Arrays.setAll(buffers, i -> ByteBuffer.allocateDirect(128));
        try (Socket.Pair pair = pair()) {
            int[] rounds = new int[1];
            beside(
                    () -> {
                        pair.first().send(new byte[Zone.SIZE], 0, Zone.SIZE, MSG_DONTWAIT);
                        String ignored = Program.outcome(() -> pair.second().read(buffers));
                        if (++rounds[0] % 64 == 0) {
                            System.gc();
                        }
                    },
                    () -> {
                        for (int i = 0; i < buffers.length; i++) {
                            buffers[i] = ByteBuffer.allocateDirect(128);
                        }
                    });
        }
    }
}
