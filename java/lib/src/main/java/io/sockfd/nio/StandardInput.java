package io.sockfd.nio;

import io.sockfd.Descriptor;
import io.sockfd.Errors;
import io.sockfd.Socket;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The socket on descriptor 0, where inetd gives one. The channel gets a descriptor of its own, because 0 is System.in's and must
 * never be free for another file. Whoever closes the channel means the socket: inetd gave it as 0, 1 and 2, and the peer would
 * not see an end. So those that are this socket become /dev/null then.
 */
final class StandardInput {
    private static final Libc LIBC = Libc.getOrRefusing();
    private static final int STREAMS = 3; // input, output and error

    private static volatile @Nullable Socket given;
    private static volatile String name = "";

    private StandardInput() {}

    /** Null when it is no socket. */
    static @Nullable Socket socket() throws IOException {
        int fd = LIBC.fcntl(0, Linux.F_DUPFD_CLOEXEC, STREAMS);
        if (fd == -Linux.EBADF) {
            return null;
        }
        Errors.check(fd, "fcntl", "F_DUPFD_CLOEXEC");
        try {
            Socket socket = Socket.adopt(fd);
            name = nameOf(0);
            given = socket;
            return socket;
        } catch (IOException e) {
            LIBC.close(fd);
            if (Failures.is(e, Linux.ENOTSOCK)) {
                return null;
            }
            throw e;
        }
    }

    /** After a channel has closed its socket. */
    static void closed(Socket socket) throws IOException {
        if (socket.equals(given)) {
            given = null;
            try (Descriptor devNull = Descriptor.open(Path.of("/dev/null"), Linux.O_RDWR, 0)) {
                for (int fd = 0; fd < STREAMS; fd++) {
                    int stream = fd;
                    if (!name.isEmpty() && name.equals(nameOf(fd))) {
                        devNull.call("dup3", number -> LIBC.dup3(number, stream, 0));
                    }
                }
            }
        }
    }

    /** The kernel's name of what a descriptor is: of a socket it has the inode's number. */
    private static String nameOf(int fd) throws IOException {
        Path link = Path.of("/proc/self/fd/" + fd);
        return Files.isSymbolicLink(link) ? Files.readSymbolicLink(link).toString() : "";
    }
}
