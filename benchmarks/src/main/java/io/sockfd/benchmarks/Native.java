package io.sockfd.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The C side, built from {@code native/bench} when there is a C compiler. */
public final class Native {
    private static final String PROPERTY = "sockfd.bench.native";

    private static final String LIBRARY = "libbench.so";

    private Native() {}

    /** Loads the loops. */
    public static synchronized void load() {
        System.load(file(LIBRARY).toString());
    }

    /** Loads them for another class loader than the one that has them: a library belongs to one. */
    public static synchronized void loadCopy() {
        try {
            Path copy = Files.createTempFile("sockfd-bench", ".so");
            Files.copy(file(LIBRARY), copy, StandardCopyOption.REPLACE_EXISTING);
            System.load(copy.toString());
            Files.delete(copy); // what is mapped stays
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * One of the files that {@code native/bench/build} makes.
     *
     * @throws UnsatisfiedLinkError when it is not there
     */
    public static Path file(String name) {
        String directory = System.getProperty(PROPERTY);
        if (directory == null) {
            throw new UnsatisfiedLinkError("-D" + PROPERTY + " does not name the folder of the C programs");
        }
        Path file = Path.of(directory, name).toAbsolutePath();
        if (!Files.isReadable(file)) {
            throw new UnsatisfiedLinkError("there is no " + file + ": build with a C compiler (cc)");
        }
        return file;
    }

    /** What a C loop returned, if that was no error. */
    public static long check(long result, String what) {
        if (result < 0) {
            throw new IllegalStateException(what + " in C: errno " + -result);
        }
        return result;
    }
}
