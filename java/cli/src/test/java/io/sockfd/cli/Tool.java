package io.sockfd.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A command that goes on until it is told to end; its stdin and stdout are files. */
public final class Tool implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 20;

    private final Process process;
    private final BufferedReader err;
    private final StringBuilder said = new StringBuilder();

    private Tool(Process process) {
        this.process = process;
        err = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
    }

    /** Starts it. */
    public static Tool start(@Nullable Path in, Path out, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(Child.interruptibleJava());
        command.addAll(Child.nativeAccess("-XX:TieredStopAtLevel=1", "-Dsockfd.backend=" + Child.backend()));
        command.addAll(Child.tool());
        command.addAll(List.of(arguments));
        return new Tool(new ProcessBuilder(command)
                .redirectInput(in == null ? Path.of("/dev/null").toFile() : in.toFile())
                .redirectOutput(out.toFile())
                .start());
    }

    /** Waits for a line on stderr, and gives what follows these words in it. */
    public String await(String words) throws IOException {
        String line;
        while ((line = err.readLine()) != null) {
            said.append(line).append('\n');
            int at = line.indexOf(words);
            if (at >= 0) {
                return line.substring(at + words.length());
            }
        }
        throw new AssertionError("it ended without '" + words + "': " + said);
    }

    /** Sends SIGINT, and waits for the end. */
    public int interrupt() throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start();
        if (kill.waitFor() != 0) {
            throw new AssertionError("kill failed");
        }
        return awaitEnd();
    }

    /** The exit status. */
    public int awaitEnd() throws IOException, InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("no end after " + PATIENCE_SECONDS + " s: " + said);
        }
        err.lines().forEach(line -> said.append(line).append('\n'));
        return process.exitValue();
    }

    /** What came on stderr so far. */
    public String said() {
        return said.toString();
    }

    /** Whether a program is on the PATH. */
    public static boolean isInstalled(String program) {
        return Stream.of("/usr/bin/", "/usr/sbin/", "/bin/", "/usr/local/bin/")
                .anyMatch(directory -> Files.isExecutable(Path.of(directory + program)));
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        err.close();
    }
}
