package io.sockfd.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that takes part, spoken to in lines; it ends with {@link #close}, or with us. */
public final class Child implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 5;

    private final Process process;
    private final BufferedReader out;
    private final Writer in;

    private Child(List<String> command) throws IOException {
        process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        in = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    }

    /** Starts one of the programs of {@code native/bench}, pinned as {@code where} says. */
    public static Child program(List<String> where, String name, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(where);
        command.add(Native.file(name).toString());
        return new Child(with(command, arguments));
    }

    /**
     * Starts a JVM with this one's flags and class path, and with this class's own copy of the library, pinned as {@code where}
     * says. Its main should begin with {@link #endWithParent}.
     */
    public static Child java(List<String> where, Class<?> main, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(where);
        command.add(Jvm.launcher());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", Jvm.classPathWithOwnLibrary(), main.getName()));
        return new Child(with(command, arguments));
    }

    private static List<String> with(List<String> command, Object... arguments) {
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return command;
    }

    public long pid() {
        return process.pid();
    }

    /** The next line that it prints. */
    public String line() throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw new IOException(
                    "a child process ended: " + process.info().command().orElse("it is gone"));
        }
        return line;
    }

    /** Tells it a line. */
    public void tell(String line) throws IOException {
        in.write(line + "\n");
        in.flush();
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        out.close();
        process.getErrorStream().close();
        process.getOutputStream().close();
    }

    /** Called in a child: the end of its standard input is the end of it. */
    public static void endWithParent() {
        Thread watch = new Thread(() -> {
            try {
                System.in.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                System.err.println("end of input: " + e.getMessage());
            }
            Runtime.getRuntime().halt(0);
        });
        watch.setDaemon(true);
        watch.start();
    }
}
