package io.sockfd.nio;

import io.sockfd.Socket;
import io.sockfd.internal.memory.CallMemory;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;

/** What a receive would give at once. */
final class Unread {
    private Unread() {}

    /** Of a stream, in bytes: FIONREAD. */
    static int bytes(Socket socket) throws IOException {
        ByteBuffer count = CallMemory.of(Integer.BYTES);
        long address = Memory.address(count);
        long ignored = socket.call("ioctl", fd -> Libc.get().ioctl(fd, Linux.FIONREAD, address));
        return count.getInt(0);
    }
}
