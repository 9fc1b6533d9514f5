package io.sockfd.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.raw.struct.SockaddrIn;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The flyweights against the table that a C compiler wrote, both ways. */
class StructAbiTest {
    private static final String BYTES = "_BYTES";

    private static final Pattern ROW = Pattern.compile("([SF])\\((\\w+)(?:, ([\\w.]+))?");

    @Test
    void everySizeAndOffsetIsWhatTheTableSays() throws IOException, IllegalAccessException {
        List<String> differences = new ArrayList<>();
        for (StructTable.Struct struct :
                StructTable.of(Arch.current()).structs().values()) {
            compare(struct, differences);
        }
        assertEquals("", String.join("\n", differences));
    }

    @Test
    void everyFlyweightIsInTheTable() throws IOException, URISyntaxException {
        Set<String> known = new TreeSet<>();
        for (StructTable.Struct struct :
                StructTable.of(Arch.current()).structs().values()) {
            known.add(struct.className());
        }
        assertEquals(known, new TreeSet<>(publicClasses()));
    }

    /** A stale table is seen even where there is no compiler to ask. */
    @Test
    void everyTableHasWhatTheListHas() throws IOException {
        Set<String> listed = new TreeSet<>();
        for (String line : Files.readAllLines(AbiTable.root().resolve("include/structs.def"))) {
            Matcher row = ROW.matcher(line);
            if (row.lookingAt()) {
                String name = row.group(2) + (row.group(1).equals("F") ? "." + row.group(3) : "");
                assertTrue(listed.add(name), () -> "include/structs.def: twice: " + line);
            }
        }
        assertFalse(listed.isEmpty());
        for (String arch : Arch.NAMES) {
            Set<String> measured = AbiTable.structs(arch);
            listed.forEach(name -> assertTrue(measured.contains(name), () -> AbiTable.path(arch) + " lacks " + name));
            measured.forEach(name -> assertTrue(
                    listed.contains(name), () -> AbiTable.path(arch) + " has " + name + ", structs.def not"));
        }
    }

    /** The flyweights know these two exceptions; a third must not come unnoticed. */
    @Test
    void onlyTwoStructsDependOnTheArchitecture() throws IOException {
        StructTable reference = StructTable.of("x86_64");
        for (String arch : Arch.NAMES) {
            Set<String> differing = new TreeSet<>();
            StructTable.of(arch).structs().forEach((tag, struct) -> {
                if (!struct.equals(reference.structs().get(tag))) {
                    differing.add(tag);
                }
            });
            Set<String> expected = switch (arch) {
                case "x86_64" -> Set.of();
                case "s390x" -> Set.of("epoll_event", "fanout_args");
                default -> Set.of("epoll_event");
            };
            assertEquals(expected, differing, arch);
        }
    }

    private static void compare(StructTable.Struct struct, List<String> differences) throws IllegalAccessException {
        Class<?> flyweight = struct.flyweight();
        String where = ", " + AbiTable.path(Arch.current()) + " says ";
        Set<String> wanted = new TreeSet<>(Set.of("SIZE"));
        struct.fields().keySet().forEach(name -> wanted.add(name.toUpperCase(Locale.ROOT)));
        for (Field constant : flyweight.getDeclaredFields()) {
            if (!Modifier.isPublic(constant.getModifiers())) {
                continue;
            }
            String name = constant.getName();
            Integer expected = expected(struct, name);
            if (expected == null) {
                differences.add(flyweight.getSimpleName() + "." + name + " is not in structs.def");
            } else if (constant.getInt(null) != expected) {
                differences.add(
                        flyweight.getSimpleName() + "." + name + " is " + constant.getInt(null) + where + expected);
            }
            wanted.remove(name);
        }
        wanted.forEach(name -> differences.add(flyweight.getSimpleName() + "." + name + " is missing"));
    }

    /** What the constant must be; null when nothing of that name is listed. */
    private static @Nullable Integer expected(StructTable.Struct struct, String constant) {
        if (constant.equals("SIZE")) {
            return struct.size();
        }
        StructTable.Field field = struct.fields().get(constant.toLowerCase(Locale.ROOT));
        if (field != null) {
            return field.offset();
        }
        if (constant.endsWith(BYTES)) {
            String array = constant.substring(0, constant.length() - BYTES.length());
            field = struct.fields().get(array.toLowerCase(Locale.ROOT));
            return field == null ? null : field.size();
        }
        return null;
    }

    private static List<String> publicClasses() throws URISyntaxException {
        Path classes = Path.of(SockaddrIn.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        File[] files = classes.resolve("io/sockfd/raw/struct").toFile().listFiles();
        assertTrue(files != null, () -> classes + " is no directory of classes");
        List<String> names = new ArrayList<>();
        for (File file : files) {
            String name = file.getName().replace(".class", "");
            if (!name.equals("Fields") && !name.equals("package-info")) {
                names.add(name);
            }
        }
        return names;
    }
}
