package io.sockfd.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The FFM backend's two ways into the kernel, and when it takes which. */
class KernelIT {
    @BeforeEach
    void onlyFfmHasTwo() {
        assumeTrue(Backend.chosen().name().equals("ffm"), "the others call libc");
        assumeTrue(List.of("x86_64", "aarch64").contains(Arch.current()), "libc on " + Arch.current());
    }

    private static void assertWay(String expected, List<String> launcher, List<String> options, String... arguments)
            throws Exception {
        Leg.Result result = Leg.runUnder(launcher, options, Ways.class.getName(), arguments);
        assertEquals(0, result.status(), result.output());
        assertEquals(expected, result.output().strip());
    }

    @Test
    void pastLibc() throws Exception {
        assumeTrue(System.getenv("LD_PRELOAD") == null && new File("/etc/ld.so.preload").length() == 0, "preloaded");
        assertWay("system calls straight into the kernel, the rest through libc", List.of(), List.of());
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
    void throughLibcWhereThereIsNoExecutableMemory() throws Exception {
        assertWay(
                "all calls through libc: no executable memory can be had",
                List.of(),
                List.of(),
                Integer.toString(Linux.SYS_memfd_create));
    }
}
