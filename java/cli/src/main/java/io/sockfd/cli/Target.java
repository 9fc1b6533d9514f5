package io.sockfd.cli;

import io.sockfd.address.Sockaddr;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The host of a command, and how addresses are shown. */
public final class Target {
    private static final Pattern NUMBER = Pattern.compile("[0-9.]+|.*:.*");

    @Parameters(paramLabel = "HOST", description = "Ask this name or address, fe80::1%%eth0 too.")
    private String host = "";

    @ArgGroup
    private Family family = new Family();

    @Option(names = "-n", description = "Show addresses only, no names.")
    private boolean numeric;

    private static final class Family {
        @Option(names = "-4", description = "Use IPv4 only.")
        private boolean only4;

        @Option(names = "-6", description = "Use IPv6 only.")
        private boolean only6;
    }

    /** As it was given. */
    public String host() {
        return host;
    }

    /**
     * The first address of the host's.
     *
     * @throws FailedException when there is none
     */
    public InetAddress resolve() {
        if (host.isBlank()) {
            throw new FailedException("the host is empty: give a name or an address");
        }
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (address instanceof Inet6Address ? !family.only4 : !family.only6) {
                    return address;
                }
            }
        } catch (UnknownHostException e) {
            throw new FailedException(host
                    + " cannot be resolved: check the name, /etc/hosts and the DNS server, or give" + " an address");
        }
        throw new FailedException(host + " has no " + (family.only4 ? "IPv4" : "IPv6") + " address");
    }

    /** Whether it is IPv4. */
    public static boolean isIpv4(InetAddress address) {
        return address instanceof Inet4Address;
    }

    /** An address in numbers, with its scope where it has one. */
    public static String number(InetAddress address) {
        String text = Sockaddr.of(new InetSocketAddress(address, 0)).toString();
        return text.replaceFirst("^\\[?(.*?)]?:0$", "$1");
    }

    /** An address with its name, {@code localhost (127.0.0.1)}; only the number with -n or when the host was a number. */
    public String text(InetAddress address) {
        return numeric || NUMBER.matcher(host).matches() ? number(address) : named(address);
    }

    /** An address with its name; without it only with -n. */
    public String named(InetAddress address) {
        if (numeric) {
            return number(address);
        }
        String name = Printable.of(address.getCanonicalHostName()); // whatever its name server says
        return (name.equals(address.getHostAddress()) ? number(address) : name) + " (" + number(address) + ")";
    }
}
