package io.sockfd;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sends and receives with all combinations of flags, on sockets of each type, in all states of both sides, held against a
 * program in C that makes the same calls on the same kernel (native/oracle/flags). The rows are made here and read there, so
 * that the two cannot drift. What the library does on purpose in another way is in {@link FlagsRow#forC}, with its reason;
 * what it says in another way (an end is -1, a time that is over an exception) is brought back to C's in {@link FlagsCall}.
 *
 * <p>A run takes a part of the rows; {@code -Dsockfd.grid=true} takes all, {@code -Dsockfd.grid.part} one in so many,
 * {@code -Dsockfd.grid.seed} chooses others, and {@code -Dsockfd.grid.rows} those whose text has a match of this.
 */
@Tag("once")
@Tag("grid")
class FlagsGridIT {
    private static final Path ORACLE =
            Path.of(System.getProperty("sockfd.root", "../.."), "native/target/oracle-flags");
    private static final int AT_ONCE = 48;
    private static final int PART = Integer.getInteger("sockfd.grid.part", Boolean.getBoolean("sockfd.grid") ? 1 : 150);
    private static final String ROWS = System.getProperty("sockfd.grid.rows", "");
    private static final long WAITS_MS = 60;
    private static final long SURELY_WAITS_MS = 500;
    private static final int SHOWN = 60;
    private static final int ASKED_AGAIN = 400;

    @TempDir
    private Path directory = Path.of("");

    private static List<FlagsRow> chosen(List<FlagsRow> all) {
        Random random = new Random(Long.getLong("sockfd.grid.seed", 1));
        List<FlagsRow> rows = new ArrayList<>(all);
        rows.removeIf(row -> PART > 1 && random.nextInt(PART) != 0);
        java.util.regex.Pattern wanted = java.util.regex.Pattern.compile(ROWS);
        rows.removeIf(row -> !wanted.matcher(row.toString()).find());
        return rows;
    }

    @Test
    @Timeout(3600)
    void callsAnswerAsThoseOfC() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(ORACLE), () -> "the C oracle was not built: " + ORACLE);
        List<FlagsRow> all = FlagsRow.all();
        List<FlagsRow> rows = chosen(all);
        int chosen = rows.size();
        if (!mayMakeRawSockets()) {
            rows.removeIf(row -> row.type().isPrivileged());
            System.out.println("flags: " + (chosen - rows.size()) + " rows of raw and packet sockets are left out: they"
                    + " need CAP_NET_RAW");
        }
        Map<FlagsRow, String> differences = differences(rows, AT_ONCE, WAITS_MS);
        int first = differences.size();
        // on a busy machine a call may be late, here or there: what differs is asked again, alone
        for (int i = 0; i < 2 && !differences.isEmpty() && differences.size() < ASKED_AGAIN + rows.size() / 100; i++) {
            differences = differences(List.copyOf(differences.keySet()), 1, SURELY_WAITS_MS);
        }
        System.out.println("flags: " + rows.size() + " of " + all.size() + " rows held against C, " + first
                + " asked again, " + differences.size() + " differ");
        assertTrue(!rows.isEmpty());
        List<String> shown = differences.values().stream().limit(SHOWN).toList();
        assertEquals("", String.join("\n", shown), () -> summary(shown.size()));
    }

    private static String summary(int shown) {
        return "the first " + shown;
    }

    private static boolean mayMakeRawSockets() {
        try (Socket socket = Socket.packet(SocketType.DGRAM, 0)) {
            return socket.isOpen();
        } catch (IOException e) {
            return false;
        }
    }

    private Map<FlagsRow, String> differences(List<FlagsRow> rows, int atOnce, long waitsMillis)
            throws IOException, InterruptedException {
        Map<String, String> theirs = ask(rows);
        ExecutorService pool = Executors.newFixedThreadPool(atOnce);
        Map<FlagsRow, Future<String>> results = new LinkedHashMap<>();
        for (FlagsRow row : rows) {
            results.put(row, pool.submit(() -> FlagsCall.answer(row, waitsMillis)));
        }
        pool.shutdown();
        Map<FlagsRow, String> differences = new LinkedHashMap<>();
        for (Map.Entry<FlagsRow, Future<String>> result : results.entrySet()) {
            FlagsRow row = result.getKey();
            String ours;
            try {
                ours = result.getValue().get();
            } catch (ExecutionException e) {
                ours = String.valueOf(e.getCause());
            }
            String c = String.valueOf(theirs.get(row.forC()));
            if (!row.accepts(c, ours)) {
                differences.put(row, row + ": C gives " + named(c) + ", we give " + named(ours));
            }
        }
        return differences;
    }

    /** With the names of the error numbers, for the eye. */
    private static String named(String answer) {
        return java.util.regex.Pattern.compile("-\\d+")
                .matcher(answer)
                .replaceAll(m -> Errno.ofResult(Long.parseLong(m.group())).name());
    }

    /** What C answers, by row. */
    private Map<String, String> ask(List<FlagsRow> rows) throws IOException, InterruptedException {
        List<String> lines = rows.stream().map(FlagsRow::forC).distinct().toList();
        Path input = Files.write(directory.resolve("rows"), lines, US_ASCII);
        Path output = directory.resolve("answers");
        Path errors = directory.resolve("errors");
        Process oracle = new ProcessBuilder(ORACLE.toString())
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        boolean ended = oracle.waitFor(PART > 1 ? 1 : 10, TimeUnit.MINUTES);
        oracle.descendants().forEach(ProcessHandle::destroyForcibly);
        oracle.destroyForcibly();
        assertTrue(ended, "a call of the oracle waits for ever");
        assertEquals(0, oracle.waitFor(), Files.readString(errors));
        Map<String, String> answers = new TreeMap<>();
        for (String line : Files.readAllLines(output, US_ASCII)) {
            int tab = line.indexOf('\t');
            answers.put(lines.get(Integer.parseInt(line.substring(0, tab))), line.substring(tab + 1));
        }
        assertEquals(lines.size(), answers.size());
        return answers;
    }
}
