package io.sockfd.internal.memory;

import io.sockfd.raw.ErrnoNames;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Memory shared with the kernel, a ring for instance, and who may touch it.
 *
 * <p>One thread at a time is inside. {@link #close} takes the ring away when that thread has left: then ordinary memory,
 * all zero, is put in its place. Buffers and segments that somebody still holds therefore read zeros and never fault, and
 * the addresses are given back when the last of them is unreachable.
 */
public final class Mapping {
    private static final Libc LIBC = Libc.getOrRefusing();
    private static final int PROTECTION = Linux.PROT_READ | Linux.PROT_WRITE;
    private static final int LAST_ERRNO = -4095;

    private static final int INSIDE = 1;
    private static final int CLOSED = 2;

    private final long address;
    private final int length;
    private final ByteBuffer memory;
    private final AtomicInteger state = new AtomicInteger();
    private volatile @Nullable Thread inside;

    /**
     * Owns what {@link #map} gave.
     *
     * @param address no -errno
     */
    public Mapping(long address, int length) {
        this.address = address;
        this.length = length;
        try {
            memory = Memory.mapped(address, length);
        } catch (RuntimeException | Error e) {
            LIBC.munmap(address, length);
            throw e;
        }
    }

    /**
     * Maps a descriptor's memory, to be read and written: mmap(2).
     *
     * @param flags to {@code MAP_SHARED}: {@code MAP_POPULATE} or 0
     * @return the address, or -errno
     */
    public static long map(int fd, long offset, int length, int flags) {
        return LIBC.mmap(0, length, PROTECTION, Linux.MAP_SHARED | flags, fd, offset);
    }

    /** A part of the memory, in native byte order. It keeps the addresses taken as long as it is reachable. */
    public ByteBuffer slice(int offset, int size) {
        return memory.slice(offset, size).order(memory.order());
    }

    /** Where it begins, for the kernel; good as long as this or a part is reachable. */
    public long address() {
        return address;
    }

    public boolean isClosed() {
        return (state.get() & CLOSED) != 0;
    }

    /**
     * The calling thread is inside from now on, if it was not.
     *
     * @return whether it was not
     * @throws ClosedChannelException after {@link #close}
     * @throws IllegalStateException when another thread is inside
     */
    public boolean enter() throws ClosedChannelException {
        Thread current = Thread.currentThread();
        if (current.equals(inside) && !isClosed()) {
            return false;
        }
        if (!state.compareAndSet(0, INSIDE)) {
            leave();
            if (isClosed()) {
                throw new ClosedChannelException();
            }
            throw new IllegalStateException("another thread uses this ring: give each thread its own, with fanout");
        }
        inside = current;
        return true;
    }

    /** The calling thread is outside from now on. */
    public void leave() {
        if (Thread.currentThread().equals(inside)) {
            inside = null;
            if (state.addAndGet(-INSIDE) == CLOSED) {
                takeAway();
            }
        }
    }

    /** No thread enters any more; the ring is gone when the one inside has left, has ended, or is this one. */
    public void close() {
        int before = state.getAndUpdate(now -> now | CLOSED);
        Thread holder = inside;
        if (before == 0) {
            takeAway();
        } else if (holder != null
                && (holder.equals(Thread.currentThread()) || !holder.isAlive())
                && state.compareAndSet(INSIDE | CLOSED, CLOSED)) {
            inside = null;
            takeAway();
        }
    }

    /** In one step, so that there is no moment without memory. The socket lives in the kernel until then. */
    private void takeAway() {
        long result;
        try {
            int flags = Linux.MAP_PRIVATE | Linux.MAP_ANONYMOUS | Linux.MAP_FIXED | Linux.MAP_NORESERVE;
            result = LIBC.mmap(address, length, PROTECTION, flags, -1, 0);
        } finally {
            Reference.reachabilityFence(memory); // unmapped meanwhile, the addresses may be somebody else's
        }
        if (result < 0 && result >= LAST_ERRNO) {
            // no memory for that: the ring stays where it is until nobody can reach it
            System.getLogger("io.sockfd")
                    .log(System.Logger.Level.WARNING, "a ring stays mapped: {0}", ErrnoNames.describe((int) -result));
        }
    }
}
