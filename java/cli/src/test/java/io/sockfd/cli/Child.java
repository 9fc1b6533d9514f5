package io.sockfd.cli;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Processes under test; none outlives its time. */
public final class Child {
    private static final int TIMEOUT_SECONDS = 90;
    private static final List<String> TOOL = findTool();

    /** What a process left behind. */
    public record Result(int status, String out, String err) {
        /** The lines of stderr. */
        public List<String> errLines() {
            return err.lines().toList();
        }
    }

    private Child() {}

    /** The command line in a JVM like this one, on the backend of this leg. */
    public static Result sockfd(String... arguments) throws IOException, InterruptedException {
        return java(nativeAccess("-Dsockfd.backend=" + backend()), arguments);
    }

    /** Java for a command that SIGINT ends: in the background of a shell a process inherits that it is ignored. */
    public static List<String> interruptibleJava() {
        return List.of("env", "--default-signal=INT", java().toString());
    }

    /** The options, and native access where it must be granted. */
    public static List<String> nativeAccess(String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        if (Runtime.version().feature() >= 22) {
            all.add("--enable-native-access=ALL-UNNAMED");
        }
        return all;
    }

    /** The command line with these options, and those of a short life on a busy machine. */
    public static Result java(List<String> options, String... arguments) throws IOException, InterruptedException {
        return run(options, tool(), arguments);
    }

    /** The same with another class path. */
    public static Result javaWith(String classPath, List<String> options, String... arguments)
            throws IOException, InterruptedException {
        return run(options, List.of("-cp", classPath, Main.class.getName()), arguments);
    }

    private static Result run(List<String> options, List<String> tool, String... arguments)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(java().toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(options);
        command.addAll(tool);
        command.addAll(List.of(arguments));
        return run(command, Map.of(), Path.of("."));
    }

    /** Any program. */
    public static Result run(List<String> command, Map<String, String> environment, Path directory)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("sockfd", ".out");
        Path err = Files.createTempFile("sockfd", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().keySet().removeAll(List.of("JAVA_HOME", "SOCKFD_JAVA_OPTS", "JAVA_TOOL_OPTIONS"));
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError("no end after " + TIMEOUT_SECONDS + " s: " + command + text(out) + text(err));
            }
            return new Result(process.exitValue(), text(out), text(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    public static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    public static String backend() {
        return System.getProperty("sockfd.backend", "");
    }

    public static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** The end of a java command that starts our command line: the class path, the archive of its classes, and the class. */
    public static List<String> tool() {
        return TOOL;
    }

    private static List<String> findTool() {
        String main = Main.class.getName();
        try {
            Path code = Path.of(Main.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return Files.isDirectory(code)
                    ? List.of("-cp", classPath(), main)
                    : List.of(
                            "-XX:SharedArchiveFile=" + ClassArchive.of(code),
                            "-Xlog:disable",
                            "-cp",
                            code.toString(),
                            main);
        } catch (IOException | InterruptedException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The class path of an application that does not have jnr-ffi; the manifest of our jar would add it. */
    public static String classPathWithoutJnr() {
        return Stream.of(classPath().split(":", -1))
                .filter(entry -> !entry.contains("/jnr-") && !entry.contains("/jffi-"))
                .map(entry -> entry.replaceFirst("/sockfd-cli-[^/]*\\.jar$", "/classes"))
                .collect(Collectors.joining(":"));
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
