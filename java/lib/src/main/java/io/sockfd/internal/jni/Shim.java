package io.sockfd.internal.jni;

import io.sockfd.raw.Arch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

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
            // a fresh name with owner-only rights: nobody can put a library of his own there
            Path file = Files.createTempFile("libsockfd", ".so");
            try {
                Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
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
}
