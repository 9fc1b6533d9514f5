package io.sockfd.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
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
    private static final int TRIES = 500;

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
        // the kernel notices the carrier in the background, and drops what is sent before
        for (int i = 0; !(isUp("veth0") && isUp("veth1")); i++) {
            assertTrue(i < TRIES, "veth does not come up");
            Thread.sleep(2);
        }
        run("ip link set veth0 txqueuelen 1000 && ip link set veth1 txqueuelen 1000"); // that is over, too
    }

    private static boolean isUp(String name) throws IOException, InterruptedException {
        return run("ip link show " + name).contains("state UP");
    }

    /** ip(8), in the calling thread's namespace. */
    public static void ip(String arguments) throws IOException, InterruptedException {
        run("ip " + arguments);
    }

    /** A command that must succeed; what it printed. */
    public static String run(String command) throws IOException, InterruptedException {
        StringBuilder output = new StringBuilder();
        assertEquals(0, execute(command, output), command + ": " + output);
        return output.toString();
    }

    /** Whether a command succeeds, for what not every kernel has. */
    public static boolean tries(String command) throws IOException, InterruptedException {
        return execute(command, new StringBuilder()) == 0;
    }

    private static int execute(String command, StringBuilder output) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c", command)
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        output.append(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("no end of " + command);
        }
        return process.exitValue();
    }
}
