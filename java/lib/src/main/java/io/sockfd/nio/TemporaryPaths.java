package io.sockfd.nio;

import io.sockfd.Socket;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/** Where a UNIX server is bound to when the program does not care: a new file in the JDK's temporary directory. */
final class TemporaryPaths {
    private static final int MOST_TRIES = 100;

    private TemporaryPaths() {}

    static void bind(Socket socket) throws IOException {
        for (int i = 1; ; i++) {
            try {
                socket.bind(UnixDomainSocketAddress.of(next()));
                return;
            } catch (IOException e) {
                if (i == MOST_TRIES || !Failures.is(e, Linux.EADDRINUSE)) {
                    throw e;
                }
            }
        }
    }

    private static Path next() {
        String directory = System.getProperty("jdk.net.unixdomain.tmpdir", "");
        return Path.of(directory.isEmpty() ? System.getProperty("java.io.tmpdir", "/tmp") : directory)
                .resolve("socket_" + ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE));
    }
}
