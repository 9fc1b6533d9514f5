package io.sockfd.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.opentest4j.TestAbortedException;

/** Runs a piece of a test in a network namespace of its own, which is gone with its thread and sockets. */
public final class PrivateNetwork {
    private static final long JOIN_MS = 60_000;

    /** What runs in the namespace; threads and processes that it starts are in it, too. */
    public interface Body {
        void run() throws Exception;
    }

    private PrivateNetwork() {}

    public static void run(Body body) throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/sbin/ip")) || Files.isExecutable(Path.of("/sbin/ip")), "needs ip(8)");
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        int result = Libc.get().unshare(Linux.CLONE_NEWNET);
                        assumeTrue(result == 0, "a network namespace needs CAP_SYS_ADMIN");
                        ip("link set lo up");
                        body.run();
                    } catch (Throwable e) {
                        failure.set(e);
                    }
                },
                "private network");
        thread.start();
        thread.join(JOIN_MS);
        if (thread.isAlive()) {
            thread.interrupt();
            throw new AssertionError("no end after " + JOIN_MS + " ms in " + List.of(thread.getStackTrace()));
        }
        Throwable thrown = failure.get();
        if (thrown instanceof TestAbortedException e) {
            throw e;
        } else if (thrown != null) {
            throw new AssertionError(thrown.toString(), thrown);
        }
    }

    /** Two interfaces, veth0 and veth1, that are the ends of a wire; silent, since they have no IPv6. */
    public static void veth() throws IOException, InterruptedException {
        run("if [ -d /proc/sys/net/ipv6 ]; then echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6; fi;"
                + " ip link add veth0 type veth peer name veth1 && ip link set veth0 up && ip link set veth1 up");
    }

    /** ip(8), in the calling thread's namespace. */
    public static void ip(String arguments) throws IOException, InterruptedException {
        run("ip " + arguments);
    }

    /** A command that must succeed. */
    public static String run(String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c", command)
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        boolean ended = process.waitFor(10, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        assertEquals(0, ended ? process.exitValue() : -1, command + ": " + output);
        return output;
    }
}
