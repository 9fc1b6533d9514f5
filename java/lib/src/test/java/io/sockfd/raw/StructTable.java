package io.sockfd.raw;

import java.io.IOException;
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
            for (String part : tag.split("_", -1)) {
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

    static StructTable of(String arch) throws IOException {
        Map<String, Struct> structs = new LinkedHashMap<>();
        for (String[] row : AbiTable.rows(arch, "struct")) {
            structs.put(row[1], new Struct(row[1], Integer.parseInt(row[2]), new LinkedHashMap<>()));
        }
        for (String[] row : AbiTable.rows(arch, "field")) {
            String name = row[2].substring(row[2].lastIndexOf('.') + 1);
            Field field = new Field(Integer.parseInt(row[3]), Integer.parseInt(row[4]));
            Struct struct = structs.get(row[1]);
            if (struct == null || struct.fields().put(name, field) != null) {
                throw new AssertionError(
                        AbiTable.path(arch) + ": no struct for it, or twice: " + String.join(" ", row));
            }
        }
        return new StructTable(structs);
    }
}
