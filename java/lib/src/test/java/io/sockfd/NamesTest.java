package io.sockfd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An import by its simple name must not be a guess: no two public classes share one, but a struct and its value. */
class NamesTest {
    private static final String STRUCTS = "io.sockfd.raw.struct";

    @Test
    void noTwoPublicClassesShareANameButAStructAndItsValue() throws Exception {
        Map<String, List<String>> packages = new TreeMap<>();
        for (Class<?> type : publicClasses()) {
            packages.computeIfAbsent(type.getSimpleName(), name -> new ArrayList<>())
                    .add(type.getPackageName());
        }
        List<String> shared = new ArrayList<>();
        packages.forEach((name, in) -> {
            if (in.size() > (in.contains(STRUCTS) ? 2 : 1)) {
                shared.add(name + " is in " + new TreeSet<>(in));
            }
        });
        assertEquals(List.of(), shared);
        assertTrue(packages.size() > 300, "only " + packages.size() + " classes were found");
        assertEquals(List.of("io.sockfd.option", STRUCTS), packages.get("TcpInfo"));
    }

    /** Of the packages that module-info exports to everybody. */
    private static List<Class<?>> publicClasses() throws Exception {
        Path classes = Path.of(
                Socket.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<Class<?>> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(classes.resolve("io/sockfd"))) {
            for (Path file : files.sorted().toList()) {
                String name = classes.relativize(file).toString().replace('/', '.');
                if (name.endsWith(".class") && !name.contains("$") && !name.contains(".internal.")) {
                    String type = name.substring(0, name.length() - ".class".length());
                    if (!type.endsWith("package-info")) {
                        Class<?> loaded = Class.forName(type, false, NamesTest.class.getClassLoader());
                        if (Modifier.isPublic(loaded.getModifiers())) {
                            found.add(loaded);
                        }
                    }
                }
            }
        }
        return found;
    }
}
