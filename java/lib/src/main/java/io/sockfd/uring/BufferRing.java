package io.sockfd.uring;

import io.sockfd.Errors;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.IoUringBuf;
import io.sockfd.raw.struct.IoUringBufReg;
import io.sockfd.raw.struct.IoUringBufRing;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Buffers that the kernel takes when something has come, so that sockets which only wait need none. Each is either in the
 * kernel or handed out: to the {@link Receive} that got it, to whoever {@linkplain Receive#keep kept} it, or to the {@link
 * Send} that sends it. Its memory lives as long as the ring, or anything made of it.
 *
 * <p>The kernel takes them in turn, so that all of the memory is walked through: keep it small. All methods are for the ring's
 * thread.
 *
 * <pre>{@code
 * BufferRing buffers = ring.buffers(256, 2048); // 256 buffers of 2 KiB
 * ring.receive(socket, buffers).startMultishot();
 * ring.await(-1);
 * if (ring.next() instanceof Receive receive && receive.check() > 0) {
 *     use(receive.data()); // until the next completion is asked for
 * }
 * }</pre>
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/io_uring_setup_buf_ring.3.html">io_uring_setup_buf_ring(3)</a>
 */
public final class BufferRing {
    private final Core.Buffers shared = new Shared();
    private static final int MOST = 1 << 15;
    private static final int LARGEST_PAGE = 1 << 16;
    private static final VarHandle SHORT =
            MethodHandles.byteBufferViewVarHandle(short[].class, ByteOrder.nativeOrder());

    /** Of a buffer; all are the kernel's at first. */
    private static final byte KERNEL = 0;

    private static final byte HANDED_OUT = 1;
    private static final byte KEPT = 2;

    final int group;
    private final Core core;
    private final int size;
    private final int mask;
    private final ByteBuffer ring; // of the kernel's pages
    private final ByteBuffer memory;
    private final long address;
    private final ByteBuffer[] views;
    private final @Nullable ByteBuffer[] behind; // as views, without the first bytes
    private int behindFrom;
    private final byte[] states;
    private final int[] generations;
    private final int[] lengths;
    private int tail;
    private int told;

    private BufferRing(Core core, int group, int count, int size) throws IOException {
        if (count < 1 || count > MOST || Integer.bitCount(count) != 1) {
            throw new IllegalArgumentException(count + " buffers: a power of two up to " + MOST + ", please");
        } else if (size < 1 || (long) count * size > Integer.MAX_VALUE - 2 * LARGEST_PAGE) {
            throw new IllegalArgumentException(
                    count + " buffers of " + size + " bytes: 1 byte to 2 GiB in all, please");
        }
        this.core = core;
        this.group = group;
        this.size = size;
        mask = count - 1;
        ring = Memory.allocate(count * IoUringBuf.SIZE, LARGEST_PAGE);
        memory = Memory.allocate(count * size);
        address = Memory.address(memory);
        views = new ByteBuffer[count];
        behind = new ByteBuffer[count];
        states = new byte[count];
        generations = new int[count];
        lengths = new int[count];
        for (int i = 0; i < count; i++) {
            views[i] = memory.slice(i * size, size);
            add(i);
        }
        tell();
    }

    /** For the core, which the users of this shall not see. */
    private final class Shared implements Core.Buffers {
        @Override
        public void register(int fd) throws IOException {
            BufferRing.this.register(fd);
        }

        @Override
        public void tell() {
            BufferRing.this.tell();
        }
    }

    static BufferRing make(Core core, int count, int size) throws IOException {
        BufferRing made = new BufferRing(core, core.nextGroup(), count, size);
        core.keep(made.shared);
        return made;
    }

    private void register(int fd) throws IOException {
        ByteBuffer registration = Memory.allocate(IoUringBufReg.SIZE);
        IoUringBufReg.ring_addr(registration, 0, Memory.address(ring));
        IoUringBufReg.ring_entries(registration, 0, mask + 1);
        IoUringBufReg.bgid(registration, 0, group);
        int result = Libc.get().io_uring_register(fd, Linux.IORING_REGISTER_PBUF_RING, Memory.address(registration), 1);
        Errors.check(result, "io_uring_register", "IORING_REGISTER_PBUF_RING of " + (mask + 1) + " buffers");
    }

    /** How many there are. */
    public int count() {
        return mask + 1;
    }

    /** The bytes of each. */
    public int size() {
        return size;
    }

    /**
     * What was received into a buffer that was kept, from position 0 to the limit.
     *
     * @param lease of {@link Receive#keep}
     * @throws IllegalStateException after {@link #release}
     */
    public ByteBuffer data(long lease) {
        int buffer = check(lease);
        return view(buffer, 0, lengths[buffer]);
    }

    /**
     * Gives a buffer back that was kept; what {@link #data} gave is another's from now on.
     *
     * @throws IllegalStateException when it was given back before
     */
    public void release(long lease) {
        giveBack(check(lease));
    }

    private int check(long lease) {
        core.checkThread();
        int buffer = (int) lease;
        if (buffer < 0
                || buffer > mask
                || states[buffer] != KEPT
                || generations[buffer] != (int) (lease >>> Integer.SIZE)) {
            throw new IllegalStateException("this buffer was given back before, or never kept");
        }
        return buffer;
    }

    boolean isOf(Core other) {
        return core.equals(other);
    }

    /** Of a buffer that is handed out. */
    long keep(int buffer, int length) {
        states[buffer] = KEPT;
        lengths[buffer] = length;
        return (long) generations[buffer] << Integer.SIZE | buffer;
    }

    ByteBuffer view(int buffer, int from, int length) {
        if (from == 0) {
            return views[buffer].clear().limit(length);
        }
        if (behindFrom != from) {
            behindFrom = from;
            Arrays.fill(behind, null);
        }
        ByteBuffer view = behind[buffer];
        if (view == null) {
            view = views[buffer].clear().slice(from, size - from);
            behind[buffer] = view;
        }
        return view.clear().limit(length);
    }

    /** All of them, in native order. */
    ByteBuffer memory() {
        return memory;
    }

    /** Where a buffer begins in {@link #memory}. */
    int offset(int buffer) {
        return buffer * size;
    }

    long address(int buffer) {
        return address + (long) buffer * size;
    }

    /** The kernel has taken it and filled it. */
    void handOut(int buffer) {
        if (states[buffer] != KERNEL) {
            throw new AssertionError("the kernel gave buffer " + buffer + " twice");
        }
        states[buffer] = HANDED_OUT;
    }

    /** It is the kernel's again, who learns of it by {@link #tell}. */
    void giveBack(int buffer) {
        if (states[buffer] == KERNEL) {
            throw new AssertionError("buffer " + buffer + " is given back twice");
        }
        states[buffer] = KERNEL;
        generations[buffer]++;
        add(buffer);
        core.changed(shared);
    }

    private void add(int buffer) {
        int at = (tail++ & mask) * IoUringBuf.SIZE;
        IoUringBuf.addr(ring, at, address(buffer));
        IoUringBuf.len(ring, at, size);
        IoUringBuf.bid(ring, at, buffer);
    }

    private void tell() {
        if (told != tail) {
            told = tail;
            SHORT.setRelease(ring, IoUringBufRing.TAIL, (short) tail);
        }
    }
}
