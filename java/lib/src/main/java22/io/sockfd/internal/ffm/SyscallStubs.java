package io.sockfd.internal.ffm;

import io.sockfd.raw.Arch;
import io.sockfd.raw.Linux;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The way into the kernel past libc: for each system call a few instructions that make it, as Go has them. The kernel
 * returns -errno itself, so nothing has to fetch errno from the thread afterwards, and what a call costs on top of C goes
 * from 11 to 4 ns. The arguments of a C function are in the registers where the kernel wants them, but for one on x86_64.
 *
 * <p>libc is called instead for the reasons of {@link Route}, and where the kernel refuses executable memory.
 */
final class SyscallStubs {
    /** Why system calls go through libc; null when they do not. */
    static final @Nullable String VIA_LIBC;

    private static final int CALLS = 512; // numbers below this
    private static final int SIZE = 16; // of the code for one
    private static final long CODE;

    static {
        String reason = Route.VIA_LIBC;
        long code = 0;
        if (reason == null) {
            code = map();
            reason = code == 0 ? "no executable memory can be had" : null;
        }
        CODE = code;
        VIA_LIBC = reason;
    }

    private SyscallStubs() {}

    /** Where the code is that makes this system call with up to six arguments; null when libc has to. */
    static @Nullable MemorySegment entry(long number) {
        return CODE == 0 || number < 0 || number >= CALLS ? null : MemorySegment.ofAddress(CODE + number * SIZE);
    }

    private static long map() {
        long[] code = new long[CALLS * SIZE / Long.BYTES];
        for (int number = 0; number < CALLS; number++) {
            assemble(code, number);
        }
        ByteBuffer bytes = ByteBuffer.allocateDirect(CALLS * SIZE + 1).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(code);
        try {
            long address = MemorySegment.ofBuffer(bytes).address();
            return map(address, address + CALLS * SIZE);
        } finally {
            Reference.reachabilityFence(bytes);
        }
    }

    /** A file, because the kernel itself then keeps the caches in order, and no memory is ever writable and executable. */
    private static long map(long code, long emptyName) {
        MethodHandle create = Route.plain("memfd_create");
        int fd = (int) Downcall.call(create, emptyName, Linux.MFD_CLOEXEC | Linux.MFD_EXEC, 0, 0, 0, 0);
        if (fd < 0) { // before Linux 6.3
            fd = (int) Downcall.call(create, emptyName, Linux.MFD_CLOEXEC, 0, 0, 0, 0);
        }
        if (fd < 0) {
            return 0;
        }
        long written = Downcall.call(Route.plain("write"), fd, code, CALLS * SIZE, 0, 0, 0);
        long mapped = -1;
        if (written == CALLS * SIZE) {
            MethodHandle mmap = Route.plain("mmap");
            mapped = Downcall.call(mmap, 0, written, Linux.PROT_READ | Linux.PROT_EXEC, Linux.MAP_PRIVATE, fd, 0);
        }
        long ignored = Downcall.call(Route.plain("close"), fd, 0, 0, 0, 0, 0);
        return mapped == -1 ? 0 : mapped;
    }

    private static void assemble(long[] code, int number) {
        int at = number * SIZE / Long.BYTES;
        if (Arch.current().equals("x86_64")) {
            code[at] = 0xca89_4900_0000_00b8L | (long) number << 8; // mov eax, number; mov r10, rcx
            code[at + 1] = 0xc3_050f; // syscall; ret
        } else {
            code[at] = 0xd400_0001_d280_0008L | number << 5; // movz x8, #number; svc #0
            code[at + 1] = 0xd65f_03c0L; // ret
        }
    }
}
