package io.sockfd.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.cli.Child;
import io.sockfd.cli.Engines;
import io.sockfd.raw.Backend;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The demonstration on the backend of this leg. */
class DemoIT {
    private static final List<String> CONVERSATIONS =
            List.of("TCP echo by epoll", "UDP both ways", "UNIX stream pair", "UNIX seqpacket pair", "ICMP echo");

    private static void assertHeld(Child.Result result) {
        assertHeld(result, "epoll");
    }

    private static void assertHeld(Child.Result result, String engine) {
        assertEquals(0, result.status(), result.out() + result.err());
        List<String> lines = result.out().lines().toList();
        assertEquals(CONVERSATIONS.size(), lines.size(), result.out());
        for (int i = 0; i < lines.size(); i++) {
            String start = "(ok  |skip)  " + Child.backend() + " +"
                    + CONVERSATIONS.get(i).replace("epoll", engine) + " .*";
            assertTrue(lines.get(i).matches(start), lines.get(i));
            // only ping needs a right
            assertTrue(i == CONVERSATIONS.size() - 1 || lines.get(i).startsWith("ok"), lines.get(i));
        }
    }

    @Test
    void everyConversationIsHeld() throws Exception {
        assertHeld(Child.sockfd("demo", "--no-cost"));
    }

    @Test
    void theServerRunsOnEitherEngine() throws Exception {
        Engines.assumeRings();
        assertHeld(Child.sockfd("demo", "--no-cost", "--engine", "uring"), "uring");
    }

    @Test
    @Tag("once")
    void theOptionChoosesTheBackendToo() throws Exception {
        assertHeld(Child.java(Child.nativeAccess(), "demo", "--no-cost", "--backend", Child.backend()));
    }

    @Test
    @Tag("once")
    void withoutAChoiceEachBackendHasItsLines() throws Exception {
        Child.Result result = Child.java(Child.nativeAccess(), "demo", "--no-cost");
        assertEquals(0, result.status(), result.out() + result.err());
        for (String backend : Backend.NAMES) {
            assertTrue(
                    result.out().lines().anyMatch(line -> line.matches("(ok  |skip)  " + backend + " .*")),
                    result.out());
        }
    }

    @Test
    void everyContestantIsTimed() throws Exception {
        try (CallCost measurement = new CallCost(List.of(Backend.chosen()))) {
            List<CallCost.Cost> costs = measurement.measure();
            assertEquals(
                    List.of(Child.backend(), "java.nio"),
                    costs.stream().map(CallCost.Cost::name).toList());
            assertEquals(1.0, costs.get(0).exchangeRatio());
            assertEquals(1.0, costs.get(0).callRatio().orElseThrow());
            assertTrue(costs.get(0).call().orElseThrow() < costs.get(0).exchange(), costs.toString());
            assertTrue(costs.get(1).call().isEmpty());
            // two trips into the kernel take longer than 20 ns, and less than 1 ms
            for (CallCost.Cost cost : costs) {
                assertTrue(cost.exchange() > 20 && cost.exchange() < 1e6, costs.toString());
            }
        }
    }
}
