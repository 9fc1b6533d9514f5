package io.sockfd.cli.serve;

import io.sockfd.Descriptor;
import io.sockfd.Errno;
import io.sockfd.ErrnoException;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.ZoneOffset;

/** A file that several responses may be sent from; closed by the last one that lets go. For one thread. */
final class OpenFile {
    private final Descriptor descriptor;
    private final long size;
    private final String modified;
    private final String type;
    private int holders = 1;

    private OpenFile(Descriptor descriptor, long size, String modified, String type) {
        this.descriptor = descriptor;
        this.size = size;
        this.modified = modified;
        this.type = type;
    }

    /** Opens it; the caller lets go in the end. */
    static OpenFile open(Path path) throws IOException {
        Descriptor descriptor = openNow(path);
        try {
            // of what was opened, whatever has this name by now
            BasicFileAttributes opened =
                    Files.readAttributes(Path.of("/proc/self/fd/" + descriptor.fd()), BasicFileAttributes.class);
            if (!opened.isRegularFile()) {
                throw new NoSuchFileException(path + " is no regular file");
            }
            String modified = Response.Clock.FORMAT.format(
                    opened.lastModifiedTime().toInstant().atZone(ZoneOffset.UTC));
            return new OpenFile(descriptor, opened.size(), modified, Types.of(path));
        } catch (IOException | RuntimeException | Error e) {
            descriptor.close();
            throw e;
        }
    }

    /** O_NONBLOCK: a FIFO that took the file's place must not be waited for. */
    private static Descriptor openNow(Path path) throws IOException {
        try {
            return Descriptor.open(path, Linux.O_RDONLY | Linux.O_NONBLOCK | Linux.O_NOCTTY);
        } catch (ErrnoException e) {
            if (e.errno().equals(Errno.EACCES)) {
                throw new AccessDeniedException(path.toString(), null, e.getMessage());
            }
            throw e;
        }
    }

    Descriptor descriptor() {
        return descriptor;
    }

    long size() {
        return size;
    }

    /** As the field Last-Modified has it. */
    String modified() {
        return modified;
    }

    String type() {
        return type;
    }

    OpenFile hold() {
        holders++;
        return this;
    }

    void release() {
        if (--holders == 0) {
            try {
                descriptor.close();
            } catch (IOException e) {
                // it was only read
            }
        }
    }
}
