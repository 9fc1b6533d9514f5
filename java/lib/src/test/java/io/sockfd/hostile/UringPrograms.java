package io.sockfd.hostile;

import static io.sockfd.hostile.Program.check;
import static io.sockfd.hostile.Program.outcome;

import io.sockfd.Domain;
import io.sockfd.Errno;
import io.sockfd.ErrnoException;
import io.sockfd.Message;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.raw.Linux;
import io.sockfd.uring.BufferRing;
import io.sockfd.uring.Operation;
import io.sockfd.uring.Receive;
import io.sockfd.uring.ReceiveMessage;
import io.sockfd.uring.ReceiveMessages;
import io.sockfd.uring.Ring;
import io.sockfd.uring.Send;
import io.sockfd.uring.SendMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.opentest4j.TestAbortedException;

/** What the kernel works on when its ring, its thread, its socket or its buffer goes. */
final class UringPrograms {
    private static final int ROUNDS = 50;
    private static final long A_WHILE = 2_000_000;

    /** What a program may see that uses a ring from several threads, or after its end. */
    private static final Set<String> REFUSALS = Set.of(
            "fine",
            "java.lang.IllegalStateException",
            "java.nio.channels.ClosedChannelException",
            "java.nio.channels.AsynchronousCloseException");

    private UringPrograms() {}

    static List<Program> all() {
        return List.of(
                Program.of("a ring is closed with everything in flight", () -> leave(Leaving.CLOSED)),
                Program.of("a ring is forgotten with everything in flight", () -> leave(Leaving.FORGOTTEN)),
                Program.of("a ring's thread dies with everything in flight", () -> leave(Leaving.THREAD_DIED)),
                Program.of("several threads use a ring", UringPrograms::severalThreads),
                Program.of("a ring is closed under its thread", UringPrograms::closedUnder),
                Program.of("buffers of a ring are given back that are not kept", UringPrograms::forged),
                Program.of("what was received is read when it has gone back", UringPrograms::stale),
                Program.of("a message is used while a ring has it", UringPrograms::messages),
                Program.of("a buffer is scribbled over that the kernel has again", UringPrograms::scribbled),
                Program.of("what was sent is changed, and its buffer's limit", UringPrograms::limits),
                Program.withArenas("an arena is closed under a send of a ring", UringPrograms::arena));
    }

    private static Ring open() throws IOException {
        try {
            return Ring.open(8, 16);
        } catch (ErrnoException e) {
            if (e.errno().equals(Errno.EPERM)
                    || e.errno().equals(Errno.ENOSYS)
                    || e.errno().equals(Errno.EINVAL)) {
                throw new TestAbortedException(e.getMessage());
            }
            throw e;
        }
    }

    private static Socket.Pair pair() throws IOException {
        return Socket.pair(Domain.UNIX, SocketType.STREAM);
    }

    private static void collect() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            System.gc();
            Thread.sleep(2);
        }
    }

    private enum Leaving {
        CLOSED,
        FORGOTTEN,
        THREAD_DIED
    }

    /** Whatever the kernel still writes must not find memory that is somebody else's. */
    private static void leave(Leaving how) throws Exception {
        for (int i = 0; i < 5; i++) {
            try (Socket.Pair pair = pair()) {
                Thread thread = new Thread(() -> {
                    try {
                        begin(pair.first(), how);
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                });
                if (how == Leaving.THREAD_DIED) {
                    thread.start();
                    thread.join();
                } else {
                    begin(pair.first(), how);
                }
                List<byte[]> heap = new ArrayList<>();
                List<ByteBuffer> direct = new ArrayList<>();
                for (int k = 0; k < 20; k++) {
                    heap.add(new byte[64 * 1024]);
                    direct.add(ByteBuffer.allocateDirect(64 * 1024));
                    pair.second().send(ByteBuffer.wrap(new byte[] {1, 2, 3}), Linux.MSG_DONTWAIT);
                }
                collect();
                for (ByteBuffer each : direct) {
                    check(each.mismatch(ByteBuffer.wrap(heap.get(0))) < 0, "somebody wrote into another's memory");
                }
            }
        }
    }

    private static void begin(Socket socket, Leaving how) throws IOException {
        Ring ring = open();
        ring.receive(socket, ring.buffers(16, 4096)).startMultishot();
        ring.send(socket).start(ByteBuffer.allocateDirect(8 << 20));
        ring.send(socket).start(ByteBuffer.wrap(new byte[100_000]));
        ring.receiveMessages(socket, ring.buffers(16, 4096), 256).startMultishot();
        ring.receiveMessage(socket)
                .start(new Message().data(ByteBuffer.allocateDirect(4096), ByteBuffer.allocate(4096)));
        ring.sendMessage(socket).start(new Message().data(ByteBuffer.allocate(8 << 20)));
        boolean ignored = ring.await(0);
        if (how == Leaving.CLOSED) {
            ring.close();
        }
    }

    private static void use(Ring ring, Receive receive, Send send, BufferRing buffers, Set<String> outcomes) {
        ByteBuffer data = ByteBuffer.allocateDirect(16);
        for (int i = 0; i < ROUNDS; i++) {
            List<Program.Body> bodies = List.of(
                    () -> ring.await(A_WHILE / 10),
                    ring::next,
                    receive::startMultishot,
                    receive::data,
                    receive::keep,
                    receive::cancel,
                    () -> send.start(data.clear()),
                    () -> send.start(receive),
                    send::cancel,
                    () -> buffers.release(ThreadLocalRandom.current().nextLong(4)),
                    ring::inFlight,
                    ring::wakeUp);
            for (Program.Body body : bodies) {
                outcomes.add(outcome(body));
            }
        }
    }

    private static void severalThreads() throws Exception {
        try (Ring ring = open();
                Socket.Pair pair = pair()) {
            BufferRing buffers = ring.buffers(4, 16);
            Receive receive = ring.receive(pair.first(), buffers);
            Send send = ring.send(pair.second());
            Set<String> outcomes = ConcurrentHashMap.newKeySet();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                threads.add(new Thread(() -> use(ring, receive, send, buffers, outcomes)));
            }
            threads.forEach(Thread::start);
            use(ring, receive, send, buffers, outcomes);
            for (Thread thread : threads) {
                thread.join();
            }
            check(REFUSALS.containsAll(outcomes), "outcomes " + outcomes);
        }
    }

    private static void closedUnder() throws Exception {
        for (int i = 0; i < 10; i++) {
            Ring ring = open();
            Socket.Pair pair = pair();
            Set<String> outcomes = ConcurrentHashMap.newKeySet();
            Thread mine = new Thread(() -> {
                try {
                    BufferRing buffers = ring.buffers(4, 16);
                    Receive receive = ring.receive(pair.first(), buffers);
                    use(ring, receive, ring.send(pair.second()), buffers, outcomes);
                } catch (IOException e) {
                    outcomes.add(e.getClass().getName());
                }
            });
            mine.start();
            Thread.sleep(ThreadLocalRandom.current().nextInt(20));
            if (i % 2 == 0) {
                ring.close();
            }
            pair.close();
            mine.join();
            ring.close();
            check(REFUSALS.containsAll(outcomes), "outcomes " + outcomes);
        }
    }

    private static void forged() throws Exception {
        try (Ring ring = open();
                Socket.Pair pair = pair()) {
            BufferRing buffers = ring.buffers(2, 16);
            Receive receive = ring.receive(pair.first(), buffers);
            receive.startMultishot();
            for (int i = 0; i < ROUNDS; i++) {
                pair.second().send(ByteBuffer.wrap(new byte[] {1}), 0);
                while (ring.next() == null) {
                    boolean ignored = ring.await(-1);
                }
                for (long lease : new long[] {0, 1, 2, -1, Long.MAX_VALUE, (long) i << Integer.SIZE}) {
                    check(
                            !outcome(() -> buffers.release(lease)).equals("fine"),
                            "a buffer that was not kept went back");
                }
                long kept = receive.keep();
                buffers.release(kept);
                check(!outcome(() -> buffers.release(kept)).equals("fine"), "a buffer went back twice");
            }
        }
    }

    private static void stale() throws Exception {
        List<ByteBuffer> views = new ArrayList<>();
        try (Ring ring = open();
                Socket.Pair pair = pair()) {
            Receive receive = ring.receive(pair.first(), ring.buffers(4, 1024));
            receive.startMultishot();
            for (int i = 0; i < ROUNDS; i++) {
                pair.second().send(ByteBuffer.wrap(new byte[100]), 0);
                Operation done = ring.next();
                while (done == null) {
                    boolean ignored = ring.await(-1);
                    done = ring.next();
                }
                views.add(receive.data().duplicate());
            }
        }
        collect();
        for (ByteBuffer view : views) {
            check(view.limit() == 100, "the limit is " + view.limit());
            for (int i = 0; i < view.limit(); i++) {
                view.put(i, (byte) (view.get(i) + 1));
            }
        }
    }

    /** With a view of what was received before, where a message's address and ancillary data come to lie now. */
    private static void scribbled() throws Exception {
        try (Ring ring = open();
                Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.DGRAM);
                Socket.Pair other = pair()) {
            BufferRing buffers = ring.buffers(2, 512);
            Receive first = ring.receive(pair.first(), buffers);
            List<ByteBuffer> views = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                first.start();
                pair.second().send(ByteBuffer.allocate(512), 0);
                await(ring);
                views.add(first.data().duplicate().clear());
            }
            check(ring.next() == null, "more than was sent");
            ReceiveMessages receive = ring.receiveMessages(pair.first(), buffers, 64);
            boolean[] over = new boolean[1];
            Thread stranger = new Thread(() -> scribble(views, over));
            stranger.start();
            Message message = new Message(1, 64).data(ByteBuffer.allocate(300));
            message.outgoing().rights(other.first());
            Set<String> outcomes = ConcurrentHashMap.newKeySet();
            for (int i = 0; i < 20 * ROUNDS; i++) {
                if (!receive.isActive()) {
                    receive.startMultishot();
                }
                message.data(ByteBuffer.allocate(300));
                pair.second().sendMessage(message, Linux.MSG_DONTWAIT);
                boolean ignored = ring.await(A_WHILE);
                for (boolean some = true; some; ) {
                    boolean[] next = new boolean[1];
                    outcomes.add(outcome(() -> next[0] = ring.next() != null));
                    some = next[0];
                    outcomes.add(outcome(() -> check(receive.data().remaining() <= 512, "longer than its buffer")));
                }
            }
            synchronized (over) {
                over[0] = true;
            }
            stranger.join();
            check(REFUSALS.containsAll(outcomes), "outcomes " + outcomes);
        }
    }

    private static void await(Ring ring) throws IOException {
        while (ring.next() == null) {
            boolean ignored = ring.await(-1);
        }
    }

    /** Lengths of an address, of ancillary data and of bytes: but no descriptors' numbers, which would be closed. */
    private static void scribble(List<ByteBuffer> views, boolean[] over) {
        int[] values = {0, -1, 1, Integer.MAX_VALUE, Integer.MIN_VALUE, 511, 65, 129};
        while (true) {
            synchronized (over) {
                if (over[0]) {
                    return;
                }
            }
            for (ByteBuffer view : views) {
                for (int at = 0; at < 16; at += 4) {
                    view.putInt(at, values[ThreadLocalRandom.current().nextInt(values.length)]);
                }
            }
        }
    }

    private static void limits() throws Exception {
        try (Ring ring = open();
                Socket.Pair pair = pair()) {
            Send send = ring.send(pair.first());
            ByteBuffer data = ByteBuffer.allocateDirect(1024);
            for (int i = 0; i < 4 * ROUNDS; i++) {
                data.clear();
                send.start(data);
                data.position(i).limit(i);
                boolean ignored = ring.await(-1);
                Set<String> outcomes = ConcurrentHashMap.newKeySet();
                outcomes.add(outcome(ring::next));
                check(REFUSALS.containsAll(outcomes), "outcomes " + outcomes);
                check(data.position() <= data.limit(), "a position behind the limit");
                byte[] got = new byte[2048];
                checkAll(got, pair.second().recv(got, 0, got.length, 0));
            }
        }
    }

    private static void checkAll(byte[] got, int length) {
        check(length == 1024, length + " bytes");
        for (int i = 0; i < length; i++) {
            check(got[i] == 0, "a foreign byte");
        }
    }

    private static void messages() throws Exception {
        try (Socket.Pair pair = pair();
                Socket.Pair other = pair();
                Ring ring = open()) {
            Message in = new Message();
            Message out = new Message();
            ReceiveMessage receive = ring.receiveMessage(pair.first());
            SendMessage send = ring.sendMessage(pair.second());
            Set<String> outcomes = ConcurrentHashMap.newKeySet();
            for (int i = 0; i < ROUNDS; i++) {
                receive.start(in.data(ByteBuffer.allocate(64), ByteBuffer.allocateDirect(64)));
                out.outgoing().clear().rights(other.first());
                send.start(out.data(ByteBuffer.allocate(100)));
                Thread stranger = new Thread(() -> disturb(in, out, other, outcomes));
                stranger.start();
                disturb(in, out, other, outcomes);
                collect();
                while (receive.isActive() || send.isActive()) {
                    boolean ignored = ring.await(-1);
                    while (ring.next() != null) {
                        Thread.onSpinWait();
                    }
                }
                stranger.join();
                check(
                        receive.result() == 100,
                        "received " + receive.result() + " of " + send.result() + " in round " + i);
                in.clear();
            }
            check(REFUSALS.containsAll(outcomes), "outcomes " + outcomes);
        }
    }

    private static void disturb(Message in, Message out, Socket.Pair other, Set<String> outcomes) {
        List<Program.Body> bodies = List.of(
                () -> in.data(ByteBuffer.allocateDirect(16)),
                in::clear,
                () -> in.reserveControl(4096),
                () -> other.second().receiveMessage(in, Linux.MSG_DONTWAIT),
                () -> out.reserveBuffers(20),
                () -> out.data(ByteBuffer.allocateDirect(16), ByteBuffer.allocate(7)),
                () -> out.address(null),
                out::clear);
        for (Program.Body body : bodies) {
            outcomes.add(outcome(body));
        }
    }

    private static void arena() throws Exception {
        try (Ring ring = open();
                Socket.Pair pair = pair()) {
            for (int i = 0; i < ROUNDS; i++) {
                Send send = ring.send(pair.first());
                try (AutoCloseable arena = Arenas.open("ofShared")) {
                    send.start(Arenas.allocate(arena, 64));
                }
                while (send.isActive()) {
                    boolean ignored = ring.await(-1);
                    while (ring.next() != null) {
                        Thread.onSpinWait();
                    }
                }
                check(send.result() == 64, "sent " + send.result());
                pair.second().recv(ByteBuffer.allocateDirect(64), 0);
            }
        }
    }
}
