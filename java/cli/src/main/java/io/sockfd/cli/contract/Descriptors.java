package io.sockfd.cli.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The open descriptors of this process. */
public final class Descriptors {
    private static final Path DIRECTORY = Path.of("/proc/self/fd");

    /** The virtual machine itself opens and closes a file now and then. */
    private static final int ATTEMPTS = 5;

    private Descriptors() {}

    /** Number to what it is; the descriptor that lists the directory is gone when it is looked at, so it is not there. */
    public static Map<Integer, String> open() {
        Map<Integer, String> open = new TreeMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(DIRECTORY)) {
            for (Path entry : entries) {
                open.put(Integer.valueOf(entry.getFileName().toString()), "");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open.replaceAll((number, nothing) -> target(number));
        open.values().removeIf(String::isEmpty);
        return open;
    }

    /** What is open now and was not before; empty when nothing leaked. */
    public static Map<Integer, String> leakedSince(Map<Integer, String> before) {
        Map<Integer, String> leaked = new TreeMap<>();
        for (int i = 0; i < ATTEMPTS; i++) {
            leaked = open();
            leaked.keySet().removeAll(before.keySet());
            if (leaked.isEmpty()) {
                break;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        return leaked;
    }

    private static String target(int number) {
        try {
            return Files.readSymbolicLink(DIRECTORY.resolve(Integer.toString(number)))
                    .toString();
        } catch (IOException e) {
            return "";
        }
    }
}
