package io.sockfd.benchmarks.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.benchmarks.Operations;
import io.sockfd.benchmarks.Row;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A family of operations is a file: whoever takes part is nested in it, its rows are in the table, its loops are in C. */
class FamiliesTest {
    private static final Path FAMILIES = Path.of("src/main/java/io/sockfd/benchmarks/operation");
    private static final Path LOOPS = Path.of("../native/bench/loops");
    private static final Pattern CONTESTANT =
            Pattern.compile("(?m)^( *)public (?:static )?final class \\w+ (?:implements|extends)");
    private static final Pattern LOOP = Pattern.compile("(?m)^LOOP\\((\\w+), (\\w+), (\\w+)\\)");

    private static List<Path> files(Path folder, String end) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
        }
    }

    private static String name(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(0, name.indexOf('.'));
    }

    @Test
    void contestantsAreNested() throws IOException {
        for (Path file : files(FAMILIES, ".java")) {
            Matcher contestant = CONTESTANT.matcher(Files.readString(file));
            while (contestant.find()) {
                assertTrue(
                        !contestant.group(1).isEmpty(), file + " is a contestant and no family: " + contestant.group());
            }
        }
    }

    @Test
    void allRowsOfAllFamiliesAreInTheTable() throws Exception {
        Set<String> rows = new HashSet<>();
        for (Path file : files(FAMILIES, "Rows.java")) {
            Method all = Class.forName(getClass().getPackageName() + "." + name(file))
                    .getMethod("all");
            for (Object row : (List<?>) Objects.requireNonNull(all.invoke(null))) {
                assertTrue(
                        rows.add(((Row) row).id()), ((Row) row).id() + " is there twice, the second time in " + file);
            }
        }
        assertEquals(
                Operations.all().stream().map(Row::id).collect(Collectors.toCollection(TreeSet::new)),
                new TreeSet<>(rows));
    }

    /** The JVM would say so when the first of them is called, which is a row without C on the day it is measured. */
    @Test
    void eachLoopIsAMethodAndEachNativeMethodALoop() throws Exception {
        Set<String> loops = new TreeSet<>();
        for (Path file : files(LOOPS, ".c")) {
            Matcher loop = LOOP.matcher(Files.readString(file));
            while (loop.find()) {
                loops.add(loop.group(1) + "$" + loop.group(2) + "." + loop.group(3));
            }
        }
        Set<String> methods = new TreeSet<>();
        for (Path file : files(FAMILIES, "Rows.java")) {
            Matcher nested = Pattern.compile("(?m)^    (?:public |private )static final class (\\w+)")
                    .matcher(Files.readString(file));
            while (nested.find()) {
                String type = name(file) + "$" + nested.group(1);
                Class<?> contestant = Class.forName(
                        getClass().getPackageName() + "." + type,
                        false,
                        getClass().getClassLoader());
                Arrays.stream(contestant.getDeclaredMethods())
                        .filter(method -> Modifier.isNative(method.getModifiers()))
                        .forEach(method -> methods.add(type + "." + method.getName()));
            }
        }
        assertEquals(methods, loops);
    }
}
