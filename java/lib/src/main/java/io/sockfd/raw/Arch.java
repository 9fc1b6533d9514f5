package io.sockfd.raw;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The processor architecture, for the few constants and the one struct that depend on it. */
public final class Arch {
    /** The architectures whose tables are known, under their kernel names; the order of {@link #pick}. */
    public static final List<String> NAMES = List.of("x86_64", "aarch64", "riscv64", "ppc64le", "s390x");

    private static final String CURRENT = name(System.getProperty("os.arch", ""));
    private static final int INDEX = NAMES.indexOf(CURRENT);

    private Arch() {}

    /** This machine's, as {@code uname -m} has it. */
    public static String current() {
        return CURRENT;
    }

    /** The value for this machine; arguments in the order of {@link #NAMES}. */
    static int pick(int x86_64, int aarch64, int riscv64, int ppc64le, int s390x) {
        return switch (INDEX) {
            case 1 -> aarch64;
            case 2 -> riscv64;
            case 3 -> ppc64le;
            case 4 -> s390x;
            default -> x86_64;
        };
    }

    /** Null where the tables are known to hold, else a sentence that says why not. */
    static @Nullable String unsupported() {
        String os = System.getProperty("os.name", "");
        if (!os.equals("Linux")) {
            return "sockfd speaks to the Linux kernel; this is " + os + ".";
        }
        return INDEX >= 0
                ? null
                : "The constants and structs of Linux on " + CURRENT + " are not known to this version; known are "
                        + String.join(", ", NAMES) + ".";
    }

    private static String name(String osArch) {
        return osArch.equals("amd64") ? "x86_64" : osArch;
    }
}
