package io.sockfd.wake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sockfd.raw.Leg;
import io.sockfd.wake.Round.Ending;
import io.sockfd.wake.Waits.Wait;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each call that can wait, in each family, ends by a close, an interrupt, a timeout and one that is set meanwhile, on platform and on virtual threads.
 * {@code -Dsockfd.wake.rounds=1000} makes the few rounds of each cell many.
 */
@Tag("grid")
class MatrixIT {
    private static final int ROUNDS = Integer.getInteger("sockfd.wake.rounds", Leg.isLong() ? 3 : 1);
    private static final int AT_ONCE = 24;
    private static final int MOST_AGAIN = 60;

    @TempDir
    private Path directory = Path.of("");

    @Test
    @Timeout(value = 8, unit = TimeUnit.HOURS)
    void everyWaitEnds() throws Exception {
        long start = System.nanoTime();
        List<Wait> waits = new Waits(Files.write(directory.resolve("file"), new byte[1 << 16])).all();
        List<Cell> cells = cells(waits);
        run(cells);
        cells.stream().filter(Cell::isLate).limit(MOST_AGAIN).forEach(Cell::again);
        System.out.println(MatrixTable.of(cells, System.nanoTime() - start));
        assertEquals(
                "",
                cells.stream()
                        .filter(cell -> cell.failure() != null)
                        .map(cell -> cell + " " + cell.failure())
                        .limit(40)
                        .collect(Collectors.joining("\n")));
    }

    private static List<Cell> cells(List<Wait> waits) {
        List<Cell> cells = new ArrayList<>();
        for (Wait wait : waits) {
            for (Threads threads : Threads.values()) {
                for (Ending ending : Ending.values()) {
                    if (threads.exist() && ending.reaches(wait)) {
                        cells.add(new Cell(wait, ending, threads, ROUNDS));
                    }
                }
            }
        }
        return cells;
    }

    private static void run(List<Cell> cells) throws InterruptedException {
        List<Cell> order = new ArrayList<>(cells);
        Collections.shuffle(order, new Random(1));
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
        order.forEach(pool::execute);
        pool.shutdown();
        if (!pool.awaitTermination(7, TimeUnit.HOURS)) {
            throw new AssertionError("the matrix has no end");
        }
    }
}
