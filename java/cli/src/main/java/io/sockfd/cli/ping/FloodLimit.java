package io.sockfd.cli.ping;

import io.sockfd.cli.FailedException;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where requests may go as fast as they come back: to this host, and within a network of one's own. */
final class FloodLimit {
    private static final Path OWN = Path.of("/proc/thread-self/ns/net");
    private static final Path INIT = Path.of("/proc/1/ns/net");
    private static final Path OWN_INTERFACES = Path.of("/proc/thread-self/net/dev");
    private static final Path INIT_INTERFACES = Path.of("/proc/1/net/dev");
    private static final int UNIQUE_LOCAL = 0xfc;

    private FloodLimit() {}

    static boolean allows(InetAddress target) {
        return target.isLoopbackAddress() || (isPrivate(target) && inOwnNamespace());
    }

    static void check(InetAddress target) {
        if (!allows(target)) {
            throw new FailedException(
                    "flooding (-f, or an interval below 10 ms) is limited to loopback addresses and, in"
                            + " a network namespace other than init's, private addresses: " + target.getHostAddress()
                            + " is neither; leave -f out");
        }
    }

    private static boolean isPrivate(InetAddress address) {
        boolean uniqueLocal = address instanceof Inet6Address && (address.getAddress()[0] & 0xfe) == UNIQUE_LOCAL;
        return uniqueLocal || address.isSiteLocalAddress() || address.isLinkLocalAddress();
    }

    /** What the kernel may not let us compare are the namespaces themselves; other interfaces are another namespace. */
    private static boolean inOwnNamespace() {
        try {
            return !Files.readSymbolicLink(OWN).equals(Files.readSymbolicLink(INIT));
        } catch (IOException e) {
            return haveOtherInterfaces();
        }
    }

    private static boolean haveOtherInterfaces() {
        try {
            return !interfaces(OWN_INTERFACES).equals(interfaces(INIT_INTERFACES));
        } catch (IOException e) {
            return false;
        }
    }

    private static Set<String> interfaces(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.indexOf(':') >= 0)
                    .map(line -> line.substring(0, line.indexOf(':')).strip())
                    .collect(Collectors.toSet());
        }
    }
}
