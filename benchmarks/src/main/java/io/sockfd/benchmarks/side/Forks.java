package io.sockfd.benchmarks.side;

import com.google.gson.Gson;
import io.sockfd.benchmarks.Processors;
import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Starts the JVMs that measure. */
public final class Forks {
    private static final long LIMIT_SECONDS = 300;
    /** The properties that a measuring JVM has from this one. */
    private static final List<String> PASSED =
            List.of("sockfd.bench.native", "sockfd.bench.jar", "sockfd.home", "sockfd.ffm.via");

    private Forks() {}

    /**
     * Measures a row once.
     *
     * @param fork which of the forks this is: each begins with another contestant
     * @throws IOException when the JVM failed; the message has what it said
     */
    public static ForkResult run(Row row, List<Who> who, int fork, Settings settings)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("sockfd-bench", ".json");
        Path log = Files.createTempFile("sockfd-bench", ".log");
        try {
            Process process = new ProcessBuilder(command(row, who, fork, settings, output))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .redirectInput(new File("/dev/null"))
                    .start();
            try (Leash leash = new Leash(process)) {
                if (!leash.process().waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                    throw new IOException(row.id() + " was not done after " + LIMIT_SECONDS + " s");
                }
            }
            if (process.exitValue() != 0) {
                throw new IOException(row.id() + ": " + Files.readString(log).strip());
            }
            return new Gson().fromJson(Files.readString(output), ForkResult.class);
        } finally {
            Files.deleteIfExists(output);
            Files.deleteIfExists(log);
        }
    }

    private static List<String> command(Row row, List<Who> who, int fork, Settings settings, Path output) {
        List<String> command = new ArrayList<>();
        if (row.pace() == null && !row.isOnAllProcessors() && Processors.canGoFirst()) {
            command.addAll(Processors.FIRST);
        }
        if (settings.cpu() >= 0 && !row.isOnAllProcessors()) {
            command.addAll(List.of("taskset", "-c", Integer.toString(settings.cpu())));
        }
        command.addAll(java());
        command.addAll(List.of(
                Fork.class.getName(),
                row.id(),
                who.stream().map(Who::id).collect(Collectors.joining(",")),
                Integer.toString(fork),
                new Gson().toJson(settings),
                output.toString()));
        return command;
    }

    /** This JVM's own launcher with the flags that all measurements share. */
    public static List<String> java() {
        List<String> java = new ArrayList<>();
        java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= 22) {
            java.add("--enable-native-access=ALL-UNNAMED");
        }
        if (Runtime.version().feature() >= 24) {
            java.add("--sun-misc-unsafe-memory-access=allow");
        }
        java.addAll(List.of("-XX:+UseSerialGC", "-Xms256m", "-Xmx256m", "-Xmn128m"));
        for (String name : PASSED) {
            String value = System.getProperty(name);
            if (value != null) {
                java.add("-D" + name + "=" + value);
            }
        }
        java.addAll(List.of("-Dfile.encoding=" + StandardCharsets.UTF_8, "-cp", System.getProperty("java.class.path")));
        return java;
    }

    /** Ends a process with this one, or when it is closed, whichever comes first. */
    private static final class Leash implements AutoCloseable {
        private final Process process;
        private final Thread hook;

        /**
         * Takes a process that has just been started.
         *
         * @throws IOException when this one is ending already; the other is ended then
         */
        Leash(Process process) throws IOException {
            this.process = process;
            hook = new Thread(process::destroyForcibly, "leash");
            try {
                Runtime.getRuntime().addShutdownHook(hook);
            } catch (IllegalStateException e) {
                process.destroyForcibly();
                throw new IOException("interrupted", e);
            }
        }

        Process process() {
            return process;
        }

        @Override
        public void close() {
            process.destroyForcibly();
            try {
                boolean unused = Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // it runs
            }
        }
    }
}
