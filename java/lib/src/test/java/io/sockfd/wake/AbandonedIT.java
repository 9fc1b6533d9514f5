package io.sockfd.wake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.raw.Leg;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A socket that becomes unreachable while it is open is reported once and closed, but never while a call is inside. */
@Timeout(120)
@Tag("once")
class AbandonedIT {
    private static final String REPORT = "Socket with descriptor";

    private static String output(String... arguments) throws IOException, InterruptedException {
        Leg.Result result = Leg.run(List.of("-Xmx64m", "-XX:+UseSerialGC"), Forgetful.class.getName(), arguments);
        assertEquals(0, result.status(), result.output());
        assertTrue(result.output().contains("done"), result.output());
        return result.output();
    }

    private static int reports(String output) {
        return output.split(REPORT, -1).length - 1;
    }

    @Test
    void isReportedOnceAndClosed() throws Exception {
        String output = output("forget");
        assertEquals(1, reports(output), output);
        assertTrue(output.contains("try-with-resources"), output);
    }

    @Test
    void isNotReportedAfterACloseOrARelease() throws Exception {
        String output = output("close");
        assertEquals(0, reports(output), output);
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void notWhileACallIsInside(Threads threads) throws Exception {
        assumeTrue(threads.exist(), "virtual threads are there from Java 21 on");
        String output = output("wait", threads.name());
        assertEquals(1, reports(output), output);
        assertTrue(output.indexOf("received 9") >= 0, output);
        assertTrue(output.indexOf("received 9") < output.indexOf(REPORT), output);
    }
}
