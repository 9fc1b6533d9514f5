package io.sockfd.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When the FFM backend leaves its system calls to libc. */
class KernelFallbackIT {
    @BeforeEach
    void onlyWhereThereIsAnotherWay() {
        assumeTrue(
                Backend.chosen().way().startsWith("system calls straight"),
                Backend.chosen().way());
    }

    private static void assertWay(String expected, List<String> launcher, List<String> options, String... arguments)
            throws Exception {
        Leg.Result result = Leg.runUnder(launcher, options, Ways.class.getName(), arguments);
        assertEquals(0, result.status(), result.output());
        assertEquals(expected, result.output().strip());
    }

    @Test
    void throughLibcWhenAsked() throws Exception {
        assertWay("all calls through libc: -Dsockfd.ffm.via=libc", List.of(), List.of("-Dsockfd.ffm.via=libc"));
    }

    @Test
    void throughLibcWhereSomethingIsPreloaded() throws Exception {
        assertWay("all calls through libc: LD_PRELOAD is set", List.of("env", "LD_PRELOAD=libm.so.6"), List.of());
    }

    @Test
    void pastLibcAllTheSameWhenAsked() throws Exception {
        assertWay(Backend.chosen().way(), List.of("env", "LD_PRELOAD=libm.so.6"), List.of("-Dsockfd.ffm.via=kernel"));
    }

    @Test
    void throughLibcWhereThereIsNoExecutableMemory() throws Exception {
        assertWay(
                "all calls through libc: no executable memory can be had",
                List.of(),
                List.of(),
                Integer.toString(Linux.SYS_memfd_create));
    }
}
