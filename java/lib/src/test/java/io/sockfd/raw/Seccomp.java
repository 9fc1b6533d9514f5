package io.sockfd.raw;

import static io.sockfd.raw.Linux.BPF_ABS;
import static io.sockfd.raw.Linux.BPF_JEQ;
import static io.sockfd.raw.Linux.BPF_JMP;
import static io.sockfd.raw.Linux.BPF_K;
import static io.sockfd.raw.Linux.BPF_LD;
import static io.sockfd.raw.Linux.BPF_RET;
import static io.sockfd.raw.Linux.BPF_W;

import io.sockfd.raw.struct.SockFilter;
import io.sockfd.raw.struct.SockFprog;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;

/** A filter that refuses this process a system call from now on. */
public final class Seccomp {
    private Seccomp() {}

    /** EPERM for all threads, as older container runtimes answer. */
    public static void refuse(Libc libc, int number) {
        refuse(libc, number, Linux.EPERM);
    }

    /** For all threads: with ENOSYS, as newer container runtimes and older kernels answer, or another errno. */
    public static void refuse(Libc libc, int number, int errno) {
        ByteBuffer filter = Memory.allocate(4 * SockFilter.SIZE);
        instruction(filter, 0, BPF_LD | BPF_W | BPF_ABS, 0, 0);
        instruction(filter, 1, BPF_JMP | BPF_JEQ | BPF_K, 1, number);
        instruction(filter, 2, BPF_RET | BPF_K, 0, Linux.SECCOMP_RET_ALLOW);
        instruction(filter, 3, BPF_RET | BPF_K, 0, Linux.SECCOMP_RET_ERRNO | errno);
        ByteBuffer program = Memory.allocate(SockFprog.SIZE);
        SockFprog.len(program, 0, 4);
        SockFprog.filter(program, 0, Memory.address(filter));
        try {
            check(call(libc, Linux.SYS_prctl, Linux.PR_SET_NO_NEW_PRIVS, 1, 0));
            check(call(
                    libc,
                    Linux.SYS_seccomp,
                    Linux.SECCOMP_SET_MODE_FILTER,
                    Linux.SECCOMP_FILTER_FLAG_TSYNC,
                    Memory.address(program)));
        } finally {
            Reference.reachabilityFence(filter);
            Reference.reachabilityFence(program);
        }
        if (call(libc, number, 0, 0, 0) != -errno) {
            throw new AssertionError("the filter lets it pass");
        }
    }

    private static void instruction(ByteBuffer filter, int index, int code, int jumpIfTrue, int k) {
        int at = index * SockFilter.SIZE;
        SockFilter.code(filter, at, code);
        SockFilter.jt(filter, at, jumpIfTrue);
        SockFilter.k(filter, at, k);
    }

    private static long call(Libc libc, int number, long a, long b, long c) {
        return libc.syscall(number, a, b, c, 0, 0, 0);
    }

    private static void check(long result) {
        if (result < 0) {
            throw new AssertionError("cannot install the filter: errno " + -result);
        }
    }
}
