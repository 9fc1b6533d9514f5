package io.sockfd.raw;

import io.sockfd.internal.direct.DirectMemory;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which way into C this process takes, and why.
 *
 * <p>Java 22 and later: the Foreign Function &amp; Memory API ({@code ffm}). Where that is not to be had, jnr-ffi ({@code
 * jnr}) if it is on the class path, else the JNI library ({@code jni}). {@code -Dsockfd.backend=ffm|jnr|jni} decides
 * otherwise.
 *
 * <p>On x86_64 and aarch64 {@code ffm} makes system calls itself, and leaves to libc what is more than one; where
 * something is preloaded into the process it leaves all to libc. {@code -Dsockfd.ffm.via=kernel|libc} decides otherwise.
 *
 * <p>For tests and traces, {@code -Dsockfd.libc.around=CLASS} puts a {@link Libc} of the user's own between the library
 * and the backend: {@code CLASS} has {@code public static Libc around(Libc backend)}, called once, before the first call.
 *
 * <p>Whoever would use the library only where it works asks {@link #isAvailable}. Where it does not work, loading its
 * classes does no harm: every call that needs the kernel throws a {@link BackendException} with the words of {@link
 * #unavailabilityCause}, the first time and every later time, on every thread.
 */
public final class Backend {
    /** The names of all backends, in the order of preference. */
    public static final List<String> NAMES = BackendLoader.NAMES;

    private static final Choice CHOICE = choose();

    private final String name;
    private final String reason;
    private final Libc libc;
    private final DirectMemory direct;

    private Backend(BackendLoader.Loaded<Libc> loaded) {
        name = loaded.name();
        reason = loaded.reason();
        libc = loaded.calls();
        direct = loaded.direct();
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

    /** Whether there is a backend; never throws, on no system and no Java. */
    public static boolean isAvailable() {
        return CHOICE.backend != null;
    }

    /** Why there is no backend and what to do about it, as {@link #chosen} would throw it; null when there is one. */
    public static @Nullable BackendException unavailabilityCause() {
        BackendException refusal = CHOICE.refusal;
        return refusal == null ? null : new BackendException(String.valueOf(refusal.getMessage()), refusal.getCause());
    }

    /**
     * The backend of this process.
     *
     * @throws BackendException when none can be reached; the message names the remedy
     */
    public static Backend chosen() {
        Backend backend = CHOICE.backend;
        if (backend == null) {
            throw refused();
        }
        return backend;
    }

    /** What the chosen one can do with direct buffers, whatever lies around its calls. */
    static DirectMemory direct() {
        return chosen().direct;
    }

    static Libc chosenLibc() {
        Libc libc = CHOICE.libc;
        return libc != null ? libc : chosen().libc();
    }

    static Libc chosenOrRefusing() {
        Libc libc = CHOICE.libc;
        return libc != null ? libc : Refusing.LIBC;
    }

    /**
     * One more backend beside the chosen one, for tests and comparisons.
     *
     * @param name one of {@link #NAMES}
     * @throws BackendException when it cannot be reached; the message names the remedy
     */
    public static Backend load(String name) {
        return new Backend(BackendLoader.load(Libc.class, name, "asked for by name"));
    }

    private static BackendException refused() {
        BackendException refusal = unavailabilityCause();
        return refusal != null ? refusal : new BackendException("no backend", null);
    }

    private static Choice choose() {
        try {
            Backend backend = new Backend(BackendLoader.choose(Libc.class));
            return new Choice(backend, backend.libc, null);
        } catch (BackendException e) {
            return new Choice(null, null, e);
        }
    }

    /** A record, because the JIT takes what lies in a constant one for constant. */
    private record Choice(
            @Nullable Backend backend,
            @Nullable Libc libc,
            @Nullable BackendException refusal) {}

    /** The calls of a process that cannot make any. */
    @SuppressWarnings("ReferenceEquality") // a proxy equals itself
    private static final class Refusing {
        static final Libc LIBC = make();

        private static Libc make() {
            InvocationHandler refuse = (proxy, method, arguments) -> {
                if (method.getDeclaringClass() != Object.class) {
                    throw refused();
                }
                return switch (method.getName()) {
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    default -> "no calls: " + refused().getMessage();
                };
            };
            return (Libc) Proxy.newProxyInstance(Libc.class.getClassLoader(), new Class<?>[] {Libc.class}, refuse);
        }
    }
}
