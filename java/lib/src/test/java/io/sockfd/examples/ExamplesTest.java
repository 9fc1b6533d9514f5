package io.sockfd.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What java/examples/*.java have in common. */
class ExamplesTest {
    private static final Path TESTS = Path.of("src", "test", "java", "io", "sockfd", "examples");
    private static final String RUN =
            "java --enable-native-access=ALL-UNNAMED -cp java/lib/target/sockfd-0.1.0-SNAPSHOT.jar \\\n";
    private static final int MIN_LINES = 20;
    private static final int MAX_LINES = 120;
    private static final int MAX_COLUMNS = 120;

    static List<Path> examples() throws IOException {
        return files(Programs.EXAMPLES, ".java");
    }

    private static List<Path> files(Path directory, String end) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
        }
    }

    @Test
    void thereAreSome() throws IOException {
        assertFalse(examples().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void isShortAndSaysHowToRunIt(Path example) throws IOException {
        String text = Files.readString(example);
        List<String> lines = text.lines().toList();
        assertTrue(lines.size() >= MIN_LINES && lines.size() <= MAX_LINES, lines.size() + " lines");
        assertEquals(
                List.of(), lines.stream().filter(l -> l.length() > MAX_COLUMNS).toList());
        String header = text.substring(0, text.indexOf("*/"));
        assertTrue(header.startsWith("/*\n"), "a header comment comes first");
        String unwrapped = header.replaceAll("\n \\* +", "\n * ").replace("\n * ", "\n");
        assertTrue(unwrapped.contains(RUN + "java/examples/" + example.getFileName()), header);
        assertTrue(header.contains("\n * Peer: "), header);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void isRunByATest(Path example) throws IOException {
        String name = example.getFileName().toString().replace(".java", "");
        for (Path test : files(TESTS, "IT.java")) {
            if (Files.readString(test).matches("(?s).*(example|exampleCommand|super)\\(\\s*\"" + name + "\".*")) {
                return;
            }
        }
        throw new AssertionError("no test in " + TESTS + " starts " + name);
    }
}
