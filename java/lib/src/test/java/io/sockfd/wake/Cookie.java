package io.sockfd.wake;

import io.sockfd.Errors;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;

/** SO_COOKIE: which socket a descriptor number stands for just now. */
final class Cookie {
    private static final ThreadLocal<ByteBuffer> MEMORY =
            ThreadLocal.withInitial(() -> Memory.allocate(Long.BYTES + Integer.BYTES));

    private Cookie() {}

    static long of(int fd) throws IOException {
        ByteBuffer memory = MEMORY.get().putInt(Long.BYTES, Long.BYTES);
        long at = Memory.address(memory);
        Errors.check(
                Libc.get().getsockopt(fd, Linux.SOL_SOCKET, Linux.SO_COOKIE, at, at + Long.BYTES),
                "getsockopt",
                "SO_COOKIE");
        return memory.getLong(0);
    }
}
