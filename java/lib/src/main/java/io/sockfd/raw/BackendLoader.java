package io.sockfd.raw;

import io.sockfd.internal.direct.DirectMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Loads backends, chooses one, and puts into words why one cannot be had. What a backend implements it is told, and knows
 * nothing of it.
 */
final class BackendLoader {
    static final List<String> NAMES = List.of("ffm", "jnr", "jni");

    private static final String PROPERTY = "sockfd.backend";
    private static final String AROUND = "sockfd.libc.around";
    private static final int FFM_SINCE = 22;
    private static final int JAVA = Runtime.version().feature();
    private static final String JNR = "com.github.jnr:jnr-ffi:2.3.4";

    /** Where the backends lie: a build may have moved this copy of the library to packages of its own. */
    private static final String PACKAGE = BackendLoader.class.getPackageName().replaceFirst("raw$", "internal.");

    /** Where the classes of ffm are published; no build that moves packages takes this text for one of their names. */
    private static final String OVERLAY = "META-INF/versions/" + FFM_SINCE + "/io/sockfd/internal/ffm/";

    private BackendLoader() {}

    /** What was loaded: its name, why this one, the calls themselves, and the ways between memory and addresses. */
    record Loaded<C>(String name, String reason, C calls, DirectMemory direct) {}

    static <C> Loaded<C> choose(Class<C> calls) {
        refuseOtherPlatforms();
        String wanted = System.getProperty(PROPERTY, "");
        return around(calls, wanted.isEmpty() ? first(calls) : load(calls, wanted, "-D" + PROPERTY + "=" + wanted));
    }

    private static <C> Loaded<C> around(Class<C> calls, Loaded<C> backend) {
        String type = System.getProperty(AROUND, "");
        if (type.isEmpty()) {
            return backend;
        }
        try {
            Object around = Class.forName(type).getMethod("around", calls).invoke(null, backend.calls());
            return new Loaded<>(
                    backend.name(), backend.reason(), calls.cast(Objects.requireNonNull(around)), backend.direct());
        } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
            throw new BackendException(
                    "-D" + AROUND + "=" + type + " needs a class with public static Libc around(Libc): " + e + ".", e);
        }
    }

    private static <C> Loaded<C> first(Class<C> calls) {
        List<String> reasons = new ArrayList<>();
        List<BackendException> refusals = new ArrayList<>();
        if (JAVA < FFM_SINCE) {
            reasons.add("Java " + JAVA + " is below " + FFM_SINCE);
        }
        for (String name : JAVA < FFM_SINCE ? NAMES.subList(1, 3) : NAMES) {
            String taken = String.join(", ", reasons) + (reasons.isEmpty() ? "" : ", ") + merit(name);
            try {
                return load(calls, name, taken);
            } catch (BackendException e) {
                refusals.add(e);
                reasons.add(
                        isWithoutJnr(name, e.getCause())
                                ? "jnr-ffi is not on the class path"
                                : "not " + name + " (" + e.getMessage() + ")");
            }
        }
        throw none(refusals);
    }

    private static String merit(String name) {
        return switch (name) {
            case "ffm" -> "Java " + JAVA + " has the Foreign Function & Memory API";
            case "jnr" -> "jnr-ffi is on the class path";
            default -> "libsockfd.so was found";
        };
    }

    /** Where one was denied, its remedy is the only one to name. */
    private static BackendException none(List<BackendException> refusals) {
        StringBuilder words = new StringBuilder();
        words.append(
                JAVA < FFM_SINCE
                        ? "Java " + JAVA + " is below " + FFM_SINCE + " and neither fallback works."
                        : "None of the ways into C works.");
        for (BackendException refusal : refusals) {
            if (isDenied(refusal.getCause())) {
                return refusal;
            }
            words.append(' ').append(refusal.getMessage());
        }
        return new BackendException(words.toString(), refusals.get(0).getCause());
    }

    static <C> Loaded<C> load(Class<C> calls, String name, String reason) {
        if (!NAMES.contains(name)) {
            throw new BackendException(PROPERTY + "=" + name + ": no such backend; use ffm, jnr or jni.", null);
        }
        refuseOtherPlatforms();
        String type = PACKAGE + name + "." + Character.toUpperCase(name.charAt(0)) + name.substring(1) + "Libc";
        try {
            Class<?> found = Class.forName(type, true, BackendLoader.class.getClassLoader());
            Object made = found.getConstructor().newInstance();
            return new Loaded<>(name, reason, calls.cast(made), (DirectMemory) made);
        } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
            throw new BackendException(remedy(name, e), e);
        }
    }

    private static void refuseOtherPlatforms() {
        String platform = Arch.unsupported();
        if (platform != null) {
            throw new BackendException(platform, null);
        }
    }

    private static String remedy(String name, Throwable failure) {
        if (isDenied(failure)) {
            return "Native access is denied: start java with --enable-native-access=" + nativeModules(name) + ".";
        }
        Throwable root = root(failure);
        String missing = missingClass(failure);
        if (missing != null && missing.startsWith(PACKAGE)) {
            return "Backend " + name + missingOwn(name, missing);
        } else if (isWithoutJnr(name, failure)) {
            return "Backend jnr needs jnr-ffi: add " + JNR + " to the class path"
                    + (JAVA < FFM_SINCE ? ", or run Java 22 or later, which needs nothing." : ".");
        } else if (missing != null) {
            return "Backend " + name + " failed: the class " + missing + " is missing" + keep(missing);
        }
        String cause = root.getMessage() == null ? root.getClass().getName() : root.getMessage();
        return "Backend " + name + " failed: " + cause + (cause.endsWith(".") ? "" : ".");
    }

    /** Why a class of this library is not there. */
    private static String missingOwn(String name, String missing) {
        if (name.equals("ffm") && JAVA < FFM_SINCE) {
            return " needs Java 22 or later, this is Java " + JAVA + ": run a newer Java, or add " + JNR
                    + " to the class path and leave out -D" + PROPERTY + ".";
        }
        String overlay = "META-INF/versions/" + FFM_SINCE + "/" + (PACKAGE + "ffm.").replace('.', '/');
        if (name.equals("ffm") && hasClasses(overlay)) {
            return " is in the jar but cannot be seen: the jar was packed again without \"Multi-Release: true\" in its"
                    + " manifest. Let the build that packs it set that line (maven-shade-plugin: a"
                    + " ManifestResourceTransformer with the manifest entry Multi-Release=true).";
        }
        if (name.equals("ffm") && hasClasses(OVERLAY)) {
            return " was not moved with the rest of the library: its classes are in the jar at " + OVERLAY
                    + ". Let the build that moves packages move this folder to " + overlay
                    + " (maven-shade-plugin: a second relocation, whose patterns begin with META-INF/versions/"
                    + FFM_SINCE + "/).";
        }
        return " failed: the class " + missing + " is missing" + keep(PACKAGE);
    }

    private static String keep(String dropped) {
        int end = dropped.lastIndexOf('.') + 1;
        return ": a build that packed the jar again left it out, because it is found by name only. Let it keep "
                + dropped.substring(0, end) + "** (maven-shade-plugin with minimizeJar: a filter for this artifact that"
                + " includes **; ProGuard and R8: -keep class " + dropped.substring(0, end) + "** { *; }).";
    }

    private static boolean hasClasses(String folder) {
        ClassLoader loader = BackendLoader.class.getClassLoader();
        return loader != null && loader.getResource(folder + "FfmLibc.class") != null;
    }

    private static boolean isWithoutJnr(String name, @Nullable Throwable failure) {
        return name.equals("jnr") && "jnr.ffi.LibraryLoader".equals(missingClass(failure));
    }

    private static boolean isDenied(@Nullable Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            // jnr-ffi keeps only the text of its cause
            if (t instanceof IllegalCallerException
                    || String.valueOf(t.getMessage()).contains("IllegalCallerException")) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String missingClass(@Nullable Throwable failure) {
        Throwable root = failure == null ? null : root(failure);
        boolean missing = root instanceof ClassNotFoundException || root instanceof NoClassDefFoundError;
        String name = missing && root != null ? root.getMessage() : null;
        return name == null || name.indexOf(' ') >= 0 ? null : name.replace('/', '.');
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        for (Throwable t = failure; t != null; t = t.getCause()) {
            root = t;
        }
        return root;
    }

    private static String nativeModules(String name) {
        Module module = BackendLoader.class.getModule();
        String ours = module.isNamed() ? module.getName() : "ALL-UNNAMED";
        return name.equals("jnr") && module.isNamed() ? ours + ",org.jnrproject.jffi" : ours;
    }
}
