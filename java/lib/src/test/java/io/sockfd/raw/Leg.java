package io.sockfd.raw;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Starts a child JVM like this one: same Java, same class path, same backend unless the options say otherwise. */
public final class Leg {
    private static final long TIMEOUT_S = 60;
    private static final String BACKEND = System.getProperty("sockfd.backend", "");

    /** What a child said, both streams in one, and how it ended. */
    public record Result(int status, String output) {}

    private Leg() {}

    /** Whether long tests take their whole time: in the profile grid, which runs those that are tagged so. */
    public static boolean isLong() {
        return Boolean.getBoolean("sockfd.grid");
    }

    /** The part of a table's rows that this leg takes: the legs share them, in the profile grid each takes all. */
    public static <T> List<T> part(List<T> rows) {
        if (System.getProperty("sockfd.grid") != null) {
            return rows;
        }
        int legs = 5;
        int backend = List.of("ffm", "jnr", "jni").indexOf(BACKEND);
        int leg = Math.max(backend, 0) + (Runtime.version().feature() < 22 ? 2 : 0);
        return IntStream.range(0, rows.size())
                .filter(i -> i % legs == leg)
                .mapToObj(rows::get)
                .toList();
    }

    /** Whether this leg's backend promises to allocate nothing: jnr-ffi does for some calls. */
    public static boolean allocatesNothing() {
        return !BACKEND.equals("jnr");
    }

    public static Result run(List<String> options, String mainClass, String... arguments)
            throws IOException, InterruptedException {
        return runUnder(List.of(), options, mainClass, arguments);
    }

    /** Started by another command, {@code env} for one, which is given the JVM's as its arguments. */
    public static Result runUnder(List<String> launcher, List<String> options, String mainClass, String... arguments)
            throws IOException, InterruptedException {
        return runUnder(TIMEOUT_S, launcher, options, mainClass, arguments);
    }

    /** With another patience, in seconds. */
    public static Result runUnder(
            long seconds, List<String> launcher, List<String> options, String mainClass, String... arguments)
            throws IOException, InterruptedException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(launcher);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= 22
                && options.stream().noneMatch(o -> o.startsWith("--enable-native-access"))) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        if (options.stream().noneMatch(o -> o.matches("-XX:(Tiered|[+]Use\\w+GC).*"))) {
            command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")); // most children live for a second
        }
        command.add("-Dsockfd.backend=" + BACKEND);
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, mainClass));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile("sockfd-child", ".log");
        try {
            Process child = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!child.waitFor(seconds, TimeUnit.SECONDS)) {
                child.destroyForcibly().waitFor();
                throw new IOException("no end after " + seconds + " s: " + command + "\n" + Files.readString(output));
            }
            return new Result(child.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            Files.delete(output);
        }
    }
}
