package io.sockfd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A list fits the terminal, whatever its size. */
@Tag("once")
class ScreenTest {
    private static List<String> fit(int lines, int rows, int columns) {
        StringBuilder text = new StringBuilder();
        List<String> list = IntStream.range(0, lines)
                .mapToObj(i -> "line " + i + " " + "x".repeat(i))
                .toList();
        Screen.fit(text, List.of("the head"), list, rows, columns);
        return List.of(text.toString().replace("\033[K", "").split("\r\n", -1));
    }

    @Test
    void aListThatHasRoomIsWhole() {
        assertEquals(List.of("the head", "line 0 ", "line 1 x"), fit(2, 24, 80));
        assertEquals(List.of("the head"), fit(0, 24, 80));
    }

    @Test
    void whatHasNoRoomIsCounted() {
        assertEquals(List.of("the head", "line 0 ", "… 9 more lines"), fit(10, 3, 80));
        for (int rows = 1; rows < 40; rows++) {
            for (int columns = 1; columns < 40; columns++) {
                List<String> shown = fit(30, rows, columns);
                assertTrue(shown.size() <= Math.max(2, rows), rows + " rows: " + shown);
                for (String line : shown) {
                    assertTrue(line.length() <= columns, columns + " columns: " + line);
                }
            }
        }
    }
}
