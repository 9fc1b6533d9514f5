package io.sockfd.internal.ffm;

import io.sockfd.internal.direct.DirectMemory;
import io.sockfd.raw.Linux;
import io.sockfd.raw.LinuxOnArch;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * libc through the Foreign Function &amp; Memory API, and past libc where a function is no more than its system call: see
 * {@link SyscallStubs}. Every {@code int} is widened on the way; see {@link Downcall}.
 */
public final class FfmLibc extends FfmCalls implements DirectMemory {
    /** Links nothing but one function, to learn whether native access is granted. */
    public FfmLibc() {
        Route.plain("close");
    }

    @Override
    public String toString() {
        return SyscallStubs.VIA_LIBC == null
                ? "system calls straight into the kernel, the rest through libc"
                : "all calls through libc: " + SyscallStubs.VIA_LIBC;
    }

    @Override
    public long send(int sockfd, byte[] buf, int off, int len, int flags) {
        Objects.checkFromIndexSize(off, len, buf.length);
        if (HeapCopies.serve(len)) {
            return send(sockfd, HeapCopies.of(buf, off, len), len, flags | Linux.MSG_DONTWAIT);
        }
        MemorySegment range = MemorySegment.ofArray(buf).asSlice(off, Math.min(len, HEAP_MAX));
        return heap(HeapSend.H, sockfd, range, flags | Linux.MSG_DONTWAIT);
    }

    @Override
    public long recv(int sockfd, byte[] buf, int off, int len, int flags) {
        Objects.checkFromIndexSize(off, len, buf.length);
        if (HeapCopies.serve(len)) {
            boolean mayStoreNothing = (flags & Linux.MSG_TRUNC) != 0; // as TCP does then
            long copy = mayStoreNothing ? HeapCopies.of(buf, off, len) : HeapCopies.address();
            long received = recv(sockfd, copy, len, flags | Linux.MSG_DONTWAIT);
            HeapCopies.into(buf, off, Math.min(received, len));
            return received;
        }
        MemorySegment range = MemorySegment.ofArray(buf).asSlice(off, Math.min(len, HEAP_MAX));
        return heap(HeapRecv.H, sockfd, range, flags | Linux.MSG_DONTWAIT);
    }

    @Override
    public long syscall(long number, long a1, long a2, long a3, long a4, long a5, long a6) {
        MemorySegment entry = SyscallStubs.entry(number);
        try {
            return entry == null
                    ? (long) Syscall.H.invokeExact(number, a1, a2, a3, a4, a5, a6)
                    : (long) AnySyscall.H.invokeExact(entry, a1, a2, a3, a4, a5, a6);
        } catch (Throwable t) {
            throw Downcall.unexpected(t);
        }
    }

    @Override
    public long getDirectBufferAddress(ByteBuffer direct) {
        // a segment begins at the position, which another thread may be moving
        return MemorySegment.ofBuffer(direct.duplicate().clear()).address();
    }

    @Override
    @SuppressWarnings("restricted") // the caller vouches for the range, as Memory.wrap says
    public ByteBuffer newDirectByteBuffer(long address, int capacity) {
        return MemorySegment.ofAddress(address).reinterpret(capacity).asByteBuffer();
    }

    /** As {@link Downcall#call}, for a critical call on a heap array; see {@link Linkage#criticalOnHeap}. */
    private static long heap(MethodHandle handle, long sockfd, MemorySegment range, long flags) {
        try {
            return (long) handle.invokeExact(sockfd, range, range.byteSize(), flags, 0L, 0L);
        } catch (Throwable t) {
            throw Downcall.unexpected(t);
        }
    }

    private static final class HeapSend {
        static final MethodHandle H = Linkage.criticalOnHeap(LinuxOnArch.SYS_sendto, "send");
    }

    private static final class HeapRecv {
        static final MethodHandle H = Linkage.criticalOnHeap(LinuxOnArch.SYS_recvfrom, "recv");
    }

    private static final class AnySyscall {
        static final MethodHandle H = Linkage.anywhere();
    }

    private static final class Syscall {
        static final MethodHandle H = Linkage.variadicOf7("syscall", 1);
    }
}
