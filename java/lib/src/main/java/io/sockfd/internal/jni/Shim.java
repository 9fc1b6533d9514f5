package io.sockfd.internal.jni;

import io.sockfd.raw.Arch;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Finds and loads {@code libsockfd.so}: {@code -Dsockfd.jni.library=PATH}, else the one in the jar. */
final class Shim {
    private static final String PROPERTY = "sockfd.jni.library";

    private Shim() {}

    private static boolean loaded;

    static synchronized void load() {
        if (loaded) {
            return;
        }
        String path = System.getProperty(PROPERTY);
        if (path == null) {
            loadFromJar();
        } else {
            System.load(Path.of(path).toAbsolutePath().toString());
        }
        loaded = true;
    }

    private static void loadFromJar() {
        String name = "/META-INF/native/linux-" + Arch.current() + "/libsockfd.so";
        try (InputStream in = Shim.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new UnsatisfiedLinkError("this jar has no " + name.substring(1)
                        + " (it was built without a C compiler, or for another architecture);"
                        + " build with one, or name the library with -D" + PROPERTY + "=PATH");
            }
            Path file = fresh();
            try {
                unpack(in, file);
                System.load(file.toString());
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UnsatisfiedLinkError(
                    "cannot unpack the library into " + System.getProperty("java.io.tmpdir") + " (" + e
                            + "); choose another directory with -Djava.io.tmpdir, or unpack it yourself and name it with -D"
                            + PROPERTY + "=PATH");
        }
    }

    /** Created here and for its owner alone, or not at all: nobody can put a library of his own there. */
    private static void unpack(InputStream in, Path file) throws IOException {
        Set<StandardOpenOption> fresh = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        Set<PosixFilePermission> owner = Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        try (OutputStream out = Channels.newOutputStream(
                Files.newByteChannel(file, fresh, PosixFilePermissions.asFileAttribute(owner)))) {
            in.transferTo(out);
        }
    }

    /** Not Files.createTempFile: its SecureRandom costs more than all the rest. */
    private static Path fresh() {
        return Path.of(
                System.getProperty("java.io.tmpdir"),
                "libsockfd" + ProcessHandle.current().pid() + "-" + Long.toUnsignedString(System.nanoTime(), 36)
                        + ".so");
    }
}
