package io.sockfd.examples;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.Socket;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The programs that the tests start. */
final class Programs {
    static final Path EXAMPLES = Path.of("..", "examples");

    private Programs() {}

    /** One of java/examples from its source, on the Java and the backend of this leg. */
    static Program example(String name, String... arguments) throws IOException {
        return Program.start(exampleCommand(name, arguments));
    }

    /** As the example's header says: the library's jar alone, and jnr-ffi where that is the backend. */
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
        command.addAll(List.of("-cp", backend.equals("jnr") ? classPath() : library(), source(name)));
        command.addAll(List.of(arguments));
        return command;
    }

    private static String source(String name) {
        return EXAMPLES.resolve(name + ".java").toString();
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
