package io.sockfd.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The FFM backend's own way into the kernel. */
class KernelIT {
    @Test
    void pastLibc() {
        assumeTrue(Backend.chosen().name().equals("ffm"), "the others call libc");
        assumeTrue(List.of("x86_64", "aarch64").contains(Arch.current()), "libc on " + Arch.current());
        assumeTrue(System.getenv("LD_PRELOAD") == null && new File("/etc/ld.so.preload").length() == 0, "preloaded");
        assertEquals(
                "system calls straight into the kernel, the rest through libc",
                Backend.chosen().way());
        Ways.check(Libc.get());
    }
}
