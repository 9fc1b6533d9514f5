package io.sockfd.hostile;

import static io.sockfd.hostile.Program.check;
import static io.sockfd.hostile.Program.refused;

import io.sockfd.Socket;
import io.sockfd.option.XdpMmapOffsets;
import io.sockfd.option.XdpOptions;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.XdpDesc;
import io.sockfd.xdp.Umem;
import io.sockfd.xdp.XdpFrames;
import io.sockfd.xdp.XdpMode;
import io.sockfd.xdp.XdpPacket;
import io.sockfd.xdp.XdpRedirect;
import io.sockfd.xdp.XdpSetup;
import io.sockfd.xdp.XdpSocket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;

/** Chunks of a Umem, after their socket or the Umem has gone, and on several threads. On the loopback interface. */
final class XdpPrograms {
    private static final XdpSetup SETUP = new XdpSetup(64, 64, 64, XdpSetup.Copy.ALWAYS);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** A socket of lo, whose frames come back to it. */
    private record Loop(Umem umem, XdpSocket socket, XdpRedirect redirect) implements AutoCloseable {
        static Loop open() throws IOException {
            Umem umem = Umem.of(256, 2048, 128);
            XdpSocket socket = XdpSocket.open("lo", 0, umem, SETUP);
            XdpRedirect redirect = XdpRedirect.attach("lo", XdpMode.GENERIC);
            redirect.add(socket);
            return new Loop(umem, socket, redirect);
        }

        void send() throws IOException {
            socket.transmitRing().send(ByteBuffer.allocate(60).putShort(12, (short) 0x88b5));
            socket.transmitRing().flush();
        }

        XdpPacket received() throws IOException {
            send();
            XdpPacket packet = socket.receiveRing().next(PATIENCE);
            if (packet == null) {
                throw new IOException("nothing was received");
            }
            return packet;
        }

        @Override
        public void close() throws IOException {
            redirect.close();
            umem.close();
        }
    }

    private interface Body {
        void run(Loop loop) throws Exception;
    }

    private XdpPrograms() {}

    static boolean possible() {
        AtomicReference<String> outcome = new AtomicReference<>("");
        try {
            inNamespace(() -> {
                try (Loop loop = Loop.open()) {
                    outcome.set(loop.received().length() == 60 ? "fine" : "");
                }
            });
        } catch (Exception e) {
            return false;
        }
        return "fine".equals(outcome.get());
    }

    static List<Program> all() {
        List<Program> all = new ArrayList<>();
        add(all, "an AF_XDP packet after its socket was closed", XdpPrograms::packetAfterClose);
        add(all, "chunks of a Umem that is closed", XdpPrograms::afterUmem);
        add(all, "chunks given back and sent twice", XdpPrograms::twice);
        add(all, "an AF_XDP packet's buffer is scribbled over", XdpPrograms::scribbled);
        add(all, "descriptors of an AF_XDP ring that lie", XdpPrograms::lies);
        add(all, "two readers and two senders of an AF_XDP socket", XdpPrograms::threads);
        add(all, "an AF_XDP socket is closed under its threads", XdpPrograms::closedUnder);
        return all;
    }

    private static void add(List<Program> all, String name, Body body) {
        all.add(new Program(
                name,
                Program.XDP,
                () -> inNamespace(() -> {
                    try (Loop loop = Loop.open()) {
                        body.run(loop);
                    }
                })));
    }

    /** A thread of its own, which takes its namespace with it. */
    private static void inNamespace(Program.Body body) throws Exception {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                if (Libc.get().unshare(Linux.CLONE_NEWNET) != 0
                        || new ProcessBuilder("ip", "link", "set", "lo", "up")
                                        .start()
                                        .waitFor()
                                != 0) {
                    throw new IOException("no network namespace");
                }
                body.run();
            } catch (Throwable e) {
                failure.set(e);
            }
        });
        thread.start();
        thread.join();
        Throwable thrown = failure.get();
        if (thrown instanceof Exception e) {
            throw e;
        } else if (thrown != null) {
            throw new AssertionError(thrown);
        }
    }

    private static void packetAfterClose(Loop loop) throws Exception {
        XdpPacket packet = loop.received();
        ByteBuffer data = packet.data();
        long lease = loop.received().keep();
        ByteBuffer filling = loop.socket.transmitRing().next();
        loop.socket.close();
        data.clear();
        for (int i = 0; i < data.capacity(); i++) {
            data.put(i, (byte) i);
        }
        filling.putLong(0, -1);
        refused(ClosedChannelException.class, packet::keep);
        refused(ClosedChannelException.class, () -> loop.socket.transmitRing().forward(packet));
        refused(ClosedChannelException.class, () -> loop.socket.transmitRing().commit());
        refused(ClosedChannelException.class, () -> loop.socket.receiveRing().next());
        try (XdpSocket next = XdpSocket.open("lo", 0, loop.umem, SETUP)) {
            data.putInt(0, 7); // it may be the other socket's chunk: its data is spoiled, and nothing else
            next.transmitRing().forward(lease);
            next.transmitRing().flush();
            refused(IllegalStateException.class, () -> loop.umem.release(lease));
        }
        check(loop.umem.free() == 256, loop.umem.free() + " chunks are free");
    }

    private static void afterUmem(Loop loop) throws Exception {
        XdpPacket packet = loop.received();
        ByteBuffer data = packet.data();
        ByteBuffer filling = loop.socket.transmitRing().next();
        long lease = loop.received().keep();
        ByteBuffer kept = loop.umem.data(lease);
        loop.umem.close();
        for (ByteBuffer buffer : List.of(data, filling, kept)) { // the first has all chunks
            buffer.clear();
            for (int i = 0; i < buffer.capacity(); i++) {
                check(buffer.get(i) == 0, "a closed Umem's byte " + i + " is " + buffer.get(i));
            }
        }
        for (ByteBuffer buffer : List.of(data, filling, kept)) {
            for (int i = 0; i < buffer.capacity(); i++) {
                buffer.put(i, (byte) 1);
            }
        }
        refused(ClosedChannelException.class, packet::keep);
        refused(ClosedChannelException.class, () -> loop.socket.transmitRing().forward(lease));
        refused(ClosedChannelException.class, () -> loop.socket.transmitRing().next());
        loop.umem.release(lease);
        refused(IllegalStateException.class, () -> loop.umem.release(lease));
        refused(ClosedChannelException.class, () -> XdpSocket.open("lo", 0, loop.umem, SETUP));
    }

    private static void twice(Loop loop) throws Exception {
        for (int i = 0; i < 300; i++) {
            XdpPacket packet = loop.received();
            if (i % 2 == 0) {
                long lease = packet.keep();
                refused(IllegalStateException.class, packet::keep);
                refused(
                        IllegalStateException.class,
                        () -> loop.socket.transmitRing().forward(packet));
                loop.umem.release(lease);
                refused(IllegalStateException.class, () -> loop.umem.release(lease));
                refused(IllegalStateException.class, () -> loop.umem.data(lease));
                refused(IllegalStateException.class, () -> loop.umem.release(lease + 1));
                refused(IllegalStateException.class, () -> loop.umem.release(lease ^ 1L << 32));
            } else {
                loop.socket.transmitRing().forward(packet);
                refused(
                        IllegalStateException.class,
                        () -> loop.socket.transmitRing().forward(packet));
                refused(IllegalStateException.class, packet::keep);
                loop.socket.transmitRing().flush();
                XdpPacket again = loop.socket.receiveRing().next(PATIENCE);
                check(again != null, "the forwarded frame did not come");
            }
        }
    }

    /** Position and limit are the user's, and so is the whole chunk. */
    private static void scribbled(Loop loop) throws Exception {
        for (int i = 0; i < 300; i++) {
            ByteBuffer data = loop.received().data();
            data.clear();
            for (int k = 0;
                    k < data.capacity();
                    k += 1 + ThreadLocalRandom.current().nextInt(64)) {
                data.put(k, (byte) ThreadLocalRandom.current().nextInt());
            }
            int from = ThreadLocalRandom.current().nextInt(data.capacity());
            data.position(from).limit(from + ThreadLocalRandom.current().nextInt(data.capacity() - from + 1));
            XdpPacket same = loop.socket.receiveRing().next(Duration.ZERO);
            check(same == null, "nothing was sent");
            ByteBuffer frame = loop.socket.transmitRing().next();
            frame.position(14 + ThreadLocalRandom.current().nextInt(frame.capacity() - 14));
            String ignored = Program.outcome(() -> loop.socket.transmitRing().commit());
            ignored = Program.outcome(() -> loop.socket.transmitRing().flush());
            while (loop.socket.receiveRing().next(Duration.ZERO) != null) {
                check(loop.socket.isOpen(), "closed");
            }
        }
    }

    /** A process that has the socket, too, maps its receive ring and writes what it likes. */
    private static void lies(Loop loop) throws Exception {
        try (Socket borrowed = Socket.borrow(loop.socket.descriptor().fd())) {
            XdpMmapOffsets.Ring at =
                    borrowed.getOption(XdpOptions.XDP_MMAP_OFFSETS).rx();
            int entries = (int) at.desc();
            int size = entries + SETUP.receive() * XdpDesc.SIZE;
            long address = Libc.get()
                    .mmap(
                            0,
                            size,
                            Linux.PROT_READ | Linux.PROT_WRITE,
                            Linux.MAP_SHARED,
                            borrowed.fd(),
                            Linux.XDP_PGOFF_RX_RING);
            ByteBuffer ring = Memory.wrap(address, size).order(ByteOrder.nativeOrder());
            ThreadLocalRandom random = ThreadLocalRandom.current();
            int outside = 0;
            for (int i = 0; i < 3000; i++) {
                int written = 1 + random.nextInt(8);
                int producer = ring.getInt((int) at.producer());
                for (int k = 0; k < written; k++) {
                    int entry = entries + (producer + k) % SETUP.receive() * XdpDesc.SIZE;
                    // anywhere, around the Umem's end, or within
                    long lie = random.nextBoolean() ? random.nextLong() : random.nextLong(-10, 256 * 2048 + 3000);
                    ring.putLong(entry, lie).putInt(entry + Long.BYTES, random.nextInt() >>> random.nextInt(32));
                }
                ring.putInt((int) at.producer(), producer + written);
                outside += readLies(loop, random);
            }
            check(outside > 1000, "only " + outside + " of the lies were noticed");
            Libc.get().munmap(address, size);
        }
        loop.socket.close();
        check(loop.umem.free() <= 256, "more chunks than there are");
    }

    private static int readLies(Loop loop, ThreadLocalRandom random) throws Exception {
        int outside = 0;
        if (random.nextBoolean()) {
            XdpFrames frames = loop.socket.receiveRing().nextFrames(Duration.ZERO);
            for (int i = 0; frames != null && i < frames.count(); i++) {
                int frame = i;
                int bytes = Math.max(0, frames.length(i) - 1);
                String read = Program.outcome(() -> frames.data().get(frames.position(frame)));
                String last = Program.outcome(() -> frames.data().get(frames.position(frame) + bytes));
                outside += read.endsWith("IndexOutOfBoundsException") || last.endsWith("IndexOutOfBoundsException")
                        ? 1
                        : 0;
                String ignored = Program.outcome(() -> frames.packet(frame).keep());
                ignored = Program.outcome(() -> frames.packet(frame).data());
            }
            return outside;
        }
        XdpPacket packet;
        while ((packet = loop.socket.receiveRing().next(Duration.ZERO)) != null) {
            XdpPacket same = packet;
            String read = Program.outcome(() -> same.data().get());
            String ignored = Program.outcome(same::packetType);
            ignored = Program.outcome(same::sender);
            outside += read.equals(IllegalStateException.class.getName()) ? 1 : 0;
            ignored = Program.outcome(() -> loop.socket.transmitRing().forward(same));
            ignored = Program.outcome(same::keep);
        }
        return outside;
    }

    private static void threads(Loop loop) throws Exception {
        RacePrograms.beside(
                () -> {
                    String ignored = Program.outcome(loop::send);
                    ignored = Program.outcome(() -> read(loop));
                },
                () -> {
                    String ignored = Program.outcome(loop::send);
                    ignored = Program.outcome(() -> read(loop));
                });
        loop.socket.close();
        check(loop.umem.free() <= 256, "more chunks than there are");
    }

    private static void read(Loop loop) throws IOException {
        XdpPacket packet = loop.socket.receiveRing().next(Duration.ZERO);
        if (packet != null && ThreadLocalRandom.current().nextBoolean()) {
            loop.umem.release(packet.keep());
        } else if (packet != null) {
            packet.data().putInt(0, 0);
        }
    }

    private static void closedUnder(Loop loop) throws Exception {
        for (int i = 0; i < 3; i++) {
            XdpSocket socket = i == 0 ? loop.socket : XdpSocket.open("lo", 0, loop.umem, SETUP);
            loop.redirect.add(socket);
            Loop own = new Loop(loop.umem, socket, loop.redirect);
            List<Thread> users = new ArrayList<>();
            for (int k = 0; k < 2; k++) {
                boolean sends = k == 0;
                Thread user = new Thread(() -> {
                    while (socket.isOpen()) {
                        String ignored = Program.outcome(() -> {
                            if (sends) {
                                own.send();
                            } else {
                                read(own);
                            }
                        });
                    }
                });
                users.add(user);
                user.start();
            }
            Thread.sleep(30);
            socket.close();
            for (Thread user : users) {
                user.join();
            }
            check(loop.umem.free() == 256, loop.umem.free() + " chunks are free");
        }
    }
}
