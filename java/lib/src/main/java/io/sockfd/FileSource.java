package io.sockfd;

import static io.sockfd.raw.Linux.EAGAIN;
import static io.sockfd.raw.Linux.EINTR;
import static io.sockfd.raw.Linux.EOVERFLOW;
import static io.sockfd.raw.Linux.MSG_DONTWAIT;
import static io.sockfd.raw.Linux.MSG_MORE;
import static io.sockfd.raw.Linux.POLLOUT;

import io.sockfd.internal.memory.CallMemory;
import io.sockfd.internal.wait.Wait;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;

/**
 * Sends from files. A {@link FileChannel} keeps its descriptor to itself, and to search for it is no way: whoever closes
 * any descriptor of a file, a duplicate that was made for the search too, drops the record locks of the whole process on
 * that file, fcntl(2). So it is read.
 */
final class FileSource {
    private static final Libc LIBC = Libc.getOrRefusing();
    private static final long CHUNK = 1 << 30; // sendfile(2) moves at most 2 GiB - 4 KiB at a time

    private FileSource() {}

    /** By reads at positions, into memory of the thread. */
    static long send(Endpoint socket, FileChannel file, long position, long most) throws IOException {
        long count = check(position, most);
        boolean stream = socket.type.equals(SocketType.STREAM);
        Wait wait = null;
        long sent = 0;
        int ignored = socket.enter();
        try {
            do {
                int size = (int) Math.min(Endpoint.copyMax(), count - sent);
                ByteBuffer part = CallMemory.of(size).limit(size);
                int length = file.read(part, position + sent); // also checks that it is open, and for reading
                if (length <= 0) {
                    break; // the file's end, or nothing asked for
                }
                // a socket of messages has one of all parts, as far as it can
                int flags = MSG_DONTWAIT | (stream || length == count - sent ? 0 : MSG_MORE);
                for (part.flip(); part.hasRemaining(); ) {
                    int moved = Transfer.send(socket, part, null, flags);
                    if (moved != Endpoint.WOULD_BLOCK) {
                        sent += moved;
                        if (wait != null) {
                            wait.progress();
                        }
                    } else if (socket.timeoutNanos(true) == 0) {
                        return sent;
                    } else {
                        wait = Wait.orBeginFor(wait, socket.life, Wait.SEND);
                        Retry.await(socket, wait, -EAGAIN, true, "send", null);
                    }
                }
            } while (sent < count);
        } catch (ClosedChannelException e) {
            throw socket.closedMeanwhile(e);
        } finally {
            Wait.end(wait);
            socket.exit();
        }
        return sent;
    }

    /** By sendfile(2). */
    static long send(Endpoint socket, Descriptor file, long position, long most) throws IOException {
        long count = check(position, most);
        int source = file.enter();
        try {
            return sendfile(socket, source, position, count);
        } finally {
            file.exit();
        }
    }

    /** The count as far as there are positions. */
    private static long check(long position, long count) {
        if (position < 0 || count < 0) {
            throw new IllegalArgumentException(
                    "position " + position + ", count " + count + ": neither may be negative");
        }
        return Math.min(count, Long.MAX_VALUE - position);
    }

    private static long sendfile(Endpoint socket, int source, long position, long count) throws IOException {
        Wait wait = null;
        int fd = socket.enter();
        try {
            socket.makeNonBlocking();
            for (long left = count; left > 0; ) {
                ByteBuffer offset = CallMemory.of(Long.BYTES).putLong(0, position + count - left);
                long sent = LIBC.sendfile(fd, source, Memory.address(offset), Math.min(left, CHUNK));
                boolean beyond = sent == -EOVERFLOW && position + count - left >= Integer.MAX_VALUE;
                if (sent == 0 || beyond) { // where this file system has no files; each has some up to 2 GiB
                    return count - left;
                } else if (sent > 0) {
                    left -= sent;
                    if (wait != null) {
                        wait.progress();
                    }
                } else if (sent == -EAGAIN) {
                    if (socket.timeoutNanos(true) == 0) {
                        return count - left;
                    }
                    wait = Wait.orBeginFor(wait, socket.life, Wait.SEND);
                    Retry.awaitOrTimeOut(socket, wait, POLLOUT, "sendfile", null);
                } else if (sent != -EINTR) {
                    throw Errors.exception(sent, "sendfile", socket);
                }
            }
            return count;
        } finally {
            Wait.end(wait);
            socket.exit();
        }
    }
}
