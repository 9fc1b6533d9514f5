package io.sockfd.benchmarks.side;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What else runs on this machine: by the processor time of every process, proc_pid_stat(5). */
public final class Others {
    private static final double TICKS_IN_SECOND = 100; // USER_HZ, which user space has seen on every machine since 2.6
    private static final double MUCH = 0.05;
    private static final double TOO_MUCH = 0.25;
    private static final int MOST_NAMED = 5;
    private static final int UTIME = 11; // in the words after the name, which may have blanks
    private static final int STIME = 12;

    private record Spent(String name, long ticks) {}

    private Others() {}

    /**
     * Watches for some time.
     *
     * @return who used how much of a processor, most first; empty while all together used less than a quarter of one
     */
    public static List<String> running(Duration watched) throws IOException, InterruptedException {
        Map<Long, Spent> before = all();
        Thread.sleep(watched.toMillis());
        double ticks = watched.toMillis() / 1000.0 * TICKS_IN_SECOND;
        Map<String, Double> used = new HashMap<>();
        all().forEach((pid, now) -> {
            Spent then = before.get(pid);
            double part = then == null ? 0 : (now.ticks - then.ticks) / ticks;
            if (pid != ProcessHandle.current().pid() && part > 0) {
                used.put(now.name + " (pid " + pid + ")", part);
            }
        });
        if (used.values().stream().mapToDouble(Double::doubleValue).sum() < TOO_MUCH) {
            return List.of();
        }
        return used.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .filter(each -> each.getValue() >= MUCH)
                .limit(MOST_NAMED)
                .map(each -> String.format(Locale.ROOT, "%s uses %.0f %%", each.getKey(), each.getValue() * 100))
                .toList();
    }

    private static Map<Long, Spent> all() throws IOException {
        Map<Long, Spent> all = new HashMap<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                Spent spent = spentBy(process);
                if (spent != null) {
                    all.put(Long.valueOf(process.getFileName().toString()), spent);
                }
            }
        }
        return all;
    }

    /** Null for a process that has ended. */
    private static @Nullable Spent spentBy(Path process) {
        try {
            String stat = Files.readString(process.resolve("stat"));
            int end = stat.lastIndexOf(')');
            String[] words = stat.substring(end + 2).split(" ", -1);
            return new Spent(
                    stat.substring(stat.indexOf('(') + 1, end),
                    Long.parseLong(words[UTIME]) + Long.parseLong(words[STIME]));
        } catch (IOException e) {
            return null;
        }
    }
}
