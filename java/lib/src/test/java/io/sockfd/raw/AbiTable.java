package io.sockfd.raw;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The committed tables of include/abi: what a C compiler made of the system's headers. */
final class AbiTable {
    private AbiTable() {}

    /** As messages name it. */
    static String path(String arch) {
        return "include/abi/" + arch + ".tsv";
    }

    static Map<String, Long> constants(String arch) throws IOException {
        Map<String, Long> constants = new TreeMap<>();
        for (String[] row : rows(arch, "const")) {
            constants.put(row[1], Long.parseLong(row[2]));
        }
        return constants;
    }

    /** Number to name. */
    static Map<Long, String> errors(String arch) throws IOException {
        Map<Long, String> errors = new TreeMap<>();
        for (String[] row : rows(arch, "errno")) {
            errors.put(Long.parseLong(row[1]), row[2]);
        }
        return errors;
    }

    /** The tags, and the fields as tag.field. */
    static Set<String> structs(String arch) throws IOException {
        Set<String> names = new TreeSet<>();
        rows(arch, "struct").forEach(row -> names.add(row[1]));
        rows(arch, "field").forEach(row -> names.add(row[1] + "." + row[2]));
        return names;
    }

    /** The rows of one kind, their cells; the first is the kind. */
    static List<String[]> rows(String arch, String kind) throws IOException {
        try (var lines = Files.lines(root().resolve(path(arch)))) {
            return lines.map(line -> line.split("\t", -1))
                    .filter(cells -> cells[0].equals(kind))
                    .toList();
        }
    }

    /** The top of the source tree: the property sockfd.root, else the nearest directory above that has the tables. */
    static Path root() {
        String given = System.getProperty("sockfd.root");
        if (given != null) {
            return Path.of(given);
        }
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(directory.resolve("include/abi"))) {
            directory = directory.getParent();
            if (directory == null) {
                throw new IllegalStateException("include/abi is nowhere above "
                        + Path.of("").toAbsolutePath() + ": say -Dsockfd.root=the top of the source tree");
            }
        }
        return directory;
    }
}
