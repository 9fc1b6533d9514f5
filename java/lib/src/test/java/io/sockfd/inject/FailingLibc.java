package io.sockfd.inject;

import io.sockfd.raw.Backend;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Libc} whose n-th call of a kind fails, in a JVM that was started with {@link #OPTION}: the library holds its
 * Libc in constants, so that it has to be there from the start ({@code Leg.run(List.of(FailingLibc.OPTION), ...)}).
 *
 * <p>{@code FailingLibc.fail("accept4", 1, Linux.EPERM)} lets the next accept4 fail; {@code fail("write", 1,
 * FailingLibc.ALWAYS, Linux.EAGAIN)} every write from the next on, until {@link #clear}. {@link #rule} decides by the
 * arguments. {@link Libc#syscall} counts under the name of the system call that it makes, pidfd_open for one. What
 * {@link Kinds} tells apart counts twice: {@code epoll_ctl} and {@code epoll_ctl/EPOLL_CTL_DEL}.
 *
 * <p>Calls are those of the whole process: of all threads, the library's own included.
 */
public final class FailingLibc implements InvocationHandler {
    /** The option of the JVM's command line that puts this class under the library. */
    public static final String OPTION = "-Dsockfd.libc.around=" + FailingLibc.class.getName();

    /** One rule from the very first call on: {@code -Dsockfd.inject=call:n:errno's number}. */
    public static final String FIRST = "sockfd.inject";

    /** As a number of times: until {@link #clear}. */
    public static final int ALWAYS = Integer.MAX_VALUE;

    /** As an answer of a rule: the call is made. */
    public static final long PROCEED = Long.MIN_VALUE;

    /** What the matching calls do. */
    @FunctionalInterface
    public interface Rule {
        /**
         * Decides what one call does.
         *
         * @param call C's name
         * @param nth from 1, since the rule was set
         * @return {@link #PROCEED}, or what the caller gets without a call, a negative errno for one
         */
        long answer(String call, int nth, Object[] arguments);
    }

    private static final Rule NONE = (call, nth, arguments) -> PROCEED;
    private static final Map<String, AtomicInteger> COUNTS = new ConcurrentHashMap<>();
    private static final AtomicInteger INSIDE = new AtomicInteger();
    private static final AtomicInteger FAILED = new AtomicInteger();

    private static volatile Rule rule = NONE;

    private static volatile boolean installed;

    @SuppressWarnings("NullAway.Init") // by around, before anything else
    private static volatile Libc backend;

    private static final ThreadLocal<Boolean> QUIET = ThreadLocal.withInitial(() -> false);

    private final Libc libc;

    private FailingLibc(Libc libc) {
        this.libc = libc;
    }

    /** Called by the library when {@link #OPTION} is given. */
    public static Libc around(Libc backend) {
        installed = true;
        FailingLibc.backend = backend;
        String first = System.getProperty(FIRST);
        if (first != null) {
            String[] parts = first.split(":", 3);
            fail(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
        }
        return (Libc) Proxy.newProxyInstance(
                Libc.class.getClassLoader(), new Class<?>[] {Libc.class}, new FailingLibc(backend));
    }

    /** Whether this process has it. */
    public static boolean isInstalled() {
        return !Backend.chosen().name().isEmpty() && installed; // the first use is what installs it
    }

    /** The {@code nth} call from now, 1 is the next one, fails. */
    public static void fail(String call, int nth, int errno) {
        fail(call, nth, 1, errno);
    }

    /** The {@code nth} call from now and those after it fail, {@code times} of them. */
    public static void fail(String call, int nth, int times, int errno) {
        rule((name, n, arguments) -> name.equals(call) && n >= nth && n - nth < times ? -errno : PROCEED);
    }

    /** In place of what was set before; the counts begin anew. */
    public static void rule(Rule next) {
        rule = NONE;
        COUNTS.clear();
        FAILED.set(0);
        rule = next;
    }

    /** All calls are made again; the counts begin anew. */
    public static void clear() {
        rule(NONE);
    }

    /** What is under it, whose calls neither fail nor count. */
    public static Libc backend() {
        return backend;
    }

    /** What is done in a call of {@link #quietly}. */
    interface Action {
        void run() throws IOException;
    }

    /** Does something in this thread whose calls neither fail nor count. */
    static void quietly(Action action) throws IOException {
        boolean before = QUIET.get();
        QUIET.set(true);
        try {
            action.run();
        } finally {
            QUIET.set(before);
        }
    }

    /** How many calls got their answer from the rule since it was set. */
    public static int failed() {
        return FAILED.get();
    }

    /** How many threads are inside of a call, most of them because it waits. */
    static int inside() {
        return INSIDE.get();
    }

    /** How many calls of a kind there were since the rule was set. */
    public static int count(String call) {
        AtomicInteger count = COUNTS.get(call);
        return count == null ? 0 : count.get();
    }

    /** All calls since the rule was set. */
    public static Map<String, Integer> counts() {
        Map<String, Integer> counts = new TreeMap<>();
        COUNTS.forEach((call, count) -> counts.put(call, count.get()));
        return counts;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (arguments == null
                || method.getDeclaringClass() == Object.class
                || method.getName().contains("Direct")
                || QUIET.get()) {
            return call(method, arguments);
        }
        String name = method.getName().equals("syscall") ? Kinds.systemCall((Long) arguments[0]) : method.getName();
        long answer = rule.answer(name, counted(name), arguments);
        String kind = Kinds.of(name, arguments);
        if (!kind.equals(name)) {
            int nth = counted(kind);
            answer = answer == PROCEED ? rule.answer(kind, nth, arguments) : answer;
        }
        if (answer == PROCEED) {
            return call(method, arguments);
        }
        FAILED.incrementAndGet();
        if (isDoneAllTheSame(name, -answer, arguments)) {
            call(method, arguments);
        }
        return method.getReturnType() == int.class ? (Object) (int) answer : (Object) answer;
    }

    private static int counted(String name) {
        return COUNTS.computeIfAbsent(name, key -> new AtomicInteger()).incrementAndGet();
    }

    private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
        INSIDE.incrementAndGet();
        try {
            return method.invoke(libc, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        } finally {
            INSIDE.decrementAndGet();
        }
    }

    /** What the kernel has done or begun when it gives this error: IP connects on after a signal, UNIX does not. */
    private static boolean isDoneAllTheSame(String call, long errno, Object[] arguments) {
        return switch (call) {
            case "close" -> errno != Linux.EBADF;
            case "connect" ->
                errno == Linux.EINPROGRESS || (errno == Linux.EINTR && family((Long) arguments[1]) != Linux.AF_UNIX);
            default -> false;
        };
    }

    private static int family(long sockaddr) {
        return Memory.wrap(sockaddr, Short.BYTES).getShort(0);
    }
}
