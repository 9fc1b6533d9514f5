package io.sockfd.cli.endpoint;

import io.sockfd.Domain;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.address.Addresses;
import io.sockfd.address.LinuxAddress;
import io.sockfd.cli.FailedException;
import io.sockfd.cli.UsageException;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * An address as a user writes it: {@code localhost:80}, {@code udp:[::1]:53}, {@code unix:run/x.sock}, {@code @name}, {@code
 * vsock:2:1024}. A host name may have several addresses.
 *
 * @param text as it was written
 * @param type of the sockets
 * @param addresses at least one, in the order of preference
 */
public record Endpoint(String text, SocketType type, List<SocketAddress> addresses) {
    /** For {@code --help}. */
    public static final String FORMS = "[tcp:|udp:]HOST:PORT, [unix:|unix-dgram:|unix-seqpacket:]PATH, @ABSTRACT, "
            + "vsock:CID:PORT and the other forms of addresses that docs/addresses.md lists";

    /**
     * Reads an address and looks its name up.
     *
     * @throws UsageException when it is none
     * @throws FailedException when the name is unknown; the messages are for the user
     */
    public static Endpoint parse(String text) {
        int colon = text.indexOf(':') + 1;
        String rest = text.substring(colon);
        return switch (text.substring(0, colon)) {
            case "tcp:" -> of(text, SocketType.STREAM, inet(text, rest));
            case "udp:" -> of(text, SocketType.DGRAM, inet(text, rest));
            case "unix-dgram:" -> of(text, SocketType.DGRAM, List.of(literal(text, unix(rest))));
            case "unix-seqpacket:" -> of(text, SocketType.SEQPACKET, List.of(literal(text, unix(rest))));
            case "tipc:", "sco:", "l2cap:" -> of(text, SocketType.SEQPACKET, List.of(literal(text, text)));
            default -> of(text, SocketType.STREAM, isLiteral(text) ? List.of(literal(text, text)) : inet(text, text));
        };
    }

    private static Endpoint of(String text, SocketType type, List<? extends SocketAddress> addresses) {
        return new Endpoint(text, type, List.copyOf(addresses));
    }

    private static String unix(String rest) {
        return "unix:" + rest;
    }

    private static boolean isLiteral(String text) {
        return text.matches("(?s)[@/.\\[*].*|(unix|packet|netlink|vsock|can|j1939|rfcomm|hci|alg|xdp|qipcrtr|raw):.*");
    }

    private static SocketAddress literal(String text, String address) {
        try {
            return Addresses.parse(address);
        } catch (IllegalArgumentException e) {
            throw new UsageException(text + ": " + e.getMessage());
        }
    }

    private static List<InetSocketAddress> inet(String text, String hostAndPort) {
        try {
            return Addresses.resolve(hostAndPort);
        } catch (UnknownHostException e) {
            throw new FailedException(text + ": no such host is known (spelling, /etc/hosts, DNS?)");
        } catch (IllegalArgumentException e) {
            throw new UsageException(text + ": " + e.getMessage());
        }
    }

    /** Whether messages have boundaries and no end. */
    public boolean isDatagram() {
        return type.equals(SocketType.DGRAM);
    }

    /** A socket of the address's family. */
    public Socket open(SocketAddress address) throws IOException {
        return open(address, type);
    }

    /** A socket of the address's family. */
    public static Socket open(SocketAddress address, SocketType type) throws IOException {
        return Socket.open(domain(address), type);
    }

    private static Domain domain(SocketAddress address) {
        if (address instanceof LinuxAddress linux) {
            return new Domain(linux.family());
        } else if (address instanceof InetSocketAddress inet) {
            return inet.getAddress() instanceof Inet4Address ? Domain.INET : Domain.INET6;
        }
        return new Domain(Linux.AF_UNIX);
    }

    @Override
    public String toString() {
        return text;
    }
}
