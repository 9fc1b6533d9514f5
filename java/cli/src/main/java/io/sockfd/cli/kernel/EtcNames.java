package io.sockfd.cli.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a file like services(5) or protocols(5) calls a number; nothing when it is missing. */
public final class EtcNames {
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    /** The first of several lines wins, as in the C library. */
    private EtcNames(Path file) {
        for (String line : lines(file)) {
            int hash = line.indexOf('#');
            String[] words = (hash < 0 ? line : line.substring(0, hash)).strip().split("\\s+", -1);
            if (words.length < 2 || !words[1].matches("[0-9]{1,5}(/[a-z]+)?")) {
                continue;
            }
            int slash = words[1].indexOf('/');
            int number = Integer.parseInt(slash < 0 ? words[1] : words[1].substring(0, slash));
            names.putIfAbsent(key(slash < 0 ? "" : words[1].substring(slash + 1), number), words[0]);
            for (int i = 0; i < words.length; i++) {
                if (i != 1) {
                    numbers.putIfAbsent(words[i], number);
                }
            }
        }
    }

    /** The names of ports. */
    public static EtcNames services() {
        return new EtcNames(Path.of("/etc/services"));
    }

    /** The names of protocols of IP. */
    public static EtcNames protocols() {
        return new EtcNames(Path.of("/etc/protocols"));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return List.of();
        }
    }

    private static String key(String protocol, int number) {
        return number + "/" + protocol;
    }

    /** The name of a number; the protocol is empty in a file that has none. */
    public Optional<String> name(String protocol, int number) {
        return Optional.ofNullable(names.get(key(protocol, number)));
    }

    /** The number of a name, of whatever protocol. */
    public Optional<Integer> number(String name) {
        return Optional.ofNullable(numbers.get(name));
    }
}
