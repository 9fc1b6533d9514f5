package io.sockfd.cli.kernel;

import io.sockfd.Errors;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.SockaddrIn;
import java.io.IOException;
import java.nio.ByteBuffer;

/** IPv4 sockets on 127.0.0.1. */
public final class Loopback {
    private static final int ADDRESS = 0x7f000001;

    private Loopback() {}

    /** A new socket, bound to a port that the kernel chose. */
    public static Fd bound(Libc libc, int type) throws IOException {
        Fd socket = Fd.socket(libc, Linux.AF_INET, type | Linux.SOCK_CLOEXEC, 0);
        try {
            bind(libc, socket, 0);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    public static void bind(Libc libc, Fd socket, int port) throws IOException {
        try (Scratch memory = new Scratch()) {
            long name = Memory.address(name(memory, port));
            Errors.check(libc.bind(socket.number(), name, SockaddrIn.SIZE), "bind", "127.0.0.1:" + port);
        }
    }

    public static void connect(Libc libc, Fd socket, int port) throws IOException {
        try (Scratch memory = new Scratch()) {
            long name = Memory.address(name(memory, port));
            Errors.check(libc.connect(socket.number(), name, SockaddrIn.SIZE), "connect", "127.0.0.1:" + port);
        }
    }

    /** The port a socket is bound to. */
    public static int port(Libc libc, Fd socket) throws IOException {
        try (Scratch memory = new Scratch()) {
            ByteBuffer name = memory.allocate(SockaddrIn.SIZE);
            ByteBuffer length = memory.allocateInt(SockaddrIn.SIZE);
            Errors.check(
                    libc.getsockname(socket.number(), Memory.address(name), Memory.address(length)), "getsockname");
            return SockaddrIn.sin_port(name, 0);
        }
    }

    /** The struct sockaddr_in of a port on loopback. */
    public static ByteBuffer name(Scratch memory, int port) {
        ByteBuffer name = memory.allocate(SockaddrIn.SIZE);
        SockaddrIn.sin_family(name, 0, Linux.AF_INET);
        SockaddrIn.sin_port(name, 0, port);
        SockaddrIn.sin_addr(name, 0, ADDRESS);
        return name;
    }
}
