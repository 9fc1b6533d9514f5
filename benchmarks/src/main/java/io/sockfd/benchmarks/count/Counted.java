package io.sockfd.benchmarks.count;

import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Operations;
import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.UnavailableException;
import io.sockfd.benchmarks.Who;
import java.lang.management.ManagementFactory;
import java.util.List;

/** The JVM that is counted: runs contestants in windows that the counter sees. */
final class Counted {
    static final String ABSENT = "absent ";

    /** What somebody counts, between a begin and an end. */
    interface Window {
        /** Runs a contestant until it is at its best, and then for the count. */
        void count(String name, Contestant contestant) throws Exception;
    }

    private Counted() {}

    /** Arguments: {@code calls}, {@code instructions} or {@code bytes}, and then {@code ROW=CONTESTANT,…} … */
    public static void main(String... args) throws Exception {
        Window window = switch (args[0]) {
            case "calls" -> new CallsWindow();
            case "instructions" -> new InstructionsWindow();
            case "bytes" -> new BytesWindow();
            default -> throw new IllegalArgumentException(args[0] + " cannot be counted");
        };
        for (String arg : List.of(args).subList(1, args.length)) {
            int equals = arg.indexOf('=');
            Row row = Operations.row(arg.substring(0, equals));
            for (String id : arg.substring(equals + 1).split(",", -1)) {
                count(window, row, Who.of(id));
            }
        }
        // netty and others leave threads behind
        System.exit(0);
    }

    private static void count(Window window, Row row, Who who) throws Exception {
        Subject subject = new Subject(row.id(), who.id());
        try (Contestant contestant = row.open(who)) {
            window.count(subject.toString(), contestant);
        } catch (UnavailableException e) {
            System.out.println(ABSENT + subject + " " + e.getMessage());
        }
    }

    /** The arguments for some rows with those contestants that are wanted. */
    static List<String> arguments(List<Row> rows, List<Who> wanted) {
        return rows.stream()
                .filter(row -> row.who().stream().anyMatch(wanted::contains))
                .map(row -> row.id() + "="
                        + String.join(
                                ",",
                                row.who().stream()
                                        .filter(wanted::contains)
                                        .map(Who::id)
                                        .toList()))
                .toList();
    }

    /**
     * Asks the JVM for what this thread has allocated. With {@code -Xbatch} a compiler is done when its code is next run, however
     * busy the machine is; the least of some rounds counts all the same.
     */
    private static final class BytesWindow implements Window {
        private static final int WARM_UP = 100_000; // a loop is compiled for good after 40,000 turns
        private static final int STEP = 100;
        private static final int ROUNDS = 10;
        private static final long MOST_WARM_UP_NANOS = 4_000_000_000L;
        private static final long MOST_ROUND_NANOS = 100_000_000;

        private final com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

        @Override
        public void count(String name, Contestant contestant) throws Exception {
            long start = System.nanoTime();
            int done = 0;
            while (done < WARM_UP && System.nanoTime() - start < MOST_WARM_UP_NANOS) {
                contestant.run(STEP);
                done += STEP;
            }
            long nanosEach = (System.nanoTime() - start) / done;
            int times = (int) Math.min(10_000, Math.max(STEP, MOST_ROUND_NANOS / Math.max(1, nanosEach)));
            long least = Long.MAX_VALUE;
            for (int round = 0; round < ROUNDS && least != 0; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                contestant.run(times);
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }
            System.out.println("bytes " + name + " " + (double) least / times);
        }
    }
}
