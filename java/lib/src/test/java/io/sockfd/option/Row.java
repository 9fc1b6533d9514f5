package io.sockfd.option;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Errno;
import io.sockfd.Errors;
import io.sockfd.Option;
import io.sockfd.Option.Access;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.function.Executable;

/** What an option does on some families, step by step; a line of the table. */
final class Row<T> {
    final Option<T> option;
    final List<Family> families;
    /** Without it EPERM is no failure. */
    String capability;

    private final List<Step> steps = new ArrayList<>();
    /** The first Linux that has the option, as major * 1000 + minor; 0 for always. */
    int since;
    /** Why this kernel may say ENOPROTOOPT or EOPNOTSUPP; empty when it must not. */
    String optional = "";
    /** The errors that mean so. */
    List<Errno> optionalErrors = List.of(Errno.ENOPROTOOPT, Errno.EOPNOTSUPP);

    /** Something to do with the socket. */
    @FunctionalInterface
    interface Step {
        void run(int fd) throws Exception;
    }

    private Row(Option<T> option, List<Family> families) {
        this.option = option;
        this.families = families;
        this.capability = option.capability().orElse("");
    }

    static <T> Row<T> row(Option<T> option, Family... families) {
        return new Row<>(option, List.of(families));
    }

    /** An on-off option that is off. */
    static Row<Boolean> toggle(Option<Boolean> option, Family... families) {
        return row(option, families).reads(false).sets(true).sets(false);
    }

    /** An on-off option that is on. */
    static Row<Boolean> toggleOn(Option<Boolean> option, Family... families) {
        return row(option, families).reads(true).sets(false).sets(true);
    }

    Row<T> reads(T expected) {
        return then(fd -> equal(expected, option.get(fd)));
    }

    Row<T> reads(String what, Predicate<T> expected) {
        return then(fd -> {
            T value = option.get(fd);
            assertTrue(expected.test(value), () -> option + " is " + value + ", not " + what);
        });
    }

    Row<T> readsFor(T request, T expected) {
        return then(fd -> equal(expected, option.get(fd, request)));
    }

    Row<T> unreadable(Errno expected) {
        return then(fd -> fails(expected, () -> option.get(fd)));
    }

    Row<T> sets(T value) {
        return sets(value, value);
    }

    Row<T> sets(T value, T readBack) {
        return then(fd -> {
            option.set(fd, value);
            equal(readBack, option.get(fd));
        });
    }

    Row<T> takes(T value) {
        return then(fd -> option.set(fd, value));
    }

    Row<T> refuses(T value, Errno expected) {
        return then(fd -> fails(expected, () -> option.set(fd, value)));
    }

    Row<T> then(Step step) {
        steps.add(step);
        return this;
    }

    Row<T> needs(String capability) {
        this.capability = capability;
        return this;
    }

    Row<T> since(int major, int minor) {
        since = major * 1000 + minor;
        return this;
    }

    Row<T> optional(String why, Errno... errors) {
        optional = why;
        if (errors.length > 0) {
            optionalErrors = List.of(errors);
        }
        return this;
    }

    void run(int fd) throws Exception {
        for (Step step : steps) {
            step.run(fd);
        }
        checkAccess(fd);
    }

    /** What the kernel does not have is refused in Java, with words. */
    private void checkAccess(int fd) {
        if (option.access() == Access.WRITE_ONLY || option.access() == Access.CONTROL_MESSAGE) {
            assertThrows(UnsupportedOperationException.class, () -> option.get(fd));
        }
        if (option.access() == Access.READ_ONLY) {
            T value = anyValue();
            if (value != null) {
                assertThrows(UnsupportedOperationException.class, () -> option.set(fd, value));
            }
        }
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // null: none that is easily made
    private T anyValue() {
        Class<?> type = option.type();
        if (type == Boolean.class) {
            return (T) Boolean.TRUE;
        } else if (type == Integer.class) {
            return (T) Integer.valueOf(0);
        }
        return type == Long.class ? (T) Long.valueOf(0) : null;
    }

    private static void equal(Object expected, Object actual) {
        if (expected instanceof byte[] bytes) {
            assertArrayEquals(bytes, (byte[]) actual);
        } else if (expected instanceof int[] ints) {
            assertArrayEquals(ints, (int[]) actual);
        } else {
            assertEquals(expected, actual);
        }
    }

    /** What says that this kernel or user lacks something goes on to {@link OptionsIT}, which knows whether it may. */
    private void fails(Errno expected, Executable call) throws Exception {
        Exception thrown = assertThrows(Exception.class, call);
        Errno errno = Errors.errnoOf(thrown).orElseThrow(() -> new AssertionError(thrown));
        if (!expected.equals(errno) && (isDenial(errno) || optionalErrors.contains(errno))) {
            throw thrown;
        }
        assertEquals(expected, errno);
    }

    static boolean isDenial(@Nullable Errno errno) {
        return Errno.EPERM.equals(errno) || Errno.EACCES.equals(errno); // the latter is SO_DEBUG's
    }
}
