package io.sockfd.benchmarks.rights;

import io.sockfd.Errors;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The file whose descriptors are passed. It has a name of its own, so that those which were not closed are found. */
final class Passed implements AutoCloseable {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private final String name;
    private final int fd;
    private final int count;

    Passed(int count) throws IOException {
        this.count = count;
        name = "sockfd-rights-" + Integer.toHexString(System.identityHashCode(this)) + "-" + System.nanoTime();
        ByteBuffer string = Memory.allocate(name.length() + 1).put(0, name.getBytes(StandardCharsets.US_ASCII));
        fd = Errors.check(Libc.get().memfd_create(Memory.address(string), Linux.MFD_CLOEXEC), "memfd_create", name);
    }

    int fd() {
        return fd;
    }

    /** What goes with one message: the same descriptor each time. */
    int[] fds() {
        int[] fds = new int[count];
        Arrays.fill(fds, fd);
        return fds;
    }

    /** The descriptors of this process that are open for the file. */
    private int open() throws IOException {
        int open = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path entry : entries) {
                open += isOurs(entry) ? 1 : 0;
            }
        }
        return open;
    }

    private boolean isOurs(Path entry) {
        try {
            return Files.readSymbolicLink(entry).toString().contains(name);
        } catch (IOException e) {
            return false; // the directory's own descriptor, closed since
        }
    }

    /**
     * Closes the file. To be called when the sockets are closed.
     *
     * @throws IOException when one of the passed descriptors is still open
     */
    @Override
    public void close() throws IOException {
        Libc.get().close(fd);
        int leaked = open();
        if (leaked > 0) {
            throw new IOException(leaked + " descriptors that were received are still open");
        }
    }
}
