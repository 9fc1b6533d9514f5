package io.sockfd.benchmarks.start;

import static io.sockfd.raw.Linux.AF_INET;
import static io.sockfd.raw.Linux.AF_UNIX;
import static io.sockfd.raw.Linux.MSG_NOSIGNAL;
import static io.sockfd.raw.Linux.SOCK_CLOEXEC;
import static io.sockfd.raw.Linux.SOCK_STREAM;

import io.sockfd.raw.Libc;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.SockaddrIn;
import io.sockfd.raw.struct.SockaddrUn;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The calls of the C program. */
public final class RawStart {
    private static final int LOOPBACK = 0x7f000001;

    private RawStart() {}

    public static void main(String... args) {
        ByteBuffer addr = args[0].equals("tcp") ? inet(Integer.parseInt(args[1])) : unix(args[1]);
        Libc libc = Libc.get();
        int fd = check(libc.socket(SockaddrIn.sin_family(addr, 0), SOCK_STREAM | SOCK_CLOEXEC, 0));
        check(libc.connect(fd, Memory.address(addr), addr.capacity()));
        check(libc.send(fd, Memory.address(Memory.allocate(1)), 1, MSG_NOSIGNAL));
    }

    private static ByteBuffer inet(int port) {
        ByteBuffer addr = Memory.allocate(SockaddrIn.SIZE);
        SockaddrIn.sin_family(addr, 0, AF_INET);
        SockaddrIn.sin_port(addr, 0, port);
        SockaddrIn.sin_addr(addr, 0, LOOPBACK);
        return addr;
    }

    private static ByteBuffer unix(String path) {
        ByteBuffer addr = Memory.allocate(SockaddrUn.SIZE);
        SockaddrUn.sun_family(addr, 0, AF_UNIX);
        addr.put(SockaddrUn.SUN_PATH, path.getBytes(StandardCharsets.UTF_8));
        return addr;
    }

    private static int check(long result) {
        if (result < 0) {
            throw new IllegalStateException("errno " + -result);
        }
        return (int) result;
    }
}
