package io.sockfd.option;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** What runs here: the kernel's version, this process's capabilities. */
final class Kernel {
    private static final int MAJOR = 1000;
    private static final int HEX = 16;

    /** As major * 1000 + minor. */
    static final int VERSION = version(System.getProperty("os.version"));

    private static final long EFFECTIVE = effective();
    private static final Map<String, Integer> BITS =
            Map.of("CAP_NET_BROADCAST", 11, "CAP_NET_ADMIN", 12, "CAP_NET_RAW", 13);

    private Kernel() {}

    private static int version(String text) {
        String[] parts = text.split("[.-]", -1);
        return Integer.parseInt(parts[0]) * MAJOR + Integer.parseInt(parts[1]);
    }

    private static long effective() {
        return Long.parseUnsignedLong(status("CapEff:"), HEX);
    }

    /** This process's supplementary groups, sorted. */
    static int[] groups() {
        return status("Groups:").isEmpty()
                ? new int[0]
                : Arrays.stream(status("Groups:").split(" ", -1))
                        .mapToInt(Integer::parseUnsignedInt)
                        .sorted()
                        .toArray();
    }

    private static String status(String field) {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith(field))
                    .map(line -> line.substring(field.length()).strip())
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether this process has the capability; true for none. */
    static boolean has(String capability) {
        return capability.isEmpty() || (EFFECTIVE >>> BITS.getOrDefault(capability, 0) & 1) != 0;
    }
}
