package io.sockfd.inject;

import io.sockfd.Errno;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What {@code errnos.txt} says: the errors that a call's manual page names, and which of them nobody has to see. */
final class Errnos {
    /**
     * One error of a call.
     *
     * @param passes whether the library may go on as if nothing were: it tries again, or has another way
     */
    record Case(int errno, boolean passes) {
        String name() {
            return new Errno(errno).name();
        }
    }

    private static final Map<String, List<Case>> CASES = read();

    private Errnos() {}

    /** Empty for a call that is not in the table. */
    static List<Case> of(String call) {
        return CASES.getOrDefault(call, List.of());
    }

    static boolean isKnown(String call) {
        return CASES.containsKey(call);
    }

    private static Map<String, List<Case>> read() {
        Map<String, List<Case>> cases = new TreeMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Errnos.class.getResourceAsStream("errnos.txt")), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty() || line.startsWith("#")) {
                    continue;
                }
                List<String> words = List.of(line.trim().split(" +", -1));
                List<Case> errors = new ArrayList<>();
                for (String word : words.subList(1, words.size())) {
                    boolean passes = word.endsWith("~");
                    errors.add(new Case(value(passes ? word.substring(0, word.length() - 1) : word), passes));
                }
                if (cases.put(words.get(0), errors) != null) {
                    throw new IllegalStateException(words.get(0) + " has two lines");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return cases;
    }

    private static int value(String name) {
        try {
            Field field = Errno.class.getField(name);
            return ((Errno) field.get(null)).value();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("errnos.txt: " + name, e);
        }
    }
}
