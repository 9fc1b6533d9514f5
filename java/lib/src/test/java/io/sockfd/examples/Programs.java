package io.sockfd.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.Socket;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The programs that the tests start. */
final class Programs {
    static final Path EXAMPLES = Path.of("..", "examples");
    private static final Path COMPILED = temporary();

    private Programs() {}

    /** One of java/examples, on the Java and the backend of this leg. */
    static Program example(String name, String... arguments) throws IOException {
        return Program.start(exampleCommand(name, arguments));
    }

    /**
     * As the example's header says: the library's jar alone, and jnr-ffi where that is the backend. In the profile grid
     * from its source, as there; else compiled before: the compiler takes longer than most examples.
     */
    static List<String> exampleCommand(String name, String... arguments) {
        String backend = System.getProperty("sockfd.backend", "");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // a short life on a busy machine
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        if (!backend.isEmpty()) {
            command.add("-Dsockfd.backend=" + backend);
        }
        String path = backend.equals("jnr") ? classPath() : library();
        if (System.getProperty("sockfd.grid") != null) {
            command.addAll(List.of("-cp", path, source(name)));
        } else {
            command.addAll(List.of("-cp", compiled(name) + File.pathSeparator + path, name));
        }
        command.addAll(List.of(arguments));
        return command;
    }

    private static String source(String name) {
        return EXAMPLES.resolve(name + ".java").toString();
    }

    /** The folder of its classes, each example in its own. */
    private static synchronized Path compiled(String name) {
        Path classes = COMPILED.resolve(name);
        if (!Files.exists(classes)) {
            StringWriter said = new StringWriter();
            JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
            StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
            List<String> options = List.of("-proc:none", "-cp", library(), "-d", classes.toString());
            boolean good = compiler.getTask(said, files, null, options, null, files.getJavaFileObjects(source(name)))
                    .call();
            assertTrue(good, said::toString);
        }
        return classes;
    }

    private static Path temporary() {
        try {
            Path folder = Files.createTempDirectory("sockfd-examples");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String library() {
        try {
            return Path.of(Socket.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** A script, with its arguments in {@code sys.argv[1:]}; skips the test where there is no python3. */
    static Program python(String script, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("python3", "-u", "-c", script));
        command.addAll(List.of(arguments));
        return tool(command);
    }

    /** socat; skips the test where there is none. */
    static Program socat(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("socat", "-t", "20"));
        command.addAll(List.of(arguments));
        return tool(command);
    }

    /** curl, without a proxy; skips the test where there is none. */
    static Program curl(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("curl", "-sS", "--noproxy", "*", "--max-time", "20"));
        command.addAll(List.of(arguments));
        return tool(command);
    }

    static Program tool(List<String> command) throws IOException {
        assumeTool(command.get(0));
        return Program.start(command);
    }

    static void assumeTool(String name) {
        assumeTrue(isThere(name), name + " is not installed");
    }

    static boolean isThere(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
    }
}
