package io.sockfd.wake;

import static io.sockfd.raw.Linux.BPF_ABS;
import static io.sockfd.raw.Linux.BPF_JEQ;
import static io.sockfd.raw.Linux.BPF_JMP;
import static io.sockfd.raw.Linux.BPF_K;
import static io.sockfd.raw.Linux.BPF_LD;
import static io.sockfd.raw.Linux.BPF_RET;
import static io.sockfd.raw.Linux.BPF_W;

import io.sockfd.Domain;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.SockFilter;
import io.sockfd.raw.struct.SockFprog;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A child whose threads are refused a system call from some moment on; a close must end a receive all the same. */
final class Sandboxed {
    private static final int OFTEN = 3000; // more than it takes to own the guard

    private Sandboxed() {}

    /** Arguments: the name of a system call. */
    public static void main(String[] args) throws Exception {
        int refused = args[0].equals("tgkill") ? Linux.SYS_tgkill : Linux.SYS_membarrier;
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            CompletableFuture<String> ended = new CompletableFuture<>();
            CompletableFuture<Void> ready = new CompletableFuture<>();
            Thread thread = new Thread(() -> receive(pair, ready, ended));
            thread.start();
            ready.get(10, TimeUnit.SECONDS);
            refuse(refused);
            TimeUnit.MILLISECONDS.sleep(100);
            pair.first().close();
            System.out.println(ended.get(10, TimeUnit.SECONDS));
            thread.join();
        }
    }

    private static void receive(Socket.Pair pair, CompletableFuture<Void> ready, CompletableFuture<String> ended) {
        ByteBuffer buffer = Memory.allocate(1);
        try {
            for (int i = 0; i < OFTEN; i++) {
                pair.second().send(buffer.clear(), 0);
                pair.first().recv(buffer.clear(), 0);
            }
            ready.complete(null);
            ended.complete("received " + pair.first().recv(buffer.clear(), 0));
        } catch (AsynchronousCloseException e) {
            ended.complete("closed");
        } catch (Throwable e) {
            ended.completeExceptionally(e);
        }
    }

    /** EPERM for all threads, as container runtimes answer. */
    private static void refuse(int number) {
        ByteBuffer filter = Memory.allocate(4 * SockFilter.SIZE);
        instruction(filter, 0, BPF_LD | BPF_W | BPF_ABS, 0, 0);
        instruction(filter, 1, BPF_JMP | BPF_JEQ | BPF_K, 1, number);
        instruction(filter, 2, BPF_RET | BPF_K, 0, Linux.SECCOMP_RET_ALLOW);
        instruction(filter, 3, BPF_RET | BPF_K, 0, Linux.SECCOMP_RET_ERRNO | Linux.EPERM);
        ByteBuffer program = Memory.allocate(SockFprog.SIZE);
        SockFprog.len(program, 0, 4);
        SockFprog.filter(program, 0, Memory.address(filter));
        try {
            check(call(Linux.SYS_prctl, Linux.PR_SET_NO_NEW_PRIVS, 1, 0));
            check(call(
                    Linux.SYS_seccomp,
                    Linux.SECCOMP_SET_MODE_FILTER,
                    Linux.SECCOMP_FILTER_FLAG_TSYNC,
                    Memory.address(program)));
        } finally {
            Reference.reachabilityFence(filter);
            Reference.reachabilityFence(program);
        }
        if (call(number, 0, 0, 0) != -Linux.EPERM) {
            throw new AssertionError("the filter lets it pass");
        }
    }

    private static void instruction(ByteBuffer filter, int index, int code, int jumpIfTrue, int k) {
        int at = index * SockFilter.SIZE;
        SockFilter.code(filter, at, code);
        SockFilter.jt(filter, at, jumpIfTrue);
        SockFilter.k(filter, at, k);
    }

    private static long call(int number, long a, long b, long c) {
        return Libc.get().syscall(number, a, b, c, 0, 0, 0);
    }

    private static void check(long result) {
        if (result < 0) {
            throw new AssertionError("cannot install the filter: errno " + -result);
        }
    }
}
