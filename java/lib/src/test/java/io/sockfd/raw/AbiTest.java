package io.sockfd.raw;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** {@link Linux} against the committed table of this architecture, and the tables against each other. */
class AbiTest {
    @Test
    void everyConstantHasTheTablesValue() throws Exception {
        String table = AbiTable.path(Arch.current());
        Map<String, Long> expected = AbiTable.constants(Arch.current());
        Map<String, Long> actual = constantsOfLinux(expected);
        List<String> differences = new ArrayList<>();
        expected.forEach((name, value) -> {
            Long ours = actual.get(name);
            if (ours == null) {
                differences.add("Linux." + name + " is missing, " + table + " says " + value);
            } else if (!ours.equals(value)) {
                differences.add("Linux." + name + " is " + ours + ", " + table + " says " + value);
            }
        });
        actual.forEach((name, value) -> {
            if (!expected.containsKey(name)) {
                differences.add("Linux." + name + " is " + value + ", " + table + " does not have it");
            }
        });
        assertEquals("", String.join("\n", differences));
        assertTrue(actual.size() > 900, "only " + actual.size() + " constants");
    }

    /** Linux.java is generated from all five, so that a name absent from one of them must never be committed. */
    @Test
    void allArchitecturesKnowTheSameNames() throws IOException {
        Set<String> names = AbiTable.constants("x86_64").keySet();
        for (String arch : Arch.NAMES) {
            assertSame("constants", arch, names, AbiTable.constants(arch).keySet());
            assertSame("structs", arch, AbiTable.structs("x86_64"), AbiTable.structs(arch));
        }
    }

    @Test
    void everySocketOptionIsAConstant() throws Exception {
        Set<String> names = constantsOfLinux(Map.of()).keySet();
        List<String> options = options();
        assertTrue(options.size() >= 282, "only " + options.size() + " options");
        assertEquals(
                List.of(),
                options.stream().filter(option -> !names.contains(option)).toList());
    }

    @Test
    void everyErrorNumberHasOneName() throws IOException {
        for (String arch : Arch.NAMES) {
            Map<String, Long> constants = AbiTable.constants(arch);
            Map<Long, String> errors = AbiTable.errors(arch);
            assertEquals("EAGAIN", errors.get(11L), arch);
            assertEquals("EOPNOTSUPP", errors.get(95L), arch);
            errors.forEach((number, name) -> assertEquals(number, constants.get(name), arch + " " + name));
            assertTrue(errors.size() >= 131, arch + " has only " + errors.size() + " error numbers");
        }
    }

    private static void assertSame(String what, String arch, Set<String> x86, Set<String> other) {
        Set<String> either = new HashSet<>(x86);
        either.addAll(other);
        either.removeIf(name -> x86.contains(name) && other.contains(name));
        assertEquals(Set.of(), either, what + " that x86_64 and " + arch + " do not share");
    }

    private static Map<String, Long> constantsOfLinux(Map<String, Long> table) throws IllegalAccessException {
        Map<String, Long> values = new TreeMap<>();
        for (Field field : Linux.class.getFields()) {
            if (!Modifier.isPublic(field.getModifiers())) {
                continue;
            }
            assertTrue(
                    Modifier.isStatic(field.getModifiers()) && Modifier.isFinal(field.getModifiers()), field.getName());
            values.put(field.getName(), value(field, table.getOrDefault(field.getName(), 0L)));
        }
        return values;
    }

    /** What needs 32 unsigned bits is negative as an int: the table's own value says which reading is meant. */
    private static long value(Field field, long table) throws IllegalAccessException {
        long value = field.getLong(null);
        boolean unsigned = field.getType() == int.class && table > Integer.MAX_VALUE;
        return unsigned ? Integer.toUnsignedLong((int) value) : value;
    }

    private static List<String> options() throws IOException {
        try (InputStream in = Objects.requireNonNull(AbiTest.class.getResourceAsStream("options.txt"))) {
            return new String(in.readAllBytes(), UTF_8).lines().toList();
        }
    }
}
