package io.sockfd.raw;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which way into C this process takes, and why.
 *
 * <p>Java 22 and later: the Foreign Function &amp; Memory API ({@code ffm}). Before that jnr-ffi ({@code jnr}) where it
 * is on the class path, else the JNI library ({@code jni}). {@code -Dsockfd.backend=ffm|jnr|jni} decides otherwise.
 *
 * <p>On x86_64 and aarch64 {@code ffm} makes system calls itself, and leaves to libc what is more than one; where
 * something is preloaded into the process it leaves all to libc. {@code -Dsockfd.ffm.via=kernel|libc} decides otherwise.
 *
 * <p>For tests and traces, {@code -Dsockfd.libc.around=CLASS} puts a {@link Libc} of the user's own between the library
 * and the backend: {@code CLASS} has {@code public static Libc around(Libc backend)}, called once, before the first call.
 */
public final class Backend {
    /** The names of all backends, in the order of preference. */
    public static final List<String> NAMES = List.of("ffm", "jnr", "jni");

    private static final String PROPERTY = "sockfd.backend";
    private static final String AROUND = "sockfd.libc.around";
    private static final Choice CHOICE = choose();

    private final String name;
    private final String reason;
    private final Libc libc;

    private Backend(String name, String reason, Libc libc) {
        this.name = name;
        this.reason = reason;
        this.libc = libc;
    }

    /** {@code ffm}, {@code jnr} or {@code jni}. */
    public String name() {
        return name;
    }

    /** Why this one, in a few words. */
    public String reason() {
        return reason;
    }

    /** How its calls reach the kernel, in a few words. */
    public String way() {
        return libc.toString();
    }

    /** The calls themselves. */
    public Libc libc() {
        return libc;
    }

    /**
     * The backend of this process.
     *
     * @throws BackendException when none can be reached; the message names the remedy
     */
    public static Backend chosen() {
        Backend backend = CHOICE.backend;
        if (backend == null) {
            throw new BackendException(CHOICE.failure);
        }
        return backend;
    }

    static Libc chosenLibc() {
        Libc libc = CHOICE.libc;
        return libc != null ? libc : chosen().libc();
    }

    /**
     * One more backend beside the chosen one, for tests and comparisons.
     *
     * @param name one of {@link #NAMES}
     * @throws BackendException when it cannot be reached; the message names the remedy
     */
    public static Backend load(String name) {
        return load(name, "asked for by name");
    }

    private static Choice choose() {
        String wanted = System.getProperty(PROPERTY);
        try {
            if (wanted != null && !wanted.isEmpty()) {
                return Choice.of(around(load(wanted, "-D" + PROPERTY + "=" + wanted)));
            }
            int java = Runtime.version().feature();
            if (java >= 22) {
                return Choice.of(around(load("ffm", "Java " + java + " has the Foreign Function & Memory API")));
            }
            return Choice.of(around(below22(java)));
        } catch (BackendException e) {
            return new Choice(null, null, String.valueOf(e.getMessage()));
        }
    }

    private static Backend around(Backend backend) {
        String type = System.getProperty(AROUND);
        if (type == null || type.isEmpty()) {
            return backend;
        }
        try {
            Object libc = Class.forName(type).getMethod("around", Libc.class).invoke(null, backend.libc);
            return new Backend(backend.name, backend.reason, (Libc) Objects.requireNonNull(libc));
        } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
            throw new BackendException(
                    "-D" + AROUND + "=" + type + " needs a class with public static Libc around(Libc): " + e + ".");
        }
    }

    private static Backend below22(int java) {
        String old = "Java " + java + " is below 22";
        try {
            return load("jnr", old + ", jnr-ffi is on the class path");
        } catch (BackendException jnr) {
            try {
                return load("jni", old + ", jnr-ffi is not on the class path, libsockfd.so was found");
            } catch (BackendException jni) {
                throw new BackendException(
                        old + " and neither fallback works. " + jnr.getMessage() + " " + jni.getMessage());
            }
        }
    }

    private static Backend load(String name, String reason) {
        if (!NAMES.contains(name)) {
            throw new BackendException(PROPERTY + "=" + name + ": no such backend; use ffm, jnr or jni.");
        }
        String platform = Arch.unsupported();
        if (platform != null) {
            throw new BackendException(platform);
        }
        String type =
                "io.sockfd.internal." + name + "." + Character.toUpperCase(name.charAt(0)) + name.substring(1) + "Libc";
        try {
            Libc libc =
                    Class.forName(type).asSubclass(Libc.class).getConstructor().newInstance();
            return new Backend(name, reason, libc);
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new BackendException(remedy(name, e));
        }
    }

    private static String remedy(String name, Throwable failure) {
        Throwable root = failure;
        for (Throwable t = failure; t != null; t = t.getCause()) {
            root = t;
            // jnr-ffi keeps only the text of its cause
            if (t instanceof IllegalCallerException
                    || String.valueOf(t.getMessage()).contains("IllegalCallerException")) {
                return "Native access is denied: start java with --enable-native-access=" + nativeModules(name) + ".";
            }
        }
        String cause = root.getMessage() == null ? root.getClass().getName() : root.getMessage();
        return switch (name) {
            case "ffm" ->
                root instanceof ClassNotFoundException
                        ? "Backend ffm needs Java 22 or later, this is Java "
                                + Runtime.version().feature()
                                + ": run a newer Java, or add com.github.jnr:jnr-ffi:2.3.4 to the class path and leave"
                                + " out -D" + PROPERTY + "."
                        : "Backend ffm failed: " + cause + ".";
            case "jnr" ->
                root instanceof ClassNotFoundException
                        ? "Backend jnr needs jnr-ffi: add com.github.jnr:jnr-ffi:2.3.4 to the class path, or run Java 22"
                                + " or later, which needs nothing."
                        : "Backend jnr failed: " + cause + ".";
            default -> "Backend jni failed: " + cause + ".";
        };
    }

    private static String nativeModules(String name) {
        Module module = Backend.class.getModule();
        String ours = module.isNamed() ? module.getName() : "ALL-UNNAMED";
        return name.equals("jnr") && module.isNamed() ? ours + ",org.jnrproject.jffi" : ours;
    }

    /** A record, because the JIT takes what lies in a constant one for constant. */
    private record Choice(
            @Nullable Backend backend, @Nullable Libc libc, String failure) {
        static Choice of(Backend backend) {
            return new Choice(backend, backend.libc, "");
        }
    }
}
