package io.sockfd.cli.kernel;

import io.sockfd.Errors;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Two connected sockets. */
public record FdPair(Fd left, Fd right) implements AutoCloseable {

    /** {@code socketpair(2)} in the UNIX domain. */
    public static FdPair unix(Libc libc, int type) throws IOException {
        try (Scratch memory = new Scratch()) {
            ByteBuffer sv = memory.allocate(2 * Integer.BYTES);
            Errors.check(
                    libc.socketpair(Linux.AF_UNIX, type | Linux.SOCK_CLOEXEC, 0, Memory.address(sv)), "socketpair");
            return new FdPair(Fd.of(libc, sv.getInt(0), "socketpair"), Fd.of(libc, sv.getInt(4), "socketpair"));
        }
    }

    /** A TCP connection over 127.0.0.1; left is the client's end. */
    public static FdPair tcp(Libc libc) throws IOException {
        try (Fd listener = Loopback.bound(libc, Linux.SOCK_STREAM)) {
            Errors.check(libc.listen(listener.number(), 1), "listen");
            Fd client = Fd.socket(libc, Linux.AF_INET, Linux.SOCK_STREAM | Linux.SOCK_CLOEXEC, 0);
            try {
                Loopback.connect(libc, client, Loopback.port(libc, listener));
                return new FdPair(
                        client, Fd.of(libc, libc.accept4(listener.number(), 0, 0, Linux.SOCK_CLOEXEC), "accept4"));
            } catch (IOException e) {
                client.close();
                throw e;
            }
        }
    }

    @Override
    public void close() {
        left.close();
        right.close();
    }
}
