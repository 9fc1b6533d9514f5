package io.sockfd.internal.wait;

import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.Pollfd;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;

/** poll(2) without a wait. */
public final class Look {
    private Look() {}

    /** The events of a descriptor that are there now, or -errno of poll(2). */
    public static int now(int fd, int events) {
        ByteBuffer pollfd = Memory.allocate(Pollfd.SIZE); // not the thread's: what the operation sends may lie there
        Pollfd.fd(pollfd, 0, fd);
        Pollfd.events(pollfd, 0, events);
        try {
            int result;
            do {
                result = Libc.get().poll(Memory.address(pollfd), 1, 0);
            } while (result == -Linux.EINTR); // of a pending signal, though it would not have waited
            return result < 0 ? result : Pollfd.revents(pollfd, 0) & 0xffff;
        } finally {
            Reference.reachabilityFence(pollfd);
        }
    }
}
