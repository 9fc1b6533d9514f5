package app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the JNI library is unpacked to, and who loads it. */
class LibraryFileIT {
    private static final int EBADF = 9;

    @TempDir
    private Path directory = Path.of("");

    private String runWith(Path tmp) throws Exception {
        return Child.java(options(tmp));
    }

    private static String[] options(Path tmp) throws Exception {
        return new String[] {
            "-Djava.io.tmpdir=" + tmp,
            "-Dsockfd.backend=jni",
            "-cp",
            Jars.library() + File.pathSeparator + Jars.app(),
            "app.App"
        };
    }

    @Test
    void aDirectoryWithSpacesIsLeftEmpty() throws Exception {
        Path tmp = Files.createDirectory(directory.resolve("a b's"));
        assertEquals("jni works: -Dsockfd.backend=jni\n", runWith(tmp));
        try (var left = Files.list(tmp)) {
            assertEquals(
                    List.of(),
                    left.filter(file -> file.toString().endsWith(".so")).toList());
        }
    }

    @Test
    void aDirectoryThatIsNotThere() throws Exception {
        String said = runWith(directory.resolve("absent"));
        assertTrue(
                said.startsWith(
                        "none: io.sockfd.raw.BackendException: Backend jni failed: cannot unpack the library into "
                                + directory.resolve("absent")),
                said);
        assertTrue(said.contains("choose another directory with -Djava.io.tmpdir"), said);
    }

    @Test
    void aDirectoryThatNothingRunsFrom() throws Exception {
        Path tmp = Files.createDirectory(directory.resolve("noexec"));
        List<String> mounted = List.of(
                "unshare", "-m", "sh", "-c", "mount -t tmpfs -o noexec none '" + tmp + "' && exec \"$@\"", "sh");
        assumeTrue(
                new File("/usr/bin/unshare").canExecute()
                        && Child.run(List.of("id", "-u")).equals("0\n"),
                "needs root");
        String said = Child.java(mounted, options(tmp));
        assumeTrue(!said.contains("mount:") && !said.contains("unshare:"), said);
        assertTrue(
                said.startsWith(
                        "none: io.sockfd.raw.BackendException: Backend jni failed: cannot load the library that was"
                                + " unpacked into " + tmp),
                said);
        assertTrue(said.contains("noexec"), said);
    }

    /** A JVM gives a native library to one class loader only: each loader must get a file of its own. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void twoClassLoaders(boolean named) throws Exception {
        String property = "sockfd.jni.library";
        if (named) {
            System.setProperty(property, unpack().toString());
        }
        URL[] jar = {Jars.library().toUri().toURL()};
        ClassLoader platform = ClassLoader.getPlatformClassLoader();
        try (URLClassLoader one = new URLClassLoader(jar, platform);
                URLClassLoader other = new URLClassLoader(jar, platform)) {
            assertEquals(-EBADF, close(one));
            assertEquals(-EBADF, close(other));
            assertEquals(-EBADF, close(one));
        } finally {
            System.clearProperty(property);
        }
    }

    private Path unpack() throws Exception {
        String name =
                "META-INF/native/linux-" + System.getProperty("os.arch").replace("amd64", "x86_64") + "/libsockfd.so";
        Path file = directory.resolve("libsockfd.so");
        try (InputStream in = LibraryFileIT.class.getClassLoader().getResourceAsStream(name)) {
            assumeTrue(in != null, "built without a C compiler");
            Files.copy(in, file);
        }
        return file;
    }

    private static int close(ClassLoader loader) throws ReflectiveOperationException {
        Class<?> type = loader.loadClass("io.sockfd.raw.Backend");
        Object backend = type.getMethod("load", String.class).invoke(null, "jni");
        Object libc = type.getMethod("libc").invoke(backend);
        Method close = loader.loadClass("io.sockfd.raw.Libc").getMethod("close", int.class);
        return (int) close.invoke(libc, -1);
    }
}
