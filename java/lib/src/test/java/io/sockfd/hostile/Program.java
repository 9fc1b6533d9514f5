package io.sockfd.hostile;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One program: it does what it should not, and throws when somebody's memory was touched.
 *
 * @param name what it does
 * @param needs what this machine and Java must have, a word of {@link #isPossible}
 */
record Program(String name, String needs, Body body) {
    static final String NOTHING = "nothing";
    static final String ARENAS = "arenas";
    static final String PACKETS = "CAP_NET_RAW";
    static final String XDP = "CAP_BPF, CAP_NET_ADMIN and CAP_NET_RAW";

    /** What it does. */
    @FunctionalInterface
    interface Body {
        void run() throws Exception;
    }

    static Program of(String name, Body body) {
        return new Program(name, NOTHING, body);
    }

    static Program withArenas(String name, Body body) {
        return new Program(name, ARENAS, body);
    }

    static Program withPackets(String name, Body body) {
        return new Program(name, PACKETS, body);
    }

    boolean isPossible() {
        return switch (needs) {
            case ARENAS -> Arenas.exist();
            case PACKETS -> Packets.possible();
            case XDP -> XdpPrograms.possible();
            default -> true;
        };
    }

    // ---- what bodies say -----------------------------------------------------------------------------------------

    static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    static void checkEquals(@Nullable Object expected, @Nullable Object found, String what) {
        check(Objects.equals(expected, found), what + ": " + found + ", not " + expected);
    }

    /** The body must throw exactly this class. */
    static Exception refused(Class<? extends Exception> type, Body body) {
        try {
            body.run();
        } catch (Exception e) {
            if (e.getClass().equals(type)) {
                return e;
            }
            throw new AssertionError("not a " + type.getName() + ": " + e, e);
        }
        throw new AssertionError("no " + type.getName());
    }

    /** The class of what it throws, or "fine". */
    static String outcome(Body body) {
        try {
            body.run();
            return "fine";
        } catch (Exception e) {
            return e.getClass().getName();
        }
    }
}
