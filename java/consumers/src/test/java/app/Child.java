package app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts programs, JVMs of the Java that runs the tests among them, and says what they print. */
final class Child {
    static final int JAVA = Runtime.version().feature();
    static final Path HOME = Path.of(System.getProperty("java.home"));

    private static final long TIMEOUT_S = 120;

    private Child() {}

    /** A JVM without the warnings that newer ones print about native access. */
    static String java(String... arguments) throws IOException, InterruptedException {
        return java(List.of(), arguments);
    }

    static String java(List<String> launcher, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(launcher);
        command.add(HOME.resolve("bin/java").toString());
        command.addAll(List.of(arguments));
        return run(command);
    }

    /** Both streams in one, without the lines of the JVM's warnings and empty ones. */
    static String run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("sockfd-consumer", ".log");
        try {
            Process child = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!child.waitFor(TIMEOUT_S, TimeUnit.SECONDS)) {
                child.destroyForcibly().waitFor();
                throw new IOException("no end after " + TIMEOUT_S + " s: " + command);
            }
            StringBuilder said = new StringBuilder();
            Files.readAllLines(output).stream()
                    .filter(line -> !line.isEmpty() && !line.startsWith("WARNING:"))
                    .forEach(line -> said.append(line).append('\n'));
            return said + (child.exitValue() == 0 ? "" : "status " + child.exitValue() + " of " + command + "\n");
        } finally {
            Files.delete(output);
        }
    }
}
