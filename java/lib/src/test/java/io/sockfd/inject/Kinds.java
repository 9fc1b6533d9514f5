package io.sockfd.inject;

import io.sockfd.raw.Linux;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Calls that are several: {@code epoll_ctl/EPOLL_CTL_ADD}, whose errors differ by what they are asked for. */
final class Kinds {
    private static final Map<String, String> NAMES = new ConcurrentHashMap<>();

    private Kinds() {}

    /** The call's name, with what it does after a slash where that makes a difference. */
    static String of(String call, Object[] arguments) {
        return switch (call) {
            case "epoll_ctl" -> call + "/" + constant("EPOLL_CTL_[A-Z]+", (Integer) arguments[1]);
            case "fcntl" -> call + "/" + constant("F_(DUP|GET|SET).*", (Integer) arguments[1]);
            default -> call;
        };
    }

    /** The system call behind syscall(2). */
    static String systemCall(long number) {
        return constant("SYS_.+", number).substring("SYS_".length());
    }

    private static String constant(String pattern, long value) {
        return NAMES.computeIfAbsent(pattern + value, key -> {
            for (Class<?> type : List.of(Linux.class, Linux.class.getSuperclass())) {
                for (Field field : type.getDeclaredFields()) {
                    try {
                        if (field.getName().matches(pattern) && field.getInt(null) == value) {
                            return field.getName();
                        }
                    } catch (IllegalAccessException e) {
                        throw new IllegalStateException(field.getName(), e);
                    }
                }
            }
            return "SYS_" + value;
        });
    }
}
