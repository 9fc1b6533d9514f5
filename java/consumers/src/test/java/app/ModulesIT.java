package app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a module that requires the library and nothing else. */
class ModulesIT {
    private static final String ACCESS = Child.JAVA < 22 ? "-Dx" : "--enable-native-access=io.sockfd";

    @TempDir
    private static Path directory = Path.of("");

    private static String tool(String name, String... arguments) {
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        int status = ToolProvider.findFirst(name).orElseThrow().run(out, out, arguments);
        return said + (status == 0 ? "" : "status " + status);
    }

    /** By the compiler of the Java that runs the test, with all its warnings. */
    @BeforeAll
    static void compile() throws Exception {
        Path module = Files.writeString(directory.resolve("module-info.java"), """
                /** Requires the library and nothing else. */
                module app {
                    requires io.sockfd;
                }
                """);
        assertEquals(
                "",
                tool(
                        "javac",
                        "-Xlint:all",
                        "-Werror",
                        "-p",
                        Jars.library().toString(),
                        "-d",
                        directory.resolve("app").toString(),
                        module.toString(),
                        "src/main/java/app/App.java"));
    }

    private static String path() throws Exception {
        return directory.resolve("app") + File.pathSeparator + Jars.library();
    }

    @Test
    void onTheModulePath() throws Exception {
        assertEquals(PackedIT.WORKS, Child.java(ACCESS, "-p", path(), "-m", "app/app.App"));
    }

    @Test
    void deniedAccessNamesTheModule() throws Exception {
        assumeTrue(Child.JAVA >= 24, "nobody can deny it on Java " + Child.JAVA);
        assertEquals(
                "none: io.sockfd.raw.BackendException: Native access is denied: start java with"
                        + " --enable-native-access=io.sockfd.\n",
                Child.java("--illegal-native-access=deny", "-p", path(), "-m", "app/app.App"));
    }

    /** An image has the modules that are required, and no jdk.net. */
    @Test
    void inAnImage() throws Exception {
        assumeTrue(ToolProvider.findFirst("jlink").isPresent(), "this Java has no jlink");
        Path image = directory.resolve("image");
        String said = tool("jlink", "-p", path(), "--add-modules", "app", "--output", image.toString());
        assumeTrue(!said.contains("jmods"), "this Java has no modules to link: " + said);
        assertEquals("", said);
        String java = image.resolve("bin/java").toString();
        assertEquals(
                "app\nio.sockfd\njava.base\n",
                Child.run(List.of(java, "--list-modules")).replaceAll("@.*", ""));
        assertEquals(PackedIT.WORKS, Child.run(List.of(java, ACCESS, "-m", "app/app.App")));
        assertTrue(Child.run(List.of(java, "-Dsockfd.backend=jni", "-m", "app/app.App"))
                .startsWith("jni works"));
    }
}
