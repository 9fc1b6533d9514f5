package io.sockfd.wake;

import io.sockfd.Errors;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.Pollfd;
import java.io.IOException;
import java.nio.ByteBuffer;

/** What many libraries do: a volatile flag says whether the descriptor is closed, and nothing says who is inside. */
final class Flagged implements Channel {
    private static final Libc LIBC = Libc.get();
    private static final int WAIT_MS = 1;
    private static final ThreadLocal<ByteBuffer> MEMORY = ThreadLocal.withInitial(() -> Memory.allocate(Long.BYTES));

    private final int fd;
    private volatile boolean closed;

    private Flagged(int fd) {
        this.fd = fd;
    }

    static Channel[] pair() throws IOException {
        ByteBuffer sv = MEMORY.get();
        int type = Linux.SOCK_DGRAM | Linux.SOCK_CLOEXEC | Linux.SOCK_NONBLOCK;
        Errors.check(LIBC.socketpair(Linux.AF_UNIX, type, 0, Memory.address(sv)), "socketpair");
        return new Channel[] {new Flagged(sv.getInt(0)), new Flagged(sv.getInt(Integer.BYTES))};
    }

    @Override
    public long recv(boolean waits) throws IOException {
        checkOpen();
        ByteBuffer memory = MEMORY.get();
        if (waits) {
            Pollfd.fd(memory, 0, fd);
            Pollfd.events(memory, 0, Linux.POLLIN);
            LIBC.poll(Memory.address(memory), 1, WAIT_MS);
        }
        long received = LIBC.recv(fd, Memory.address(memory), Long.BYTES, Linux.MSG_DONTWAIT);
        return received == Long.BYTES ? memory.getLong(0) : 0;
    }

    @Override
    public void send(long value) throws IOException {
        checkOpen();
        ByteBuffer memory = MEMORY.get().putLong(0, value);
        LIBC.send(fd, Memory.address(memory), Long.BYTES, Linux.MSG_DONTWAIT | Linux.MSG_NOSIGNAL);
    }

    private void checkOpen() throws ClosedException {
        if (closed) {
            throw new ClosedException();
        }
    }

    @Override
    public long cookie() throws IOException {
        return Cookie.of(fd);
    }

    @Override
    public void close() {
        closed = true;
        LIBC.close(fd);
    }
}
