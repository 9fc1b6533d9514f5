package io.sockfd.nio.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.nio.SockfdSelectorProvider;
import java.io.IOException;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Steps in states, and pairs of steps, on the JDK's channels and on ours: a part of them, with {@code -Dsockfd.grid=true}
 * each step in each state and {@value #GRID_PAIRS} times fewer than all pairs. {@code -Dsockfd.twin.pairs=1} takes all.
 */
@Tag("grid")
@Tag("later")
class TwinsIT {
    private static final String ONLY = System.getProperty("sockfd.twin", "");

    private static final int GRID_PAIRS = 2_003;
    private static final int NEW_ADAPTORS = 22; // Java 17's let exceptions of channels through

    private static final boolean GRID = Boolean.getBoolean("sockfd.grid");
    private static final int STEPS = Integer.getInteger("sockfd.twin.steps", GRID ? 1 : 29);
    private static final int PAIRS = Integer.getInteger("sockfd.twin.pairs", GRID ? GRID_PAIRS : 9973);

    @TestFactory
    Stream<DynamicTest> bothGiveTheSame() {
        List<Table<?>> tables = new ArrayList<>(StreamTwins.tables());
        tables.addAll(ServerTwins.tables());
        tables.addAll(DatagramTwins.tables());
        if (Runtime.version().feature() >= NEW_ADAPTORS) {
            tables.addAll(SocketTwins.tables());
            tables.addAll(PacketTwins.tables());
        }
        tables.addAll(PipeTwins.tables());
        tables.addAll(SelectorTwins.tables());
        tables.addAll(ExtendedTwins.tables());
        return tables.stream()
                .filter(table -> table.name().contains(ONLY))
                .map(table -> DynamicTest.dynamicTest(table.name(), () -> {
                    List<String> differences = table.differences(STEPS, PAIRS);
                    assertTrue(
                            differences.isEmpty(),
                            () -> differences.size() + " differences\n" + String.join("\n", differences));
                }));
    }

    @Test
    void theJdksOptionsAreAmongOurs() throws IOException {
        assertEquals(List.of(), ExtendedTwins.missing(SelectorProvider.provider(), new SockfdSelectorProvider()));
    }
}
