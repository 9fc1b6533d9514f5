package io.sockfd.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;

/**
 * What the launcher has the JVM do once, so that it can keep the classes that commands need in a cache (JEP 483, JEP 514, and
 * AppCDS before them). It prints nothing and leaves nothing behind; what this machine does not allow is left out.
 */
final class Rehearsal {
    private Rehearsal() {}

    /** Ends with status 0. */
    public static void main(String... args) throws Exception {
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        try (ServerSocket listener = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(listener.getLocalPort());
            String[][] calls = {
                {"ss", "-tlnp"},
                {"ss", "-tanie", "--json"},
                {"ss", "-xu", "state", "established"},
                {"ping", "-c", "1", "127.0.0.1"},
                {"nc", "-zv", "127.0.0.1", port},
                {"check", "-q", "127.0.0.1:" + port},
                {"scan", "127.0.0.1", port},
                {"traceroute", "-n", "127.0.0.1"},
                {"capture", "--help"},
                {"top", "-i", "lo", "-c", "1", "-s", "0.05"},
                {"arp", "--help"},
                {"serve", "--help"},
                {"relay", "--help"},
                {"doctor"},
                {"--help"}
            };
            for (String[] call : calls) {
                int ignored = Main.run(call);
            }
        }
    }
}
