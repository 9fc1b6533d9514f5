package io.sockfd.capture;

import io.sockfd.ErrnoException;
import io.sockfd.Errors;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A ring's memory, shared with the kernel, and who may touch it.
 *
 * <p>One thread at a time is inside. {@link #close} takes the ring away when that thread has left: then ordinary memory,
 * all zero, is put in its place. Buffers and segments that somebody still holds therefore read zeros and never fault, and
 * the addresses are given back when the last of them is unreachable.
 */
final class Mapping {
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

    /** Maps the rings of a packet socket. */
    Mapping(int fd, int length) throws IOException {
        this(map(0, length, Linux.MAP_SHARED, fd), length);
    }

    private Mapping(long address, int length) {
        this.address = address;
        this.length = length;
        try {
            memory = Memory.mapped(address, length);
        } catch (RuntimeException | Error e) {
            LIBC.munmap(address, length);
            throw e;
        }
    }

    private static long map(long where, int length, int flags, int fd) throws IOException {
        long address = LIBC.mmap(where, length, PROTECTION, flags, fd, 0);
        if (address < 0 && address >= LAST_ERRNO) {
            throw Errors.exception(address, "mmap", length + " bytes of descriptor " + fd);
        }
        return address;
    }

    /** A part of the memory, in native byte order. It keeps the addresses taken as long as it is reachable. */
    ByteBuffer slice(int offset, int size) {
        return memory.slice(offset, size).order(memory.order());
    }

    boolean isClosed() {
        return (state.get() & CLOSED) != 0;
    }

    /**
     * The calling thread is inside from now on, if it was not.
     *
     * @return whether it was not
     * @throws ClosedChannelException after {@link #close}
     * @throws IllegalStateException when another thread is inside
     */
    boolean enter() throws ClosedChannelException {
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
    void leave() {
        if (Thread.currentThread().equals(inside)) {
            inside = null;
            if (state.addAndGet(-INSIDE) == CLOSED) {
                takeAway();
            }
        }
    }

    /** No thread enters any more; the ring is gone when the one inside has left, has ended, or is this one. */
    void close() {
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
        try {
            long ignored = map(
                    address,
                    length,
                    Linux.MAP_PRIVATE | Linux.MAP_ANONYMOUS | Linux.MAP_FIXED | Linux.MAP_NORESERVE,
                    -1);
        } catch (ErrnoException e) {
            // no memory for that: the ring stays where it is until nobody can reach it
            System.getLogger("io.sockfd")
                    .log(System.Logger.Level.WARNING, "a packet ring stays mapped: {0}", e.getMessage());
        } catch (IOException e) {
            throw new AssertionError(e);
        } finally {
            Reference.reachabilityFence(memory); // unmapped meanwhile, the addresses may be somebody else's
        }
    }
}
