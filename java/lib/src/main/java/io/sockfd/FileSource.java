package io.sockfd;

import static io.sockfd.raw.Linux.EAGAIN;
import static io.sockfd.raw.Linux.EINTR;
import static io.sockfd.raw.Linux.POLLOUT;

import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.NonReadableChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sends from a {@link FileChannel}, whose descriptor the JDK keeps to itself: any descriptor of this process that is open
 * for reading on the same file serves as well, because sendfile(2) is given its own offset. Where there is none, the data
 * goes through a mapping.
 */
final class FileSource {
    private static final Libc LIBC = Libc.getOrRefusing();
    private static final long CHUNK = 1 << 30; // sendfile(2) moves at most 2 GiB - 4 KiB at a time

    private FileSource() {}

    static long send(SocketIo socket, FileChannel file, long position, long count) throws IOException {
        check(position, count);
        long available = Math.min(count, Math.max(0, file.size() - position));
        if (available == 0) {
            socket.checkOpen();
            return 0;
        }
        Optional<Descriptor> descriptor = find(file);
        if (descriptor.isEmpty()) {
            return throughMapping(socket, file, position, available);
        }
        try (Descriptor source = descriptor.get()) {
            return sendfile(socket, source.fd(), position, available);
        }
    }

    static long send(SocketIo socket, Descriptor file, long position, long count) throws IOException {
        check(position, count);
        int source = file.enter();
        try {
            return sendfile(socket, source, position, count);
        } finally {
            file.exit();
        }
    }

    private static void check(long position, long count) {
        if (position < 0 || count < 0) {
            throw new IllegalArgumentException(
                    "position " + position + ", count " + count + ": neither may be negative");
        }
    }

    private static long sendfile(SocketIo socket, int source, long position, long count) throws IOException {
        Waiter waiter = null;
        int fd = socket.enter();
        try {
            socket.makeNonBlocking();
            for (long left = count; left > 0; ) {
                // anew each time, because a wait may use the thread's buffer
                ByteBuffer offset = Bounce.of(Long.BYTES).putLong(0, position + count - left);
                long sent = LIBC.sendfile(fd, source, Memory.address(offset), Math.min(left, CHUNK));
                if (sent == 0) {
                    return count - left; // the file was cut meanwhile
                } else if (sent > 0) {
                    left -= sent;
                    if (waiter != null) {
                        waiter.progress();
                    }
                } else if (sent == -EAGAIN) {
                    if (socket.timeoutNanos() == 0) {
                        return count - left;
                    }
                    waiter = Waiter.orBegin(waiter, socket, socket.timeoutNanos());
                    socket.awaitOrTimeOut(waiter, POLLOUT, "sendfile");
                } else if (sent != -EINTR) {
                    throw Errors.exception(sent, "sendfile", socket);
                }
            }
            return count;
        } finally {
            Waiter.end(waiter);
            socket.exit();
        }
    }

    private static long throughMapping(SocketIo socket, FileChannel file, long position, long count)
            throws IOException {
        long sent = 0;
        while (sent < count) {
            long size = Math.min(count - sent, CHUNK);
            MappedByteBuffer part = file.map(FileChannel.MapMode.READ_ONLY, position + sent, size);
            int moved = socket.send(part, 0);
            if (moved == SocketIo.WOULD_BLOCK) {
                break;
            }
            sent += moved;
        }
        return sent;
    }

    /**
     * A duplicate of a descriptor that is open for reading on the channel's file. One search at a time: each duplicates all
     * descriptors of files, those of a search under way included.
     */
    static synchronized Optional<Descriptor> find(FileChannel file) throws IOException {
        MappedByteBuffer wanted;
        try {
            wanted = file.map(FileChannel.MapMode.READ_ONLY, 0, 1);
        } catch (UnsupportedOperationException | NonReadableChannelException e) {
            return Optional.empty();
        }
        List<Descriptor> candidates = new ArrayList<>();
        List<Long> mappings = new ArrayList<>();
        try {
            for (int fd : ProcFd.list(target -> target.startsWith("/"))) {
                int duplicate = LIBC.fcntl(fd, Linux.F_DUPFD_CLOEXEC, 0);
                if (duplicate >= 0) {
                    candidates.add(Descriptor.own(duplicate));
                    mappings.add(LIBC.mmap(0, 1, Linux.PROT_READ, Linux.MAP_SHARED, duplicate, 0));
                }
            }
            return same(Memory.address(wanted), candidates, mappings);
        } finally {
            Reference.reachabilityFence(wanted);
            for (long mapping : mappings) {
                if (mapping > 0) {
                    LIBC.munmap(mapping, 1);
                }
            }
            for (Descriptor candidate : candidates) {
                candidate.close();
            }
        }
    }

    /** The candidate whose mapping has the wanted one's device and inode; it is taken out of the list. */
    private static Optional<Descriptor> same(long wanted, List<Descriptor> candidates, List<Long> mappings)
            throws IOException {
        Map<Long, String> files = ProcFd.filesOfMappings(wanted, mappings);
        String file = files.get(wanted);
        for (int i = 0; file != null && i < candidates.size(); i++) {
            if (file.equals(files.get(mappings.get(i)))) {
                return Optional.of(candidates.remove(i));
            }
        }
        return Optional.empty();
    }
}
