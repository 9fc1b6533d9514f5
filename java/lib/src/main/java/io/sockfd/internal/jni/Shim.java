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

    /** Read by the library while it is loaded: the class whose methods it is. See jni.c. */
    private static final String CLASS_PROPERTY = "sockfd.jni.class";

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
            loadNamed(Path.of(path).toAbsolutePath());
        }
        loaded = true;
    }

    private static void loadNamed(Path path) {
        try {
            register(path);
        } catch (UnsatisfiedLinkError e) {
            // a JVM gives a file to one class loader only; every copy of it is another file
            if (!String.valueOf(e.getMessage()).contains("already loaded in another classloader")) {
                throw new UnsatisfiedLinkError(
                        "cannot load the library that -D" + PROPERTY + " names (" + e.getMessage()
                                + "); name the one of this jar's META-INF/native, unpacked, or leave the option out");
            }
            try (InputStream in = Files.newInputStream(path)) {
                loadCopy(in);
            } catch (IOException failure) {
                throw cannotUnpack(failure);
            }
        }
    }

    private static void loadFromJar() {
        String name = "META-INF/native/linux-" + Arch.current() + "/libsockfd.so";
        try (InputStream in = Shim.class.getResourceAsStream("/" + name)) {
            if (in == null) {
                throw new UnsatisfiedLinkError("this jar has no " + name + " (it was built without a C compiler, or for"
                        + " another architecture, or packed again without it); build with one, or name the library"
                        + " with -D" + PROPERTY + "=PATH");
            }
            loadCopy(in);
        } catch (IOException e) {
            throw cannotUnpack(e);
        }
    }

    private static void loadCopy(InputStream in) throws IOException {
        Path file = fresh();
        try {
            unpack(in, file);
            register(file);
        } catch (UnsatisfiedLinkError e) {
            throw new UnsatisfiedLinkError("cannot load the library that was unpacked into " + file.getParent() + " ("
                    + e.getMessage() + "); where that directory is mounted noexec, " + otherPlaces());
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static UnsatisfiedLinkError cannotUnpack(IOException e) {
        return new UnsatisfiedLinkError("cannot unpack the library into " + System.getProperty("java.io.tmpdir") + " ("
                + e + "); " + otherPlaces());
    }

    private static String otherPlaces() {
        return "choose another directory with -Djava.io.tmpdir, or unpack it yourself and name it with -D" + PROPERTY
                + "=PATH";
    }

    /** One at a time in the whole JVM: two copies of this class, of different names, may be loading theirs. */
    @SuppressWarnings("LockOnNonEnclosingClassLiteral")
    private static void register(Path library) {
        synchronized (Runtime.class) {
            System.setProperty(CLASS_PROPERTY, JniLibc.class.getName());
            try {
                System.load(library.toString());
            } finally {
                System.clearProperty(CLASS_PROPERTY);
            }
        }
        int registered;
        try {
            registered = JniLibc.registered();
        } catch (UnsatisfiedLinkError e) {
            registered = 0;
        }
        if (registered != JniLibc.NATIVES) {
            throw new UnsatisfiedLinkError(library + " is not this version's libsockfd.so");
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
