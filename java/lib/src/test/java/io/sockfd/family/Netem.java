package io.sockfd.family;

import io.sockfd.netlink.Namespaces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A wire between two network namespaces that treats badly what the first one sends, tc-netem(8). */
final class Netem implements AutoCloseable {
    private static final int SECONDS = 40;

    private final Namespaces net;

    Netem() throws IOException {
        Kernel.assumeInstalled("tc", "iproute2");
        net = Namespaces.pair();
    }

    Namespaces net() {
        return net;
    }

    /** How it treats packets from now on: {@code "loss", "30%"}; skips the test where the kernel has no netem. */
    void does(String... treatment) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("tc", "qdisc", "replace", "dev", "right", "root", "netem", "limit", "10000"));
        command.addAll(List.of(treatment));
        net.get(0).run(() -> {
            Process tc = new ProcessBuilder(command).redirectErrorStream(true).start();
            tc.getOutputStream().close();
            String said = new String(tc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Assumptions.assumeTrue(tc.waitFor(SECONDS, TimeUnit.SECONDS), "tc has no end");
            Assumptions.assumeTrue(tc.exitValue() == 0, () -> "no netem here (modprobe sch_netem): " + said);
        });
    }

    @Override
    public void close() throws IOException {
        net.close();
    }
}
