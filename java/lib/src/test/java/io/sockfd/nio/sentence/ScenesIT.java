package io.sockfd.nio.sentence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sockfd.Virtual;
import io.sockfd.nio.twin.Outcome;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Each scene on the JDK's provider and on ours, with threads of both kinds. One of them: {@code -Dsockfd.scene=linger}. */
@Tag("later")
class ScenesIT {
    private static final String ONLY = System.getProperty("sockfd.scene", "");
    private static final int AT_ONCE = 16;
    private static final boolean OLD = Runtime.version().feature() < 22;

    static List<Scenes.Scene> scenes() {
        Scenes scenes = new Scenes();
        StreamScenes.add(scenes);
        AdaptorScenes.add(scenes);
        SelectorScenes.add(scenes);
        DatagramScenes.add(scenes);
        AddressScenes.add(scenes);
        SharedScenes.add(scenes);
        KeyScenes.add(scenes);
        return scenes.all();
    }

    @TestFactory
    Stream<DynamicTest> bothTellTheSame() {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, task -> {
            Thread thread = new Thread(task, "scenes");
            thread.setDaemon(true);
            return thread;
        });
        List<DynamicTest> tests = new ArrayList<>();
        for (Scenes.Scene scene : scenes()) {
            if (scene.name().contains(ONLY)) {
                Future<String> jdks = threads.submit(() -> play(Providers.JDK, Providers.OURS, scene, false));
                add(tests, scene.name(), jdks, threads.submit(() -> play(Providers.OURS, Providers.JDK, scene, false)));
                if (Virtual.available()) {
                    add(
                            tests,
                            scene.name() + " (virtual)",
                            jdks,
                            threads.submit(() -> play(Providers.OURS, Providers.JDK, scene, true)));
                }
            }
        }
        threads.shutdown();
        return tests.stream();
    }

    private static void add(List<DynamicTest> tests, String name, Future<String> jdks, Future<String> ours) {
        tests.add(DynamicTest.dynamicTest(name, () -> compare(plain(jdks.get()), plain(ours.get()))));
    }

    /** Line by line, so that a long one shows what differs. */
    private static void compare(List<String> jdks, List<String> ours) {
        List<String> expected = new ArrayList<>(jdks);
        List<String> actual = new ArrayList<>(ours);
        expected.removeAll(ours);
        actual.removeAll(jdks);
        assertEquals(expected, actual);
    }

    /** The JDK's IOException of a broken pipe may be its subclass; Java 17 calls asynchronous what was closed before, too. */
    private static List<String> plain(String told) {
        String plain = told.replace("SocketException", "IOException");
        return (OLD ? plain.replace("AsynchronousCloseException", "ClosedChannelException") : plain)
                .lines()
                .toList();
    }

    private static String play(SelectorProvider provider, SelectorProvider foreign, Scenes.Scene scene, boolean virtual)
            throws Exception {
        AtomicReference<String> told = new AtomicReference<>("");
        new Work(
                        () -> {
                            try (Case c = new Case(provider, foreign, virtual)) {
                                told.set(Outcome.of(() -> scene.body().play(c)));
                            }
                        },
                        virtual)
                .done();
        return String.valueOf(told.get());
    }
}
