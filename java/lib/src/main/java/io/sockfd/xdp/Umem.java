package io.sockfd.xdp;

import io.sockfd.Descriptor;
import io.sockfd.Errors;
import io.sockfd.internal.memory.Mapping;
import io.sockfd.internal.memory.OneThread;
import io.sockfd.option.XdpUmemReg;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The memory of the frames: chunks of one size. A chunk is in one place at a time: free; with a receive ring, which the kernel
 * fills or has filled, or as its packet; kept; or with a transmit ring, filled by the caller or sent by the kernel.
 *
 * <p>Several sockets can use one: a frame that one has received is then sent by another without a copy. All methods may be
 * called from any thread.
 *
 * <pre>{@code
 * try (Umem umem = Umem.of(4096, 2048); // 4,096 chunks of 2 KiB
 *         XdpSocket left = XdpSocket.open("veth0", 0, umem);
 *         XdpSocket right = XdpSocket.open("veth1", 0, umem)) {
 *     XdpPacket packet = left.receiveRing().next();
 *     right.transmitRing().forward(packet); // the chunk changes hands, no byte is copied
 *     right.transmitRing().flush();
 * }
 * }</pre>
 *
 * @see <a href="https://docs.kernel.org/networking/af_xdp.html#umem">UMEM, in the kernel's documentation</a>
 */
public final class Umem implements Closeable {
    /** What the kernel leaves before a frame that was received, beside the head room that was asked for: XDP_PACKET_HEADROOM. */
    public static final int KERNEL_HEADROOM = 256;

    private static final Libc LIBC = Libc.getOrRefusing();
    private static final int LEAST = 2048;
    private static final int LARGEST_PAGE =
            4096; // the kernel takes a page at most; larger pages are for unaligned chunks
    private static final int AT_ONCE = 64;

    static final byte FREE = 0;
    static final byte RECEIVING = 1; // with a receive ring: the kernel's, or its packet
    static final byte KEPT = 2;
    static final byte FILLING = 3; // with a transmit ring, not committed
    static final byte SENDING = 4; // in the transmit ring or the completion ring

    /** What a socket has of it. The guards are the threads' that use its rings. */
    static final class Member {
        final int number;
        final TurnGuard receiving = new TurnGuard();
        final OneThread transmitting = new OneThread();
        private volatile boolean ended;
        private boolean receivingOver; // this and the next: the Umem's monitor
        private boolean transmittingOver;

        Member(int number) {
            this.number = number;
        }

        /** The kernel has let go of the socket's rings. */
        void end() {
            ended = true;
        }

        /** Whether it ended, and no thread is inside of its rings, nor ever will be. */
        private boolean isQuiet() {
            if (ended) {
                receivingOver = receivingOver || receiving.end();
                transmittingOver = transmittingOver || transmitting.tryBegin();
            }
            return receivingOver && transmittingOver;
        }
    }

    private final Mapping mapping;
    private final int chunks;
    private final int chunkSize;
    private final int chunkBits;
    private final int headroom;
    private final ByteBuffer[] views;
    final byte[]
            states; // each belongs to the thread that has the chunk; free ones and changes of hands to this' monitor
    private final int[] holders;
    private final int[] generations;
    private final int[] lengths;
    private final int[] offsets;
    private final int[] free;
    private int freeCount;
    private final List<Member> members = new ArrayList<>();
    private final List<Descriptor> sockets = new ArrayList<>();
    private int memberCount;
    private int promised; // chunks that receive rings want to have
    private volatile boolean closed;

    private Umem(Mapping mapping, int chunks, int chunkSize, int headroom) {
        this.mapping = mapping;
        this.chunks = chunks;
        this.chunkSize = chunkSize;
        chunkBits = Integer.numberOfTrailingZeros(chunkSize);
        this.headroom = headroom;
        views = new ByteBuffer[chunks];
        states = new byte[chunks];
        holders = new int[chunks];
        generations = new int[chunks];
        lengths = new int[chunks];
        offsets = new int[chunks];
        free = new int[chunks];
        for (int i = 0; i < chunks; i++) {
            views[i] = mapping.slice(i * chunkSize, chunkSize).order(ByteOrder.BIG_ENDIAN);
            free[i] = chunks - 1 - i;
        }
        freeCount = chunks;
    }

    /** As {@link #of(int, int, int)} without head room. */
    public static Umem of(int chunks, int chunkSize) throws IOException {
        return of(chunks, chunkSize, 0);
    }

    /**
     * Memory for so many frames.
     *
     * @param chunks at least 2; 4096 is usual for one socket: as many as its fill ring takes, and as many for what is sent and
     *     kept
     * @param chunkSize 2048 or 4096 bytes. A frame that is received has {@value #KERNEL_HEADROOM} bytes and the head room
     *     less; longer ones are dropped and counted
     * @param headroom bytes to be left free before each frame that is received, for a header that is put before it
     * @throws IllegalArgumentException for other sizes: chunks that are no power of two, XDP_UMEM_UNALIGNED_CHUNK_FLAG, are
     *     not supported
     * @throws IOException ENOMEM
     */
    public static Umem of(int chunks, int chunkSize, int headroom) throws IOException {
        if (chunkSize < LEAST || chunkSize > LARGEST_PAGE || Integer.bitCount(chunkSize) != 1) {
            throw new IllegalArgumentException(
                    "chunks of " + chunkSize + " bytes: 2048 or 4096, please (chunks that are no"
                            + " power of two or longer than a page, XDP_UMEM_UNALIGNED_CHUNK_FLAG, are not supported)");
        } else if (chunks < 2 || (long) chunks * chunkSize > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(chunks + " chunks of " + chunkSize + " bytes: from 2 to 2 GiB in all");
        } else if (headroom < 0 || headroom >= chunkSize - KERNEL_HEADROOM) {
            throw new IllegalArgumentException("a head room of " + headroom + " bytes: chunks of " + chunkSize
                    + " have " + KERNEL_HEADROOM + " for the kernel, and the rest is for it and the frame");
        }
        int length = chunks * chunkSize;
        int flags = Linux.MAP_PRIVATE | Linux.MAP_ANONYMOUS;
        long address = LIBC.mmap(0, length, Linux.PROT_READ | Linux.PROT_WRITE, flags, -1, 0);
        Mapping mapping = new Mapping(Errors.check(address, "mmap", length + " bytes for frames"), length);
        // of a reader's time much is spent on finding pages: large ones, where the kernel has them; the first socket's
        // registration makes all of them present
        long ignored = LIBC.syscall(Linux.SYS_madvise, address, length, Linux.MADV_HUGEPAGE, 0, 0, 0);
        return new Umem(mapping, chunks, chunkSize, headroom);
    }

    // ---- for users -----------------------------------------------------------------------------------------------

    /** How many there are. */
    public int chunks() {
        return chunks;
    }

    /** The bytes of each. */
    public int chunkSize() {
        return chunkSize;
    }

    /** The longest frame that can be received. */
    public int longestFrame() {
        return chunkSize - KERNEL_HEADROOM - headroom;
    }

    /** How many are free: with no ring, and not handed out or kept. */
    public synchronized int free() {
        reclaim();
        return freeCount;
    }

    /**
     * A packet that was kept, between position and limit. Network byte order.
     *
     * @param lease of {@link XdpPacket#keep}
     * @throws IllegalStateException after {@link #release}
     */
    public synchronized ByteBuffer data(long lease) {
        int chunk = check(lease);
        return views[chunk].clear().position(offsets[chunk]).limit(offsets[chunk] + lengths[chunk]);
    }

    /**
     * Gives a packet back that was kept: its chunk is free.
     *
     * @throws IllegalStateException when it was given back before
     */
    public synchronized void release(long lease) {
        giveBack(check(lease));
    }

    private int check(long lease) {
        int chunk = (int) lease;
        if (chunk < 0
                || chunk >= chunks
                || states[chunk] != KEPT
                || generations[chunk] != (int) (lease >>> Integer.SIZE)) {
            throw new IllegalStateException("this packet was given back or sent before, or never kept");
        }
        return chunk;
    }

    /** Whether {@link #close} was not called yet. */
    public boolean isOpen() {
        return !closed;
    }

    /** Closes the sockets that use it, and gives the memory back; what is read of it later is zero. */
    @Override
    public void close() throws IOException {
        List<Descriptor> open;
        synchronized (this) {
            closed = true;
            open = List.copyOf(sockets);
            sockets.clear();
        }
        try {
            for (Descriptor socket : open) {
                socket.close();
            }
        } finally {
            mapping.close();
        }
    }

    // ---- for sockets ---------------------------------------------------------------------------------------------

    /** What the kernel is told of it. */
    XdpUmemReg registration() {
        return new XdpUmemReg(mapping.address(), (long) chunks * chunkSize, chunkSize, headroom, 0, 0);
    }

    /**
     * A socket joins.
     *
     * @param wanted the chunks that it wants for receiving
     * @param sends whether it needs others for sending
     */
    synchronized Member join(int wanted, boolean sends) throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
        reclaim();
        int left = chunks - promised;
        if (wanted + (sends ? 1 : 0) > left) {
            throw new IllegalArgumentException(
                    wanted + " chunks for the fill ring" + (sends ? ", and some to send" : "")
                            + ": of the " + chunks + " of this Umem other sockets have " + promised
                            + " (give XdpSetup a smaller fill ring, or the Umem more chunks)");
        }
        promised += wanted;
        Member member = new Member(++memberCount);
        members.add(member);
        return member;
    }

    /** It is ready; {@link #close} closes it from now on. */
    synchronized void joined(Descriptor socket) throws IOException {
        if (closed) {
            socket.close();
            throw new ClosedChannelException();
        }
        sockets.removeIf(one -> !one.isOpen());
        sockets.add(socket);
    }

    /** The socket does not want its chunks for receiving any more. */
    synchronized void unpromise(int wanted) {
        promised -= wanted;
    }

    /** A socket that has registered this memory, and is open; null when there is none. */
    synchronized @Nullable Descriptor registered() {
        return sockets.stream().filter(Descriptor::isOpen).findFirst().orElse(null);
    }

    /** How many chunks a ring takes or gives back at once. */
    int atOnce() {
        return Math.max(1, Math.min(AT_ONCE, chunks / AT_ONCE));
    }

    /** Takes free chunks, as many as there are; what becomes of them is up to the caller. */
    synchronized int take(Member member, byte state, int[] into, int count) {
        if (freeCount < count) {
            reclaim();
        }
        int taken = Math.min(count, freeCount);
        for (int i = 0; i < taken; i++) {
            int chunk = free[--freeCount];
            states[chunk] = state;
            holders[chunk] = member.number;
            into[i] = chunk;
        }
        return taken;
    }

    /** Gives the last ones of an array back. */
    synchronized void giveBack(int[] from, int count, int number) {
        for (int i = count - number; i < count; i++) {
            giveBack(from[i]);
        }
    }

    private void giveBack(int chunk) {
        if (states[chunk] == FREE) {
            throw new AssertionError("chunk " + chunk + " is given back twice");
        }
        states[chunk] = FREE;
        generations[chunk]++;
        free[freeCount++] = chunk;
    }

    /** A packet stays; nobody but its lease knows the chunk from now on. */
    synchronized long keep(int address, int length) {
        int chunk = chunk(address);
        states[chunk] = KEPT;
        offsets[chunk] = address & chunkSize - 1;
        lengths[chunk] = length;
        return (long) generations[chunk] << Integer.SIZE | chunk;
    }

    /** A kept packet becomes a member's, to be sent. */
    synchronized int claim(Member member, long lease) {
        int chunk = check(lease);
        generations[chunk]++;
        move(member, chunk, FILLING);
        return chunk;
    }

    /** A chunk that the calling thread has goes to another member. */
    void move(Member member, int chunk, byte state) {
        states[chunk] = state;
        holders[chunk] = member.number;
    }

    int offset(int chunk) {
        return offsets[chunk];
    }

    int length(int chunk) {
        return lengths[chunk];
    }

    boolean isOf(Member member, int chunk, byte state) {
        return states[chunk] == state && holders[chunk] == member.number;
    }

    /** Whether an address is in it; what the ring has is the kernel's word, or that of who shares the socket. */
    boolean has(int address) {
        return address >= 0 && address < chunks << chunkBits;
    }

    /** The number of the chunk with this byte. */
    int chunk(int address) {
        return address >>> chunkBits;
    }

    ByteBuffer view(int chunk) {
        return views[chunk];
    }

    /** All chunks, for a packet of any of them. */
    ByteBuffer all() {
        return mapping.slice(0, chunks * chunkSize).order(ByteOrder.BIG_ENDIAN);
    }

    /** What closed sockets had is free, once no thread is inside of their rings; nobody enters those any more. */
    private void reclaim() {
        for (int i = members.size() - 1; i >= 0; i--) {
            Member member = members.get(i);
            if (member.isQuiet()) {
                members.remove(i);
                reclaim(member.number);
            }
        }
    }

    private void reclaim(int member) {
        for (int chunk = 0; chunk < chunks; chunk++) {
            if (holders[chunk] == member && states[chunk] != FREE && states[chunk] != KEPT) {
                giveBack(chunk);
            }
        }
    }

    @Override
    public String toString() {
        return "Umem(" + chunks + " chunks of " + chunkSize + " bytes" + (closed ? ", closed)" : ")");
    }
}
