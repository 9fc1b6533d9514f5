package io.sockfd.benchmarks.count;

import io.sockfd.benchmarks.side.Forks;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Processes that count, and those that tell whether that is possible here. */
final class Children {
    private Children() {}

    /** Runs {@link Counted}, under another program if there are words before; gives what it printed. */
    static List<String> counted(List<String> before, List<String> options, List<String> arguments, long limitSeconds)
            throws IOException, InterruptedException {
        List<String> java = Forks.java();
        List<String> command = new ArrayList<>(before);
        command.add(java.get(0));
        command.addAll(options);
        command.addAll(java.subList(1, java.size()));
        command.add(Counted.class.getName());
        command.addAll(arguments);
        return run(command, limitSeconds);
    }

    /** Who said that it could not take part, and why. */
    static Map<Subject, String> absent(List<String> lines) {
        Map<Subject, String> absent = new HashMap<>();
        for (String line : lines) {
            if (line.startsWith(Counted.ABSENT)) {
                String[] words = line.substring(Counted.ABSENT.length()).split(" ", 2);
                absent.put(Subject.of(words[0]), words[1]);
            }
        }
        return absent;
    }

    /**
     * Runs a program to its end.
     *
     * @throws IOException when it failed; the message has what it said
     */
    static List<String> run(List<String> command, long limitSeconds) throws IOException, InterruptedException {
        Path log = Files.createTempFile("sockfd-count", ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .redirectInput(new File("/dev/null"))
                    .start();
            try {
                if (!process.waitFor(limitSeconds, TimeUnit.SECONDS)) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    throw new IOException("no end after " + limitSeconds + " s: " + String.join(" ", command));
                }
            } finally {
                process.destroyForcibly();
            }
            if (process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + ": status " + process.exitValue() + ": "
                        + Files.readString(log).strip());
            }
            return Files.readAllLines(log);
        } finally {
            Files.deleteIfExists(log);
        }
    }
}
