package io.sockfd.internal.wait;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The descriptors that are open and ours, where somebody wants to know: with {@code -Dsockfd.leaks=list} since when each is, and
 * with {@code trace} also where it was opened. Otherwise a descriptor costs nothing here.
 */
public final class OpenLives {
    private static final String WANTED = System.getProperty("sockfd.leaks", "");

    private static final boolean TRACES = WANTED.equals("trace");
    private static final boolean LISTS = TRACES || WANTED.equals("list");

    private static final Map<Life, Opening> OPEN = new ConcurrentHashMap<>();

    static {
        if (!LISTS && !WANTED.isEmpty()) {
            System.getLogger("io.sockfd")
                    .log(
                            System.Logger.Level.WARNING,
                            "-Dsockfd.leaks={0} is not known: list, or trace, which also tells where",
                            WANTED);
        }
    }

    private OpenLives() {}

    /**
     * How one was opened.
     *
     * @param kind the simple name of its class
     * @param nanos when, on {@link System#nanoTime}'s clock
     * @param where thrown by nobody; null unless that is traced
     */
    public record Opening(
            Life life, String kind, long nanos, @Nullable Throwable where) {}

    static void opened(Life life, String kind) {
        if (LISTS) {
            OPEN.put(life, new Opening(life, kind, System.nanoTime(), TRACES ? new Throwable("opened here") : null));
        }
    }

    static void ended(Life life) {
        if (LISTS) {
            OPEN.remove(life);
        }
    }

    /** Where it was opened, if that is known. */
    static @Nullable Throwable where(Life life) {
        Opening opening = LISTS ? OPEN.get(life) : null;
        return opening == null ? null : opening.where();
    }

    /** Whether there is a list. */
    public static boolean areListed() {
        return LISTS;
    }

    /** All of them, in no order. */
    public static List<Opening> all() {
        return new ArrayList<>(OPEN.values());
    }
}
