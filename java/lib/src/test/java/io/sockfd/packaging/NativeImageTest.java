package io.sockfd.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the jar tells GraalVM's native-image, in the format of its tracing agent (reachability-metadata-schema-v1.2.0): all
 * shapes of calls into C that the sources of the FFM backend make, and all classes that are found by their names.
 */
class NativeImageTest {
    private static final Path SOURCES =
            Path.of(System.getProperty("sockfd.root", "../..")).resolve("java/lib/src/main");
    private static final Path METADATA =
            SOURCES.resolve("resources/META-INF/native-image/io.sockfd/sockfd/reachability-metadata.json");

    private static final Pattern TYPE = Pattern.compile("\\{\"type\": \"([^\"]+)\"");
    private static final Pattern METHOD =
            Pattern.compile("\\{\"name\": \"([^\"]+)\", \"parameterTypes\": \\[([^\\]]*)\\]\\}");

    private static String metadata() throws IOException {
        return Files.readString(METADATA);
    }

    private static String sources(String folder) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(SOURCES.resolve(folder))) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".java")).toList()) {
                all.append(Files.readString(file)).append('\n');
            }
        }
        return all.toString();
    }

    private static Set<String> numbersOf(String method, String sources) {
        Set<String> numbers = new TreeSet<>();
        Matcher calls = Pattern.compile("\\b" + method + "\\([^;]*?, (\\d+)\\)").matcher(sources);
        while (calls.find()) {
            numbers.add(calls.group(1));
        }
        return numbers;
    }

    private static String longs(int count) {
        return "[" + String.join(", ", Collections.nCopies(count, "\"jlong\"")) + "]";
    }

    private static String downcall(String parameters, String options) {
        return "{\"returnType\": \"jlong\", \"parameterTypes\": " + parameters
                + (options.isEmpty() ? "" : ", \"options\": {" + options + "}") + "}";
    }

    @Test
    void allShapesOfDowncallsAreListed() throws IOException {
        String sources = sources("java22");
        int handles = sources.split("downcallHandle\\(", -1).length - 1;
        assertEquals(3, handles, "of Downcall.SIX and its kin twice, and of dlsym; a new one has a shape to be listed");
        assertFalse(sources.contains("upcallStub"), "an upcall: list it");
        String heap = longs(6).replaceFirst("\"jlong\", \"jlong\"", "\"jlong\", \"void*\"");
        List<String> expected = new ArrayList<>(List.of(
                downcall(longs(2), ""), // dlsym
                downcall(longs(6), ""),
                downcall(longs(6), "\"captureCallState\": true"),
                downcall(heap, "\"critical\": {\"allowHeapAccess\": true}"),
                downcall(heap, "\"captureCallState\": true, \"critical\": {\"allowHeapAccess\": true}")));
        Set<String> ofSix = numbersOf("variadic", sources);
        Set<String> ofSeven = numbersOf("variadicOf7", sources);
        assertFalse(ofSix.isEmpty() || ofSeven.isEmpty(), ofSix + " and " + ofSeven);
        ofSix.forEach(named ->
                expected.add(downcall(longs(6), "\"captureCallState\": true, \"firstVariadicArg\": " + named)));
        ofSeven.forEach(named ->
                expected.add(downcall(longs(7), "\"captureCallState\": true, \"firstVariadicArg\": " + named)));
        List<String> listed = metadata()
                .lines()
                .map(line -> line.strip().replaceFirst(",$", ""))
                .filter(line -> line.startsWith("{\"returnType\""))
                .toList();
        assertEquals(new TreeSet<>(expected), new TreeSet<>(listed));
    }

    @Test
    void whatIsListedIsThere() throws Exception {
        int types = 0;
        for (String line : metadata().lines().toList()) {
            Matcher type = TYPE.matcher(line);
            if (type.find()) {
                types++;
                String name = type.group(1);
                if (name.startsWith("io.sockfd.internal.ffm.")) { // in the overlay
                    String file = "java22/" + name.replace('.', '/') + ".java";
                    assertTrue(Files.exists(SOURCES.resolve(file)), file);
                } else if (!name.startsWith("java.lang.foreign.")
                        || Runtime.version().feature() >= 22) {
                    checkMethods(loaded(name), line);
                }
            }
        }
        assertTrue(types > 10, types + " types");
    }

    private static void checkMethods(Class<?> type, String line) throws NoSuchMethodException {
        Matcher method = METHOD.matcher(line);
        while (method.find()) {
            Class<?>[] parameters = Arrays.stream(method.group(2).split(", ", -1))
                    .filter(word -> !word.isEmpty())
                    .map(word -> loaded(word.replace("\"", "")))
                    .toArray(Class<?>[]::new);
            if (method.group(1).equals("<init>")) {
                assertEquals(type, type.getDeclaredConstructor(parameters).getDeclaringClass());
            } else if (type != Thread.class || Runtime.version().feature() >= 21) {
                assertEquals(
                        type,
                        type.getDeclaredMethod(method.group(1), parameters).getDeclaringClass());
            }
        }
    }

    private static Class<?> loaded(String name) {
        try {
            return Class.forName(name, false, NativeImageTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatIsFoundByNameIsListed() throws IOException {
        String metadata = metadata();
        Matcher named = Pattern.compile("\\.forName\\(\\s*\"([^\"]+)\"").matcher(sources("java"));
        int found = 0;
        while (named.find()) {
            assertTrue(metadata.contains("{\"type\": \"" + named.group(1) + "\""), named.group(1));
            found++;
        }
        assertTrue(found >= 3, found + " literal names");
    }
}
