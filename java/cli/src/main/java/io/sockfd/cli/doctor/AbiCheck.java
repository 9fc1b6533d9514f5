package io.sockfd.cli.doctor;

import io.sockfd.cli.doctor.Report.Abi;
import io.sockfd.raw.Backend;
import io.sockfd.raw.BackendException;
import io.sockfd.raw.Linux;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Compares the library's constants and struct layouts with those that the JNI shim was compiled with: rows {@code struct
 * TAG SIZE ALIGN}, {@code field TAG FIELD OFFSET SIZE} and {@code const NAME VALUE}, separated by tabs.
 */
final class AbiCheck {
    private static final int ROW = 256;
    private static final int SHOWN = 20;

    private int checked;
    private final List<String> differences = new ArrayList<>();

    static Abi run() {
        AbiCheck check = new AbiCheck();
        try {
            Backend jni = Backend.load("jni");
            check.rows(jni.libc().getClass().getMethod("probe", int.class, byte[].class));
        } catch (BackendException | ReflectiveOperationException | LinkageError e) {
            return new Abi("unknown", 0, "the JNI library, which knows the layouts, does not load", List.of());
        }
        if (check.checked == 0) {
            return new Abi("unknown", 0, "the JNI library has no table of layouts", List.of());
        }
        String state = check.differences.isEmpty() ? "ok" : "differs";
        int shown = Math.min(check.differences.size(), SHOWN);
        String detail = "sizes, offsets and constants against the C headers the JNI library was built with";
        return new Abi(state, check.checked, detail, List.copyOf(check.differences.subList(0, shown)));
    }

    private void rows(Method probe) throws ReflectiveOperationException {
        byte[] buffer = new byte[ROW];
        for (int row = 0; ; row++) {
            int length = (int) probe.invoke(null, row, buffer);
            if (length <= 0) {
                return;
            }
            row(new String(buffer, 0, Math.min(length, ROW), StandardCharsets.US_ASCII).strip());
        }
    }

    /** A row about something that the library does not have says nothing about it. */
    void row(String text) {
        String[] columns = text.split("\t", -1);
        switch (columns[0]) {
            case "const" -> compare(Linux.class.getName(), columns[1], columns[2]);
            case "struct" -> compare(flyweight(columns[1]), "SIZE", columns[2]);
            case "field" -> {
                String path = columns[2];
                String name = path.substring(path.lastIndexOf('.') + 1);
                compare(flyweight(columns[1]), name.toUpperCase(Locale.ROOT), columns[3]);
            }
            default -> differences.add("not understood: " + text);
        }
    }

    private void compare(String type, String name, String expected) {
        Optional<Number> ours = constant(type, name);
        if (ours.isPresent()) {
            checked++;
            long theirs = Long.parseLong(expected);
            // an int stands for C's unsigned int too
            if (ours.get().longValue() != (ours.get() instanceof Integer ? (int) theirs : theirs)) {
                differences.add(type.substring(type.lastIndexOf('.') + 1) + "." + name + " is " + ours.get()
                        + ", in the C headers " + expected);
            }
        }
    }

    private static Optional<Number> constant(String type, String name) {
        try {
            return Optional.of((Number) Class.forName(type).getField(name).get(null));
        } catch (ReflectiveOperationException e) {
            return Optional.empty();
        }
    }

    /** {@code epoll_event} is described by {@code EpollEvent}. */
    private static String flyweight(String tag) {
        StringBuilder name = new StringBuilder("io.sockfd.raw.struct.");
        for (String part : tag.split("_", -1)) {
            if (!part.isEmpty()) {
                name.append(Character.toUpperCase(part.charAt(0))).append(part.substring(1));
            }
        }
        return name.toString();
    }

    List<String> differences() {
        return differences;
    }

    int checked() {
        return checked;
    }
}
