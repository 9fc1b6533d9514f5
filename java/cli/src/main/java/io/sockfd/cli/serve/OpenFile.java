package io.sockfd.cli.serve;

import io.sockfd.Descriptor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** A file that several responses may be sent from; closed by the last one that lets go. For one thread. */
final class OpenFile {
    private final @Nullable Descriptor descriptor;
    private final long size;
    private final String modified;
    private final String type;
    private int holders = 1;

    private OpenFile(@Nullable Descriptor descriptor, long size, String modified, String type) {
        this.descriptor = descriptor;
        this.size = size;
        this.modified = modified;
        this.type = type;
    }

    /** Opens it; the caller lets go in the end. */
    static OpenFile open(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long size = channel.size();
            String modified = Response.Clock.FORMAT.format(
                    Files.getLastModifiedTime(path).toInstant().atZone(ZoneOffset.UTC));
            return new OpenFile(size == 0 ? null : Descriptor.of(channel), size, modified, Types.of(path));
        }
    }

    Descriptor descriptor() {
        if (descriptor == null) {
            throw new IllegalStateException("an empty file has nothing to send");
        }
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
        if (--holders == 0 && descriptor != null) {
            try {
                descriptor.close();
            } catch (IOException e) {
                // it was only read
            }
        }
    }
}
