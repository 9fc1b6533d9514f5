package io.sockfd.xdp;

import static io.sockfd.raw.Linux.XDP_COPY;
import static io.sockfd.raw.Linux.XDP_PGOFF_RX_RING;
import static io.sockfd.raw.Linux.XDP_PGOFF_TX_RING;
import static io.sockfd.raw.Linux.XDP_SHARED_UMEM;
import static io.sockfd.raw.Linux.XDP_UMEM_PGOFF_COMPLETION_RING;
import static io.sockfd.raw.Linux.XDP_UMEM_PGOFF_FILL_RING;
import static io.sockfd.raw.Linux.XDP_USE_NEED_WAKEUP;
import static io.sockfd.raw.Linux.XDP_ZEROCOPY;

import io.sockfd.Descriptor;
import io.sockfd.Domain;
import io.sockfd.Errno;
import io.sockfd.Errors;
import io.sockfd.Protocol;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.address.XdpAddress;
import io.sockfd.internal.wait.Meanwhile;
import io.sockfd.option.XdpMmapOffsets;
import io.sockfd.option.XdpOptions;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.XdpDesc;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The descriptor of an AF_XDP socket, and its rings: they end with it, for a queue is busy until its rings are unmapped. */
final class Xsk extends Descriptor {
    private static final Libc LIBC = Libc.getOrRefusing();
    private static final long TRANSMIT_PAGE = Integer.toUnsignedLong(XDP_PGOFF_TX_RING);
    private static final int LEAST_RING = 64;
    private static final long QUEUE_FREED = 5_000_000_000L; // Linux 6.18 takes 10 to 20 ms, on a busy machine far more
    private static final long PAUSE = 50_000;
    private static final long LOOK = 500_000_000;

    /** On System.nanoTime's clock. */
    private static volatile long lastClosed = System.nanoTime() - QUEUE_FREED;

    private static final int KERNEL_ENOTSUPP = 524; // no number of POSIX; drivers give it
    private static final Set<Integer> NO_ZERO_COPY =
            Set.of(Linux.EOPNOTSUPP, Linux.EINVAL, Linux.ENODEV, KERNEL_ENOTSUPP, Linux.ENOMEM);

    /** The rings; those that the socket does not have are not used. */
    record Rings(@Nullable XskRing receive, @Nullable XskRing transmit, XskRing fill, XskRing completion) {
        void takeAway() {
            for (XskRing ring : new XskRing[] {receive, transmit, fill, completion}) {
                if (ring != null) {
                    ring.takeAway();
                }
            }
        }
    }

    /** Ends with the number, on whatever thread that is. */
    private record End(Umem umem, Umem.Member member, Rings rings, int wanted) implements Companion {
        @Override
        public void ended() {
            rings.takeAway();
            lastClosed = System.nanoTime();
            member.end();
            umem.unpromise(wanted);
        }
    }

    final int ifindex;
    final int queue;
    final Umem umem;
    final Umem.Member member;
    final Rings rings;
    final String copyReason;
    private final ByteBuffer memory = Memory.allocate(2 * Integer.BYTES); // of the thread that waits
    private volatile int failed; // errno

    private Xsk(int fd, XdpAddress where, End end, String copyReason) {
        super(fd, true, end);
        ifindex = where.ifindex();
        queue = where.queueId();
        umem = end.umem;
        member = end.member;
        rings = end.rings;
        this.copyReason = copyReason;
    }

    static Xsk open(XdpAddress where, Umem umem, XdpSetup setup) throws IOException {
        synchronized (umem) { // two sockets that join at once would both register it
            Umem.Member member = umem.join(setup.fill(), setup.transmit() > 0);
            Socket socket = null;
            List<XskRing> made = new ArrayList<>();
            try {
                socket = Socket.open(Domain.XDP, SocketType.RAW, Protocol.DEFAULT);
                Descriptor first = umem.registered();
                if (first == null) {
                    socket.setOption(XdpOptions.XDP_UMEM_REG, umem.registration());
                }
                Rings rings = rings(socket, setup, made);
                fill(umem, member, rings.fill, setup.fill());
                String reason = bind(socket, where, first, setup.copy());
                Xsk opened = new Xsk(socket.release(), where, new End(umem, member, rings, setup.fill()), reason);
                umem.joined(opened);
                return opened;
            } catch (Throwable e) {
                if (socket != null && socket.isOpen()) {
                    socket.close();
                    made.forEach(XskRing::takeAway);
                    member.end();
                    umem.unpromise(setup.fill());
                } else if (socket == null) {
                    member.end();
                    umem.unpromise(setup.fill());
                }
                throw e;
            }
        }
    }

    private static Rings rings(Socket socket, XdpSetup setup, List<XskRing> made) throws IOException {
        int fill = Math.max(LEAST_RING, setup.fill()); // the kernel wants these two in any case
        int completion = Math.max(LEAST_RING, setup.transmit());
        socket.setOption(XdpOptions.XDP_UMEM_FILL_RING, fill)
                .setOption(XdpOptions.XDP_UMEM_COMPLETION_RING, completion);
        if (setup.receive() > 0) {
            socket.setOption(XdpOptions.XDP_RX_RING, setup.receive());
        }
        if (setup.transmit() > 0) {
            socket.setOption(XdpOptions.XDP_TX_RING, setup.transmit());
        }
        XdpMmapOffsets at = socket.getOption(XdpOptions.XDP_MMAP_OFFSETS);
        try (Hold hold = socket.hold()) {
            int fd = hold.fd();
            int entry = XdpDesc.SIZE;
            XskRing fillRing = map(made, fd, XDP_UMEM_PGOFF_FILL_RING, at.fr(), fill, Long.BYTES);
            XskRing completionRing = map(made, fd, XDP_UMEM_PGOFF_COMPLETION_RING, at.cr(), completion, Long.BYTES);
            XskRing receive =
                    setup.receive() > 0 ? map(made, fd, XDP_PGOFF_RX_RING, at.rx(), setup.receive(), entry) : null;
            XskRing transmit =
                    setup.transmit() > 0 ? map(made, fd, TRANSMIT_PAGE, at.tx(), setup.transmit(), entry) : null;
            return new Rings(receive, transmit, fillRing, completionRing);
        }
    }

    private static XskRing map(
            List<XskRing> made, int fd, long page, XdpMmapOffsets.Ring offsets, int entries, int entry)
            throws IOException {
        XskRing ring = new XskRing(fd, page, offsets, entries, entry);
        made.add(ring);
        return ring;
    }

    /** Before frames come: what finds an empty fill ring is dropped. */
    private static void fill(Umem umem, Umem.Member member, XskRing ring, int count) {
        int[] chunks = new int[count];
        int taken = umem.take(member, Umem.RECEIVING, chunks, count);
        for (int i = 0; i < taken; i++) {
            ring.write((long) chunks[i] * umem.chunkSize());
        }
        ring.submit();
    }

    /**
     * Binds.
     *
     * @return why frames are copied; empty when they are not
     */
    private static String bind(Socket socket, XdpAddress where, @Nullable Descriptor first, XdpSetup.Copy copy)
            throws IOException {
        if (first != null) { // it decides for all
            try (Hold hold = first.hold()) {
                bind(socket, where, XDP_SHARED_UMEM, hold.fd());
            }
            if (zeroCopy(socket)) {
                return "";
            }
            String reason = "it shares the memory of a socket that copies";
            return copy == XdpSetup.Copy.NEVER ? refused(reason) : reason;
        }
        String reason = "it was asked to";
        if (copy != XdpSetup.Copy.ALWAYS) {
            try {
                bind(socket, where, XDP_ZEROCOPY | XDP_USE_NEED_WAKEUP, 0);
                return "";
            } catch (IOException e) {
                int errno = Errors.errnoOf(e).map(Errno::value).orElse(0);
                if (copy == XdpSetup.Copy.NEVER || !NO_ZERO_COPY.contains(errno)) {
                    throw e;
                }
                reason = "the driver has no zero copy for this queue: " + Errno.ofResult(-errno);
            }
        }
        bind(socket, where, XDP_COPY | XDP_USE_NEED_WAKEUP, 0);
        return reason;
    }

    private static String refused(String reason) throws IOException {
        throw Errors.exception(-Linux.EOPNOTSUPP, "bind", reason);
    }

    /** The kernel frees a queue a moment after the close of its socket, by a work of its own: after ours EBUSY is asked again. */
    private static void bind(Socket socket, XdpAddress where, int flags, int shared) throws IOException {
        XdpAddress address = new XdpAddress(where.ifindex(), where.queueId(), flags, shared);
        while (true) {
            try {
                Socket ignored = socket.bind(address);
                return;
            } catch (IOException e) {
                if (System.nanoTime() - lastClosed >= QUEUE_FREED
                        || Errors.errnoOf(e).filter(Errno.EBUSY::equals).isEmpty()) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE);
            }
        }
    }

    private static boolean zeroCopy(Socket socket) throws IOException {
        return (socket.getOption(XdpOptions.XDP_OPTIONS) & Linux.XDP_OPTIONS_ZEROCOPY) != 0;
    }

    // ---- calls ---------------------------------------------------------------------------------------------------

    /** Part of a ring's operation, which began on an open socket: a close since then is one meanwhile. */
    private int enterBegun() throws ClosedChannelException {
        try {
            return enter();
        } catch (ClosedChannelException e) {
            throw Meanwhile.closed(this, e);
        }
    }

    /**
     * Waits for what poll(2) says of the queue; false when the time is over. When the interface goes poll(2) is woken, and says
     * nothing (Linux 6.18): so the socket is asked now and then.
     */
    boolean await(int events, long deadline, boolean forever) throws IOException {
        int fd = enterBegun();
        try {
            while (true) {
                checkWorking();
                long look = System.nanoTime() + LOOK;
                boolean last = !forever && deadline - look <= 0;
                int ready = await(events, last ? deadline : look);
                if ((ready & events) != 0) {
                    return true;
                } else if (last) {
                    return false;
                }
                readError(fd);
            }
        } finally {
            exit();
        }
    }

    /** A pause for states that poll(2) says nothing of; false when the time is over. */
    boolean rest(int before, long deadline, boolean forever) throws IOException {
        int ignored = enterBegun();
        try {
            checkWorking();
            return pause(before, forever ? Long.MAX_VALUE : deadline);
        } finally {
            exit();
        }
    }

    /** The interface is gone when there is one. Reading it takes it away, but nothing ever comes again. */
    private void readError(int fd) {
        ByteBuffer error = memory;
        error.putInt(Integer.BYTES, Integer.BYTES);
        long address = Memory.address(error);
        int result = LIBC.getsockopt(fd, Linux.SOL_SOCKET, Linux.SO_ERROR, address, address + Integer.BYTES);
        if (result == 0 && error.getInt(0) != 0) {
            failed = error.getInt(0);
        }
    }

    private void checkWorking() throws IOException {
        if (failed != 0) {
            Errors.check(-failed, "poll", this);
        }
    }

    /** Lets the kernel send what is in the transmit ring; 0 or -errno. */
    int kickTransmit() throws IOException {
        int fd = enterBegun();
        try {
            return (int) LIBC.sendto(fd, 0, 0, Linux.MSG_DONTWAIT, 0, 0);
        } finally {
            exit();
        }
    }

    /** Tells a driver that waits for chunks that there are some. */
    void kickReceive() throws IOException {
        int fd = enterBegun();
        try {
            long ignored = LIBC.recvfrom(fd, 0, 0, Linux.MSG_DONTWAIT, 0, 0);
        } finally {
            exit();
        }
    }

    @Override
    public String toString() {
        return "XdpSocket(interface " + ifindex + ", queue " + queue + (isOpen() ? ")" : ", closed)");
    }
}
