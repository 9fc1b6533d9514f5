package io.sockfd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script in the root directory, in a copy of what it needs of the tree, so that no test builds the real one. */
@Tag("once")
class LauncherIT {
    private static final String MAVEN_THAT_FAILS = "#!/bin/sh\necho '[INFO] noise'\necho '[ERROR] no luck'\nexit 1\n";

    @TempDir
    Path temporary = Path.of("");

    private Path home = Path.of("");

    @BeforeEach
    void copyTree() throws IOException {
        home = Files.createDirectory(temporary.resolve("with blanks * here"));
        Files.createDirectories(home.resolve("java/cli"));
        Path script = root().resolve("sockfd");
        Files.copy(script, home.resolve("sockfd"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createSymbolicLink(
                home.resolve("java/cli/target"),
                root().resolve("java/cli/target").toAbsolutePath());
        maven(MAVEN_THAT_FAILS);
    }

    /** What it points at is not ours to delete. */
    @AfterEach
    void removeLink() throws IOException {
        Path target = home.resolve("java/cli/target");
        if (Files.isSymbolicLink(target)) {
            Files.delete(target);
        }
    }

    /** The directory with the launcher, above the one of the tests. */
    private static Path root() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isExecutable(at.resolve("sockfd"))) {
                return at;
            }
        }
        throw new AssertionError("no launcher above " + Path.of("").toAbsolutePath());
    }

    private void maven(String script) throws IOException {
        Path file = home.resolve("mvnw");
        Files.writeString(file, script);
        assertTrue(file.toFile().setExecutable(true));
    }

    private Child.Result launch(Path script, Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", script.toString()));
        command.addAll(List.of(arguments));
        return Child.run(command, environment, temporary);
    }

    private Map<String, String> thisJava() {
        return Map.of("JAVA_HOME", System.getProperty("java.home"), "SOCKFD_CACHE", "no");
    }

    @Test
    void runsFromElsewhereThroughLinks() throws Exception {
        Path link = Files.createSymbolicLink(temporary.resolve("a link"), home.resolve("sockfd"));
        Path second = Files.createSymbolicLink(temporary.resolve("second"), Path.of("a link"));
        for (Path script : List.of(home.resolve("sockfd"), link, second)) {
            Child.Result result = launch(script, thisJava(), "--version");
            assertEquals(0, result.status(), result.err());
            assertTrue(result.out().startsWith("sockfd "), result.out());
            assertEquals("", result.err());
        }
    }

    @Test
    void passesPropertiesAndStatusOn() throws Exception {
        Child.Result result =
                launch(home.resolve("sockfd"), thisJava(), "-Dunused=a b", "-Dsockfd.backend=nonsense", "demo");
        assertEquals(1, result.status(), result.err());
        assertEquals(1, result.errLines().size(), result.err());
        assertTrue(result.err().contains("no such backend"), result.err());
        Child.Result wrong = launch(home.resolve("sockfd"), thisJava(), "-Da=b");
        assertEquals(2, wrong.status(), wrong.err());
    }

    @Test
    void grantsNativeAccessUnlessToldOtherwise() throws Exception {
        assumeTrue(Runtime.version().feature() >= 24, "java denies native access since 24");
        String property = "-Dsockfd.backend=" + Child.backend();
        Child.Result granted = launch(home.resolve("sockfd"), thisJava(), property, "doctor");
        assertEquals(0, granted.status(), granted.err());
        assertEquals("", granted.err());
        Map<String, String> environment = Map.of(
                "JAVA_HOME",
                System.getProperty("java.home"),
                "SOCKFD_CACHE",
                "no",
                "SOCKFD_JAVA_OPTS",
                "--illegal-native-access=deny");
        Child.Result denied = launch(home.resolve("sockfd"), environment, property, "demo");
        assertEquals(1, denied.status(), denied.out());
        assertTrue(denied.err().contains("start java with --enable-native-access=ALL-UNNAMED"), denied.err());
    }

    @Test
    void aWrongJavaHomeIsNamed() throws Exception {
        Child.Result result = launch(home.resolve("sockfd"), Map.of("JAVA_HOME", "/nonexistent"), "--version");
        assertEquals(1, result.status());
        assertEquals(1, result.errLines().size(), result.err());
        assertTrue(result.err().contains("JAVA_HOME is /nonexistent"), result.err());
    }

    @Test
    void anOldJavaHomeIsNamed() throws Exception {
        Path old = temporary.resolve("jdk8");
        Files.createDirectories(old.resolve("bin"));
        Files.writeString(old.resolve("bin/java"), "#!/bin/sh\nexit 3\n");
        assertTrue(old.resolve("bin/java").toFile().setExecutable(true));
        Files.writeString(old.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"1.8.0_402\"\n");
        Child.Result result = launch(home.resolve("sockfd"), Map.of("JAVA_HOME", old.toString()), "--version");
        assertEquals(1, result.status());
        assertTrue(result.err().contains("JAVA_HOME is Java 8"), result.err());
    }

    /** Java 999, which says how it was called; gives the environment that has it. */
    private Map<String, String> nextJava() throws IOException {
        Path jdk = temporary.resolve("home/.jdks/next");
        Files.createDirectories(jdk.resolve("bin"));
        Path java = jdk.resolve("bin/java");
        Files.writeString(java, "#!/bin/sh\necho \"next: $*\"\n");
        assertTrue(java.toFile().setExecutable(true));
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"999\"\n");
        return Map.of("HOME", temporary.resolve("home").toString(), "SOCKFD_CACHE", "no");
    }

    @Test
    void findsTheNewestJava() throws Exception {
        Child.Result result = launch(home.resolve("sockfd"), nextJava(), "-Dx=y", "doctor");
        assertEquals(0, result.status(), result.err());
        assertTrue(
                result.out()
                        .matches(
                                "next: -XX:TieredStopAtLevel=1 -XX:\\+UseSerialGC --enable-native-access=ALL-UNNAMED -Dx=y "
                                        + "-cp .*/sockfd-cli-\\S*\\.jar io\\.sockfd\\.cli\\.Main doctor\\n"),
                result.out());
    }

    /** Java 999 again, which makes an archive of what it is told to, and says what it got. */
    private Map<String, String> archivingJava(String dump) throws IOException {
        Map<String, String> environment = new HashMap<>(nextJava());
        environment.remove("SOCKFD_CACHE");
        Path java = Path.of(environment.get("HOME"), ".jdks/next/bin/java");
        Files.writeString(
                java,
                "#!/bin/sh\nfor word; do case $word in\n-Xshare:dump) dump=true;;\n"
                        + "-XX:SharedArchiveFile=*) file=${word#*=};;\nesac; done\n"
                        + "if [ -n \"${dump:-}\" ]; then " + dump + "; else echo \"next: $*\"; fi\n");
        assertTrue(java.toFile().setExecutable(true));
        return environment;
    }

    private Path archive() {
        return home.resolve("target/sockfd-999.jsa");
    }

    /** The first launch has it made in the background. */
    private void awaitArchive() throws Exception {
        for (int i = 0; i < 500 && !(Files.exists(archive()) && Files.notExists(lock())); i++) {
            Thread.sleep(20);
        }
        assertTrue(Files.exists(archive()) && Files.notExists(lock()), archive().toString());
    }

    private Path lock() {
        return home.resolve("target/sockfd-999.jsa.lock");
    }

    @Test
    void keepsWhatCommandsLoad() throws Exception {
        Map<String, String> java = archivingJava("echo archive > \"$file\"");
        Child.Result first = launch(home.resolve("sockfd"), java, "ss", "-tln");
        assertFalse(first.out().contains("SharedArchiveFile"), first.out());
        awaitArchive();
        assertEquals("archive\n", Files.readString(archive()));
        Child.Result second = launch(home.resolve("sockfd"), java, "ss", "-tln");
        assertTrue(
                second.out().contains(" -XX:SharedArchiveFile=" + archive().toRealPath() + " -Xlog:disable -cp "),
                second.out());
        assertEquals("", second.err());
        Child.Result bench = launch(home.resolve("sockfd"), java, "demo");
        assertFalse(bench.out().contains("SharedArchiveFile"), bench.out());
        // of an older jar
        Files.setLastModifiedTime(archive(), FileTime.fromMillis(0));
        Child.Result third = launch(home.resolve("sockfd"), java, "ss", "-tln");
        assertFalse(third.out().contains("SharedArchiveFile"), third.out());
        for (int i = 0; i < 500 && Files.getLastModifiedTime(archive()).toMillis() == 0; i++) {
            Thread.sleep(20);
        }
        awaitArchive();
        Child.Result fourth = launch(home.resolve("sockfd"), java, "ss", "-tln");
        assertTrue(fourth.out().contains("SharedArchiveFile"), fourth.out());
    }

    @Test
    void doesWithoutAnArchiveThatCannotBeMade() throws Exception {
        Map<String, String> java = archivingJava("exit 1");
        for (int i = 0; i < 2; i++) {
            Child.Result result = launch(home.resolve("sockfd"), java, "ss", "-tln");
            assertEquals(0, result.status(), result.err());
            assertEquals("", result.err());
            assertFalse(result.out().contains("SharedArchiveFile"), result.out());
            awaitArchive();
        }
        assertEquals(0, Files.size(archive()));
        Files.delete(archive());
        Files.createDirectory(lock()); // somebody is at it
        Child.Result result = launch(home.resolve("sockfd"), java, "ss", "-tln");
        assertEquals(0, result.status(), result.err());
        Thread.sleep(100);
        assertFalse(Files.exists(archive()), "two at once");
        Files.delete(lock());
    }

    /** What is no archive, or one of another jar, is passed over in silence. */
    @Test
    void aWrongArchiveIsPassedOver() throws Exception {
        Files.createDirectories(home.resolve("target"));
        String version = System.getProperty("java.version");
        Files.writeString(home.resolve("target/sockfd-" + version + ".jsa"), "not an archive at all");
        Child.Result result =
                launch(home.resolve("sockfd"), Map.of("JAVA_HOME", System.getProperty("java.home")), "--version");
        assertEquals(0, result.status(), result.err());
        assertEquals("", result.err());
        assertTrue(result.out().startsWith("sockfd "), result.out());
        assertEquals(1, result.out().lines().count(), result.out());
    }

    @Test
    void takesTheBenchmarksAlong() throws Exception {
        Path target = Files.createDirectories(home.resolve("benchmarks/target"));
        Files.writeString(target.resolve("sockfd-benchmarks-1.jar"), "");
        Child.Result result = launch(home.resolve("sockfd"), nextJava(), "bench", "--list");
        assertEquals(0, result.status(), result.err());
        String root = home.toRealPath().toString();
        assertTrue(
                result.out()
                        .contains(
                                " -Dsockfd.home=" + root + " -Dsockfd.bench.native=" + root + "/native/target/bench "),
                result.out());
        assertTrue(
                result.out()
                        .endsWith(":" + root + "/benchmarks/target/sockfd-benchmarks-1.jar io.sockfd.cli.Main bench "
                                + "--list\n"),
                result.out());
    }

    @Test
    void benchmarksAreOnlyThereForBenchAndHelp() throws Exception {
        Path target = Files.createDirectories(home.resolve("benchmarks/target"));
        Files.writeString(target.resolve("sockfd-benchmarks-1.jar"), "");
        for (String[] arguments :
                new String[][] {{"help"}, {"--trace", "bench"}, {"--help"}, {"-Dx=y", "help", "ss"}}) {
            Child.Result result = launch(home.resolve("sockfd"), nextJava(), arguments);
            assertTrue(result.out().contains("/sockfd-benchmarks-1.jar "), result.out());
        }
        for (String[] arguments : new String[][] {{"doctor"}, {"-Dx=y", "ss", "help"}}) {
            Child.Result result = launch(home.resolve("sockfd"), nextJava(), arguments);
            assertFalse(result.out().contains("sockfd-benchmarks"), result.out());
        }
    }

    @Test
    void benchmarksThatAreMissingAreBuilt() throws Exception {
        Files.createDirectories(home.resolve("benchmarks/src/main"));
        Child.Result result = launch(home.resolve("sockfd"), thisJava(), "--version");
        assertEquals(1, result.status(), result.err());
        assertEquals("[ERROR] no luck", result.errLines().get(1));
    }

    @Test
    void anOlderJarIsBuiltAgainAndAFailureShown() throws Exception {
        Files.createDirectories(home.resolve("java/cli/src/main"));
        Child.Result result = launch(home.resolve("sockfd"), thisJava(), "--version");
        assertEquals(1, result.status(), result.err());
        assertTrue(result.errLines().get(0).startsWith("sockfd: building"), result.err());
        assertEquals("[ERROR] no luck", result.errLines().get(1));
        assertFalse(result.err().contains("noise"), result.err());
    }

    @Test
    void whatIsMissingIsBuiltOnce() throws Exception {
        Files.delete(home.resolve("java/cli/target"));
        Files.createDirectories(home.resolve("java/cli/src/main"));
        maven("#!/bin/sh\ncp -R \"" + root().resolve("java/cli/target") + "\" \"" + home.resolve("java/cli/target")
                + "\"\n");
        Child.Result first = launch(home.resolve("sockfd"), thisJava(), "--version");
        assertEquals(0, first.status(), first.err());
        assertEquals(1, first.errLines().size(), first.err());
        Child.Result second = launch(home.resolve("sockfd"), thisJava(), "--version");
        assertEquals(0, second.status(), second.err());
        assertEquals("", second.err());
    }
}
