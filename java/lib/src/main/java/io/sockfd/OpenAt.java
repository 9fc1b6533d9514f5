package io.sockfd;

import io.sockfd.internal.memory.CallMemory;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Opens files by openat(2), always close-on-exec. */
final class OpenAt {
    private static final Libc LIBC = Libc.getOrRefusing();
    private static final int HEX = 16;

    private OpenAt() {}

    /** The descriptor's number, which is the caller's. */
    static int open(Path path, int flags, int mode) throws IOException {
        return (int) Errors.check(open(bytes(path), flags, mode), "open", path);
    }

    /** The descriptor's number, or -errno. */
    static long open(byte[] path, int flags, int mode) {
        ByteBuffer memory = CallMemory.of(path.length + 1).put(0, path).put(path.length, (byte) 0);
        long fd;
        do {
            fd = LIBC.openat(Linux.AT_FDCWD, Memory.address(memory), flags | Linux.O_CLOEXEC, mode);
        } while (fd == -Linux.EINTR);
        return fd;
    }

    /**
     * The absolute path's bytes. A Path has them, whatever the encoding of file names, but shows them in its URI only:
     * its text has replacement characters where they are no text.
     */
    private static byte[] bytes(Path path) {
        URI uri = path.toUri();
        String raw = uri.getRawPath();
        if (!"file".equals(uri.getScheme()) || raw == null) {
            throw new UnsupportedOperationException(path + " is not of the default file system: " + uri);
        }
        // of a directory the JDK adds a slash, which would follow a link in the last place
        int end = raw.length() > 1 && raw.endsWith("/") ? raw.length() - 1 : raw.length();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(end);
        for (int i = 0; i < end; i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                bytes.write(Integer.parseInt(raw, i + 1, i + 3, HEX));
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        return bytes.toByteArray();
    }
}
