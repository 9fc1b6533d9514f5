package io.sockfd.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.raw.Backend;
import io.sockfd.raw.Leg;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the library cannot work, every way in says the same words every time, and one can ask before. */
@Tag("later")
@Tag("grid")
class UnavailableIT {
    private static final int JAVA = Runtime.version().feature();
    /** Of each kind of trouble the way in that is first in an ordinary run; each takes a JVM that initializes all classes. */
    private static final Set<Integer> FIRST = Set.of(0, 3, 7, 13, 20);

    @TempDir
    private Path directory = Path.of("");

    @BeforeEach
    void onceForEachJava() {
        String leg = System.getProperty("sockfd.backend", "");
        assumeTrue(
                leg.equals(JAVA < 22 ? "jnr" : "ffm"),
                "each child chooses its backend: the other legs would repeat it");
    }

    private static void assertWords(String expected, int first, List<String> options) throws Exception {
        assumeTrue(Leg.isLong() || FIRST.contains(first), "one of each kind");
        List<String> all = new ArrayList<>(List.of("-Dsockfd.backend="));
        all.addAll(options);
        File jar = new File(Backend.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Leg.Result result = Leg.run(all, Unavailable.class.getName(), jar.getPath(), Integer.toString(first));
        List<String> lines = result.output()
                .lines()
                .filter(line -> line.startsWith(Unavailable.SAID))
                .map(line -> line.substring(Unavailable.SAID.length()))
                .toList();
        assertTrue(!lines.isEmpty() && lines.get(0).contains(expected), result.output());
        assertEquals(List.of(lines.get(0), "true"), lines, result.output());
        assertEquals(0, result.status());
    }

    @ParameterizedTest
    @CsvSource({"0, Windows 11", "5, Mac OS X"})
    void onAnotherSystem(int first, String name) throws Exception {
        assertWords("sockfd speaks to the Linux kernel; this is " + name + ".", first, List.of("-Dos.name=" + name));
    }

    @ParameterizedTest
    @CsvSource({"3, sparcv9", "11, i386"})
    void onAnUnknownProcessor(int first, String name) throws Exception {
        assertWords(
                "The constants and structs of Linux on " + name + " are not known",
                first,
                List.of("-Dos.arch=" + name));
    }

    @Test
    void withAnUnknownBackend() throws Exception {
        assertWords("sockfd.backend=none: no such backend; use ffm, jnr or jni.", 20, List.of("-Dsockfd.backend=none"));
    }

    @ParameterizedTest
    @CsvSource({"7, ''", "9, jni", "22, jnr"})
    void whereNativeAccessIsDenied(int first, String backend) throws Exception {
        assumeTrue(JAVA >= 24, "nobody can deny it on Java " + JAVA);
        assertWords(
                "Native access is denied: start java with --enable-native-access=ALL-UNNAMED.",
                first,
                List.of(
                        "-Dsockfd.backend=" + backend,
                        "--enable-native-access=java.base",
                        "--illegal-native-access=deny"));
    }

    /** What is no library, and what is none of ours. */
    @ParameterizedTest
    @CsvSource({
        "2, empty, file too short",
        "10, text, invalid ELF header",
        "13, absent, cannot load the library that -Dsockfd.jni.library names",
        "21, foreign, not this version"
    })
    void withABrokenLibrary(int first, String kind, String words) throws Exception {
        Path library = directory.resolve(kind + ".so");
        if (kind.equals("foreign")) {
            Files.copy(Path.of(System.getProperty("java.home"), "lib", "libnio.so"), library);
        } else if (!kind.equals("absent")) {
            Files.writeString(library, kind.equals("text") ? "no library at all, ".repeat(100) : "");
        }
        assertWords(words, first, List.of("-Dsockfd.backend=jni", "-Dsockfd.jni.library=" + library));
    }
}
