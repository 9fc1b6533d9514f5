package io.sockfd.nio;

import io.sockfd.Descriptor;
import io.sockfd.Errors;
import io.sockfd.Socket;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.spi.SelectorProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The channel that this JVM was started with. One on descriptor 0 gets a descriptor of its own, because 0 is System.in's and
 * must never be free for another file. Whoever closes the channel means the socket: inetd gave it as 0, 1 and 2, and the peer
 * would not see an end. So those that are this socket become /dev/null then.
 */
final class Inherited {
    private static final Libc LIBC = Libc.get();
    private static final int STANDARD = 3; // input, output and error

    private static boolean looked; // protected by the class's monitor
    private static @Nullable Channel channel;
    private static volatile @Nullable Socket standardInput;
    private static volatile String name = "";

    private Inherited() {}

    static synchronized @Nullable Channel channel(SelectorProvider provider) throws IOException {
        if (!looked) {
            Socket socket = standardInput();
            if (socket != null) {
                name = nameOf(0);
                standardInput = socket;
                channel = Crossing.inherited(provider, socket);
            } else {
                List<Socket> passed = Socket.listenFds();
                channel = passed.isEmpty() ? null : Crossing.channelOf(provider, passed.get(0));
            }
            looked = true;
        }
        return channel;
    }

    private static @Nullable Socket standardInput() throws IOException {
        int fd = LIBC.fcntl(0, Linux.F_DUPFD_CLOEXEC, STANDARD);
        if (fd == -Linux.EBADF) {
            return null;
        }
        Errors.check(fd, "fcntl", "F_DUPFD_CLOEXEC");
        try {
            return Socket.adopt(fd);
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
        if (socket.equals(standardInput)) {
            standardInput = null;
            try (Descriptor devNull = Descriptor.open(Path.of("/dev/null"), Linux.O_RDWR, 0)) {
                for (int fd = 0; fd < STANDARD; fd++) {
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
