package io.sockfd.uring;

import static io.sockfd.raw.Linux.IORING_OFF_SQES;
import static io.sockfd.raw.Linux.IORING_OFF_SQ_RING;
import static io.sockfd.raw.Linux.IORING_SETUP_CLAMP;
import static io.sockfd.raw.Linux.IORING_SETUP_CQSIZE;
import static io.sockfd.raw.Linux.IORING_SETUP_DEFER_TASKRUN;
import static io.sockfd.raw.Linux.IORING_SETUP_NO_SQARRAY;
import static io.sockfd.raw.Linux.IORING_SETUP_R_DISABLED;
import static io.sockfd.raw.Linux.IORING_SETUP_SINGLE_ISSUER;
import static io.sockfd.raw.Linux.IORING_SETUP_SUBMIT_ALL;
import static io.sockfd.raw.Linux.MAP_POPULATE;

import io.sockfd.Errors;
import io.sockfd.internal.memory.Mapping;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.IoCqringOffsets;
import io.sockfd.raw.struct.IoSqringOffsets;
import io.sockfd.raw.struct.IoUringCqe;
import io.sockfd.raw.struct.IoUringParams;
import io.sockfd.raw.struct.IoUringRsrcUpdate;
import io.sockfd.raw.struct.IoUringSqe;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The two rings of a ring: where submissions are written and completions are read. The kernel moves the head of the first
 * and the tail of the second. All but {@link #takeAway} belongs to the ring's thread.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/io_uring.7.html">io_uring(7)</a>
 */
final class Queues {
    private static final Libc LIBC = Libc.getOrRefusing();
    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final int FLOOR = IORING_SETUP_CLAMP
            | IORING_SETUP_CQSIZE
            | IORING_SETUP_SUBMIT_ALL
            | IORING_SETUP_SINGLE_ISSUER
            | IORING_SETUP_DEFER_TASKRUN
            | IORING_SETUP_R_DISABLED;

    private static final int NO_PLACE = -1; // the kernel's choice

    final int fd;
    private final Mapping rings;
    private final Mapping entries;
    private final ByteBuffer ring;
    final ByteBuffer sqes;
    private final int sqHead;
    private final int sqTail;
    private final int sqMask;
    private final int cqHead;
    private final int cqTail;
    private final int cqMask;
    private final int cqes;
    private final int sqDropped;
    private final int cqOverflow;
    private long taken; // submissions in all, for a tail that wraps
    private int place = -1; // of the ring among those of its thread
    private int tail; // of the submissions that were written; the kernel knows them by the next enter
    private int head; // of the completions that were read

    private Queues(int fd, ByteBuffer params) throws IOException {
        this.fd = fd;
        int so = IoUringParams.SQ_OFF;
        int co = IoUringParams.CQ_OFF;
        int submissions = IoUringParams.sq_entries(params, 0);
        int completions = IoUringParams.cq_entries(params, 0);
        boolean array = (IoUringParams.flags(params, 0) & IORING_SETUP_NO_SQARRAY) == 0;
        cqes = IoCqringOffsets.cqes(params, co);
        int arrayAt = IoSqringOffsets.array(params, so);
        int size = Math.max(cqes + completions * IoUringCqe.SIZE, array ? arrayAt + submissions * Integer.BYTES : 0);
        rings = map(fd, IORING_OFF_SQ_RING, size); // one mapping for both: IORING_FEAT_SINGLE_MMAP, Linux 5.4
        try {
            entries = map(fd, IORING_OFF_SQES, submissions * IoUringSqe.SIZE);
        } catch (Throwable e) {
            rings.close();
            throw e;
        }
        ring = rings.slice(0, size);
        sqes = entries.slice(0, submissions * IoUringSqe.SIZE);
        sqHead = IoSqringOffsets.head(params, so);
        sqTail = IoSqringOffsets.tail(params, so);
        sqDropped = IoSqringOffsets.dropped(params, so);
        cqOverflow = IoCqringOffsets.overflow(params, co);
        sqMask = submissions - 1;
        cqHead = IoCqringOffsets.head(params, co);
        cqTail = IoCqringOffsets.tail(params, co);
        cqMask = completions - 1;
        for (int i = 0; array && i < submissions; i++) {
            ring.putInt(arrayAt + i * Integer.BYTES, i);
        }
    }

    private static Mapping map(int fd, long offset, int size) throws IOException {
        return new Mapping(Errors.check(Mapping.map(fd, offset, size, MAP_POPULATE), "mmap", "a ring"), size);
    }

    /** Flags that the kernel does not know are left out after EINVAL; a refusal, EPERM, is one for all flags. */
    static Queues open(int submissions, int completions) throws IOException {
        ByteBuffer params = Memory.allocate(IoUringParams.SIZE);
        int fd = setup(params, submissions, completions, FLOOR | IORING_SETUP_NO_SQARRAY);
        if (fd == -Linux.EINVAL) { // Linux 6.6 has the last one
            fd = setup(params, submissions, completions, FLOOR);
        }
        if (fd < 0) {
            throw Errors.exception(fd, "io_uring_setup", why(fd));
        }
        try {
            return new Queues(fd, params);
        } catch (Throwable e) {
            LIBC.close(fd);
            throw e;
        }
    }

    private static int setup(ByteBuffer params, int submissions, int completions, int flags) {
        for (int i = 0; i < IoUringParams.SIZE; i++) {
            params.put(i, (byte) 0);
        }
        IoUringParams.flags(params, 0, flags);
        IoUringParams.cq_entries(params, 0, completions);
        return LIBC.io_uring_setup(submissions, Memory.address(params));
    }

    /** Tells a kernel that is too old from a setting of the system, and both from a container's filter. */
    private static String why(int result) {
        return switch (-result) {
            case Linux.EINVAL -> "rings need Linux 6.1";
            case Linux.ENOMEM ->
                "it counts as locked memory (seen on Linux 6.18): ulimit -l, or LimitMEMLOCK, may be too low";
            case Linux.EPERM, Linux.ENOSYS -> {
                String disabled = disabled();
                if (disabled.isEmpty() || disabled.equals("0")) {
                    yield "no setting of the system forbids it: a filter of system calls does, a container's for instance";
                }
                yield "the setting kernel.io_uring_disabled is " + disabled;
            }
            default -> "a ring";
        };
    }

    private static String disabled() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/io_uring_disabled"))
                    .strip(); // Linux 6.6
        } catch (IOException e) {
            return "";
        }
    }

    // ---- submissions ---------------------------------------------------------------------------------------------

    /** How many were written and not yet taken by the kernel. */
    int waiting() {
        return tail - (int) INT.getAcquire(ring, sqHead);
    }

    /** How many more can be written. */
    int room() {
        return sqMask + 1 - waiting();
    }

    /** Where the next submission is to be written in {@link #sqes}; look first for {@link #room}. */
    int next() {
        taken++;
        return (tail++ & sqMask) * IoUringSqe.SIZE;
    }

    /** Takes back the last that was written and is not the kernel's; -1 when there is none. Where it lies in {@link #sqes}. */
    int takeBack() {
        if (waiting() == 0) {
            return -1;
        }
        taken--;
        return (--tail & sqMask) * IoUringSqe.SIZE;
    }

    /** From now on the calling thread, and no other, need not have its number looked up at each enter; it must {@link #withdraw}. */
    void announce() {
        ByteBuffer update = update(NO_PLACE, fd);
        int result = LIBC.io_uring_register(fd, Linux.IORING_REGISTER_RING_FDS, Memory.address(update), 1);
        if (result == 1) { // else there is no place, and it goes by its number
            place = IoUringRsrcUpdate.offset(update, 0);
        }
    }

    /** On the thread that has announced it: or the ring would live as long as the thread. */
    void withdraw() {
        if (place >= 0) {
            ByteBuffer update = update(place, 0);
            LIBC.io_uring_register(fd, Linux.IORING_UNREGISTER_RING_FDS, Memory.address(update), 1);
            place = -1;
        }
    }

    private static ByteBuffer update(int offset, long data) {
        ByteBuffer update = Memory.allocate(IoUringRsrcUpdate.SIZE);
        IoUringRsrcUpdate.offset(update, 0, offset);
        IoUringRsrcUpdate.data(update, 0, data);
        return update;
    }

    /** io_uring_enter(2): submits what was written, and waits for {@code least} completions. */
    int enter(int least, int flags, long argument, int argumentSize) {
        INT.setRelease(ring, sqTail, tail);
        int count = waiting();
        return place < 0
                ? LIBC.io_uring_enter(fd, count, least, flags, argument, argumentSize)
                : LIBC.io_uring_enter(
                        place, count, least, flags | Linux.IORING_ENTER_REGISTERED_RING, argument, argumentSize);
    }

    long taken() {
        return taken;
    }

    /** Submissions that the kernel found wrong, and completions for which it had neither a place nor memory. */
    long lost() {
        return Integer.toUnsignedLong((int) INT.getAcquire(ring, sqDropped))
                + Integer.toUnsignedLong((int) INT.getAcquire(ring, cqOverflow));
    }

    // ---- completions ---------------------------------------------------------------------------------------------

    /** Where the next completion lies, for the three methods below; -1 when there is none. */
    int peek() {
        return head == (int) INT.getAcquire(ring, cqTail) ? -1 : cqes + (head & cqMask) * IoUringCqe.SIZE;
    }

    long token(int at) {
        return IoUringCqe.user_data(ring, at);
    }

    int result(int at) {
        return IoUringCqe.res(ring, at);
    }

    int flags(int at) {
        return IoUringCqe.flags(ring, at);
    }

    /** The next one was read: its place is the kernel's. */
    void consume() {
        INT.setRelease(ring, cqHead, ++head);
    }

    /** Puts zeros in the rings' place: the kernel ends a ring when its number is closed and it is mapped nowhere. */
    void takeAway() {
        rings.close();
        entries.close();
    }
}
