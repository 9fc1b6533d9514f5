package io.sockfd.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A process under test or its peer: it is talked with line by line, no wait is without end, and close ends it. */
public final class Program implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 40;

    private final String name;
    private final Process process;
    private final Thread outReader;
    private final Thread errReader;
    /** Both guarded by this. */
    private final StringBuilder out = new StringBuilder();

    private final StringBuilder err = new StringBuilder();
    /** How much of {@link #out} the caller has seen; guarded by this. */
    private int seen;

    private Program(List<String> command, Map<String, String> environment, Path input) throws IOException {
        name = String.join(" ", command);
        ProcessBuilder builder = new ProcessBuilder(command);
        if (!input.toString().isEmpty()) {
            builder.redirectInput(input.toFile());
        }
        // a JVM would mention them on stderr
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        builder.environment().putAll(environment);
        process = builder.start();
        outReader = reader(process.getInputStream(), out);
        errReader = reader(process.getErrorStream(), err);
    }

    public static Program start(List<String> command) throws IOException {
        return new Program(command, Map.of(), Path.of(""));
    }

    static Program start(List<String> command, Map<String, String> environment) throws IOException {
        return new Program(command, environment, Path.of(""));
    }

    /** With a file as its standard input. */
    static Program startOn(Path input, List<String> command) throws IOException {
        return new Program(command, Map.of(), input);
    }

    private Thread reader(InputStream from, StringBuilder to) {
        Thread thread = new Thread(() -> {
            byte[] piece = new byte[8192];
            try (from) {
                int length;
                while ((length = from.read(piece)) >= 0) {
                    synchronized (this) {
                        to.append(new String(piece, 0, length, UTF_8));
                        notifyAll();
                    }
                }
            } catch (IOException e) {
                return; // destroyed
            } finally {
                synchronized (this) {
                    notifyAll();
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Waits for the next line that begins so, past any other, and gives what follows the beginning. */
    public synchronized String await(String beginning) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            int end;
            while ((end = out.indexOf("\n", seen)) >= 0) {
                String line = out.substring(seen, end);
                seen = end + 1;
                if (line.startsWith(beginning)) {
                    return line.substring(beginning.length());
                }
            }
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0 || !outReader.isAlive()) {
                return fail("no line '" + beginning + "…' from " + this);
            }
            wait(Math.min(left, 100));
        }
    }

    /** Waits until stderr is as wanted. */
    public synchronized void awaitError(Predicate<String> wanted) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!wanted.test(err.toString())) {
            if (System.nanoTime() > deadline) {
                fail("not what was wanted on stderr from " + this);
            }
            wait(100);
        }
    }

    /** A line to its standard input. */
    public void say(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(UTF_8));
        process.getOutputStream().flush();
    }

    /** A text to its standard input, which ends with it. */
    public void sayAll(String text) throws IOException {
        process.getOutputStream().write(text.getBytes(UTF_8));
        process.getOutputStream().close();
    }

    /** Waits for its end; all that it wrote to stdout. */
    public String end(int status) throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            return fail("no end of " + this);
        }
        outReader.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        errReader.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        assertEquals(status, process.exitValue(), this::toString);
        synchronized (this) {
            return out.toString();
        }
    }

    /** Waits for an end without a failure; all that it wrote to stdout. */
    public String end() throws InterruptedException {
        return end(0);
    }

    public synchronized String errors() {
        return err.toString();
    }

    long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Asks it to end (SIGTERM), or else makes it. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                fail("SIGTERM does not end " + this);
            }
            outReader.join();
            errReader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }

    @Override
    public synchronized String toString() {
        return name + "\nstdout: " + out + "\nstderr: " + err;
    }
}
