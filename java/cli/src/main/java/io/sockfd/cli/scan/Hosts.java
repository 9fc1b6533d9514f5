package io.sockfd.cli.scan;

import io.sockfd.cli.FailedException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** The hosts that may be scanned: each is named by itself; only loopback may be a range. */
final class Hosts {
    private static final int FEWEST_BITS = 24;

    private Hosts() {}

    /**
     * The addresses of one argument; the first one of a name.
     *
     * @throws FailedException for a range that is not on loopback, and for an unknown name
     */
    static List<InetAddress> parse(String text) {
        int slash = text.indexOf('/');
        if (slash >= 0) {
            return range(text, text.substring(0, slash), text.substring(slash + 1));
        }
        return List.of(lookUp(text));
    }

    private static InetAddress lookUp(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new FailedException(host + ": no such host is known (spelling, /etc/hosts, DNS?)");
        }
    }

    private static List<InetAddress> range(String text, String first, String prefix) {
        if (!first.matches("127(\\.[0-9]{1,3}){3}") || !prefix.matches("[0-9]{1,2}")) {
            throw new FailedException(
                    text + ": ranges of hosts are not scanned, except 127.0.0.0/24 and the like: name each host");
        }
        int bits = Integer.parseInt(prefix);
        if (bits < FEWEST_BITS || bits > 32) {
            throw new FailedException(text + ": a prefix from " + FEWEST_BITS + " to 32, please");
        }
        byte[] address = lookUp(first).getAddress();
        int count = 1 << (32 - bits);
        int from = address[3] & 0xff & -count;
        List<InetAddress> hosts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            address[3] = (byte) (from + i);
            try {
                hosts.add(InetAddress.getByAddress(address));
            } catch (UnknownHostException e) {
                throw new AssertionError(e); // four bytes are always an address
            }
        }
        return hosts;
    }
}
