package io.sockfd.raw;

import java.nio.ByteBuffer;

/** Calls that work and that fail, and a child that makes them and says how they reached the kernel. */
final class Ways {
    private Ways() {}

    /** Arguments: the number of a system call that is refused before the first call, if any. */
    public static void main(String[] args) {
        if (args.length > 0) {
            Seccomp.refuse(Backend.load("jnr").libc(), Integer.parseInt(args[0]));
        }
        check(Libc.get());
        System.out.println(Backend.chosen().way());
    }

    static void check(Libc libc) {
        ByteBuffer memory = Memory.allocate(64);
        long address = Memory.address(memory);
        expect(0, libc.socketpair(Linux.AF_UNIX, Linux.SOCK_STREAM | Linux.SOCK_CLOEXEC, 0, address));
        int a = memory.getInt(0);
        int b = memory.getInt(4);
        expect(-Linux.EAGAIN, libc.recv(b, address, 64, Linux.MSG_DONTWAIT));
        expect(3, libc.send(a, new byte[] {1, 2, 3}, 0, 3, 0));
        expect(5, libc.send(a, address, 5, Linux.MSG_NOSIGNAL));
        expect(8, libc.recv(b, address, 64, 0));
        expect(2, memory.get(1));
        expect(-Linux.EFAULT, libc.recvmsg(b, 8, 0));
        expect(
                libc.syscall(Linux.SYS_getpid, 0, 0, 0, 0, 0, 0),
                ProcessHandle.current().pid());
        expect(-Linux.ENOSYS, libc.syscall(511, 0, 0, 0, 0, 0, 0));
        expect(0, libc.close(a));
        expect(0, libc.close(b));
        expect(-Linux.EBADF, libc.close(b));
    }

    private static void expect(long expected, long result) {
        if (result != expected) {
            throw new AssertionError("expected " + expected + ", got " + result);
        }
    }
}
