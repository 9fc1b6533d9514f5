package io.sockfd.raw;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The structs of {@code include/abi/<arch>.tsv}: what a C compiler says of their layout. */
final class StructTable {
    private final Map<String, Struct> structs;

    private StructTable(Map<String, Struct> structs) {
        this.structs = structs;
    }

    /** A struct by its C tag; its fields by their last name, in the order of structs.def. */
    record Struct(String tag, int size, Map<String, Field> fields) {
        /** {@code sockaddr_in} is {@code SockaddrIn} in Java. */
        String className() {
            StringBuilder name = new StringBuilder();
            for (String part : tag.split("_")) {
                name.append(Character.toUpperCase(part.charAt(0))).append(part, 1, part.length());
            }
            return name.toString();
        }

        Class<?> flyweight() {
            try {
                return Class.forName("io.sockfd.raw.struct." + className());
            } catch (ClassNotFoundException e) {
                throw new AssertionError("struct " + tag + " has no class " + className(), e);
            }
        }
    }

    record Field(int offset, int size) {}

    Map<String, Struct> structs() {
        return structs;
    }

    static StructTable of(String arch) {
        Map<String, Struct> structs = new LinkedHashMap<>();
        for (String line : lines("include/abi/" + arch + ".tsv")) {
            String[] cells = line.split("\t");
            if (cells[0].equals("struct")) {
                structs.put(cells[1], new Struct(cells[1], Integer.parseInt(cells[2]), new LinkedHashMap<>()));
            } else if (cells[0].equals("field")) {
                String name = cells[2].substring(cells[2].lastIndexOf('.') + 1);
                Field field = new Field(Integer.parseInt(cells[3]), Integer.parseInt(cells[4]));
                Struct struct = structs.get(cells[1]);
                if (struct == null || struct.fields().put(name, field) != null) {
                    throw new AssertionError(arch + ".tsv: no struct before, or twice: " + line);
                }
            }
        }
        return new StructTable(structs);
    }

    static Iterable<String> lines(String path) {
        try {
            return Files.readAllLines(root().resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The root of the source tree: {@code -Dsockfd.root}, or the nearest directory above that has the list. */
    private static Path root() {
        String given = System.getProperty("sockfd.root");
        if (given != null) {
            return Path.of(given);
        }
        Path dir = Path.of("").toAbsolutePath();
        while (dir != null && !Files.exists(dir.resolve("include/structs.def"))) {
            dir = dir.getParent();
        }
        if (dir == null) {
            throw new AssertionError("no include/structs.def above the working directory: set -Dsockfd.root");
        }
        return dir;
    }
}
