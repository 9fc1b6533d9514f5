package io.sockfd.cli.contract;

import io.sockfd.raw.Linux;
import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The constants of {@link Linux} by name. */
final class Constants {
    private static final Map<String, Long> VALUES = new HashMap<>();
    private static final Map<Long, String> ERRORS = new HashMap<>();
    private static final int ERRNO_MAX = 4095;

    static {
        try {
            for (Field field : Linux.class.getFields()) {
                VALUES.put(field.getName(), ((Number) field.get(null)).longValue());
            }
        } catch (IllegalAccessException e) {
            throw new ExceptionInInitializerError(e);
        }
        // the first in the alphabet where two names share a number, as the oracle does it
        new TreeMap<>(VALUES).forEach((name, value) -> {
            if (name.matches("E[A-Z0-9]+") && !name.startsWith("EPOLL")) {
                ERRORS.putIfAbsent(value, name);
            }
        });
    }

    private Constants() {}

    static @Nullable Long find(String name) {
        return VALUES.get(name);
    }

    /** A result as a reader wants it: {@code -EINVAL}, or the number. */
    static String result(long value) {
        String error = value < 0 && value >= -ERRNO_MAX ? ERRORS.get(-value) : null;
        return error == null ? Long.toString(value) : "-" + error;
    }
}
