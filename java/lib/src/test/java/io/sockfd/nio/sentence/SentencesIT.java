package io.sockfd.nio.sentence;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Virtual;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every sentence on the JDK's provider and on ours, in one JVM. One that fails on the JDK's is wrong itself. A part of the
 * table: {@code -Dsockfd.sentence=SocketChannel.connect}.
 */
class SentencesIT {
    private static final String ONLY = System.getProperty("sockfd.sentence", "");
    private static final int AT_ONCE = 6;

    static List<Row> rows() {
        Table table = new Table();
        SelectableChannelRows.add(table);
        ConnectRows.add(table);
        StreamIoRows.add(table);
        ServerRows.add(table);
        DatagramRows.add(table);
        SelectorRows.add(table);
        KeyRows.add(table);
        OptionRows.add(table);
        MulticastRows.add(table);
        PipeRows.add(table);
        UnixRows.add(table);
        AdaptorRows.add(table);
        JavaSocketRows.add(
                table,
                new JavaSocketRows.Kind(
                        "SocketChannel.socket()", true, c -> c.channel().socket()));
        JavaSocketRows.add(table, new JavaSocketRows.Kind("Socket", false, c -> Providers.javaSocket(c.provider())));
        return table.rows();
    }

    @Test
    void everyIdIsOne() {
        Set<String> ids = new HashSet<>();
        for (Row row : rows()) {
            assertTrue(ids.add(row.id()), row.id());
        }
        assertTrue(ids.size() >= 300, ids.size() + " rows");
    }

    /** The rows run side by side, because most of their time they wait. */
    @TestFactory
    Stream<DynamicContainer> everySentenceHolds() {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, task -> {
            Thread thread = new Thread(task, "sentences");
            thread.setDaemon(true);
            return thread;
        });
        List<DynamicContainer> containers = Stream.of(Providers.JDK, Providers.OURS)
                .distinct()
                .map(provider -> DynamicContainer.dynamicContainer(Providers.name(provider), tests(provider, threads)))
                .toList();
        threads.shutdown();
        return containers.stream();
    }

    private static List<DynamicTest> tests(SelectorProvider provider, ExecutorService threads) {
        List<DynamicTest> tests = new ArrayList<>();
        for (Row row : rows()) {
            if (row.since() > Runtime.version().feature() || !row.toString().contains(ONLY)) {
                continue;
            }
            tests.add(test(row.toString(), threads.submit(() -> run(provider, row, false))));
            if (row.waits() && Virtual.available()) {
                tests.add(test(row + " (virtual)", threads.submit(() -> run(provider, row, true))));
            }
        }
        return tests;
    }

    private static DynamicTest test(String name, Future<?> outcome) {
        return DynamicTest.dynamicTest(name, () -> {
            try {
                outcome.get();
            } catch (ExecutionException e) {
                throw e.getCause();
            }
        });
    }

    private static @Nullable Void run(SelectorProvider provider, Row row, boolean virtual) throws Exception {
        SelectorProvider foreign = Providers.JDK.equals(provider) ? Providers.OURS : Providers.JDK;
        new Work(
                        () -> {
                            try (Case c = new Case(provider, foreign, virtual)) {
                                row.body().run(c);
                            }
                        },
                        virtual)
                .done();
        return null;
    }
}
