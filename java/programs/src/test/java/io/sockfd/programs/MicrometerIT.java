package io.sockfd.programs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sockfd.Management;
import io.sockfd.SockfdMXBean;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The binder that the guide shows, and that the guide shows this one. */
class MicrometerIT {
    // what docs/observing.md shows begins here
    /** This library's counters as gauges of Micrometer. */
    static final class SockfdMetrics implements MeterBinder {
        private final SockfdMXBean counters = Management.counters();

        @Override
        public void bindTo(MeterRegistry registry) {
            // strong: a registry forgets an object of which nobody else knows, and shows NaN from then on
            Gauge.builder("sockfd.open", counters, SockfdMXBean::getOpenCount)
                    .description("open descriptors; -1 without -Dsockfd.leaks=list")
                    .strongReference(true)
                    .register(registry);
            Gauge.builder("sockfd.waiting.virtual.threads", counters, SockfdMXBean::getWaitingVirtualThreads)
                    .description("virtual threads that wait for a descriptor")
                    .strongReference(true)
                    .register(registry);
        }
    }
    // and ends here

    @Test
    void itsGaugesShowTheCountersAfterTheBinderIsCollected() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new SockfdMetrics().bindTo(registry);
        System.gc();
        SockfdMXBean counters = Management.counters();
        assertEquals(
                counters.getOpenCount(), registry.get("sockfd.open").gauge().value());
        assertEquals(
                counters.getWaitingVirtualThreads(),
                registry.get("sockfd.waiting.virtual.threads").gauge().value());
    }

    @Test
    void theGuideShowsIt() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("src/test/java/io/sockfd/programs/MicrometerIT.java"));
        int from = lines.indexOf("    // what docs/observing.md shows begins here") + 1;
        int to = lines.indexOf("    // and ends here");
        String shown = String.join("\n", lines.subList(from, to)).stripIndent();
        assertTrue(
                Files.readString(Path.of("../../docs/observing.md")).contains("```text\n" + shown + "\n```\n"), shown);
    }
}
