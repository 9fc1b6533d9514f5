package io.sockfd.raw;

import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Memory that C can see, as direct buffers in native byte order.
 *
 * <pre>{@code
 * ByteBuffer addr = Memory.allocate(SockaddrIn.SIZE); // zeros
 * SockaddrIn.sin_family(addr, 0, AF_INET);
 * SockaddrIn.sin_port(addr, 0, 7777);
 * socket.call("bind", fd -> Libc.get().bind(fd, Memory.address(addr), SockaddrIn.SIZE));
 * }</pre>
 */
public final class Memory {
    private static final int ALIGNMENT = 64; // a cache line: large copies cost up to 12 % more elsewhere

    private Memory() {}

    /**
     * Zeroed memory, aligned to 64 bytes, that lives as long as the buffer is reachable.
     *
     * @param size in bytes, at least 0
     */
    public static ByteBuffer allocate(int size) {
        return allocate(size, ALIGNMENT);
    }

    /**
     * Zeroed memory that lives as long as the buffer is reachable, and begins at a multiple of {@code alignment}: of a page,
     * where the kernel maps it for itself.
     *
     * @param size in bytes, at least 0
     * @param alignment in bytes, a power of two
     */
    public static ByteBuffer allocate(int size, int alignment) {
        int whole = Math.addExact(size, 2 * alignment - 2) & -alignment; // alignedSlice leaves out what is not
        return ByteBuffer.allocateDirect(Math.addExact(whole, alignment - 1))
                .alignedSlice(alignment)
                .slice(0, size)
                .order(ByteOrder.nativeOrder());
    }

    /**
     * The address of the buffer's byte 0, whatever its position. Nothing keeps the buffer alive for the address: hold a
     * reference until the call that uses it is over ({@link java.lang.ref.Reference#reachabilityFence}).
     *
     * @throws IllegalArgumentException when the buffer is on the heap, where the address is not stable
     */
    public static long address(ByteBuffer direct) {
        if (!direct.isDirect()) {
            throw new IllegalArgumentException("a heap buffer has no address: use Memory.allocate");
        }
        return BufferAddress.valueOf(direct);
    }

    /**
     * The address of the buffer's byte 0 where its memory is there as long as the buffer is reachable: that of {@link
     * ByteBuffer#allocateDirect}, of a mapped file, and of segments of {@code Arena.global()} and {@code Arena.ofAuto()}.
     * 0 where it is not, and a call must be made with a copy: on the heap, and in an arena that somebody may close during
     * the call.
     */
    public static long steadyAddress(ByteBuffer buffer) {
        return buffer.isDirect() ? BufferAddress.steadyOf(buffer) : 0;
    }

    /** Has a thread, and is made where one is needed: before Java 22. */
    private static final class Unmapping {
        static final Cleaner CLEANER = ProcessNamespace.cleaner();
    }

    /**
     * A buffer over memory that is unmapped when neither this buffer nor any form of it, a segment over it included, can be
     * reached any more.
     *
     * @param address what {@link Libc#mmap} returned
     * @param size in bytes
     */
    public static ByteBuffer mapped(long address, int size) {
        return Segments.mapped(address, size, () -> Libc.get().munmap(address, size), () -> Unmapping.CLEANER)
                .order(ByteOrder.nativeOrder());
    }

    /**
     * A buffer over memory that somebody else owns, for instance a ring that {@link Libc#mmap} returned. Using it after
     * the memory is gone ends the process.
     *
     * @param size in bytes
     */
    public static ByteBuffer wrap(long address, int size) {
        return Backend.direct().newDirectByteBuffer(address, size).order(ByteOrder.nativeOrder());
    }
}
