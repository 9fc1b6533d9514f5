package io.sockfd.bpf;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names of hosts, services, protocols, networks and Ethernet addresses, as this machine knows them. */
final class FilterNames {
    private static final Pattern GAPS = Pattern.compile("\\s+");

    /**
     * A service.
     *
     * @param protocol tcp, udp or sctp, empty when the port is that of several
     */
    record Service(int port, String protocol) {}

    private FilterNames() {}

    /** The addresses of a host: the hosts file, then the resolver. */
    static List<byte[]> host(String name) {
        try {
            return Arrays.stream(InetAddress.getAllByName(name))
                    .map(InetAddress::getAddress)
                    .toList();
        } catch (UnknownHostException e) {
            throw new BpfException("no host of this name is known: " + name);
        }
    }

    /** A port by its name in /etc/services, or by its number. */
    static Service service(String name, String said) {
        if (name.matches("[0-9]+")) {
            return new Service(name.length() > 5 ? Integer.MAX_VALUE : Integer.parseInt(name), "");
        }
        int port = -1;
        String protocol = "";
        for (String[] line : lines("services", name)) {
            String[] number = line[1].split("/", 2);
            if (number.length < 2 || !List.of("tcp", "udp").contains(number[1])) {
                continue;
            }
            int found = Integer.parseInt(number[0]);
            protocol = port < 0 ? number[1] : found == port && !protocol.equals(number[1]) ? "" : protocol;
            port = port < 0 ? found : port;
        }
        if (port < 0) {
            throw new BpfException(said + " is no port (0 to 65535) and no name in /etc/services");
        }
        return new Service(port, protocol);
    }

    /** A protocol over IP by its name in /etc/protocols, -1 for none. */
    static int protocol(String name) {
        for (String[] line : lines("protocols", name)) {
            return Integer.parseInt(line[1]);
        }
        return -1;
    }

    /** A network by its name in /etc/networks, null for none. */
    static @Nullable String network(String name) {
        for (String[] line : lines("networks", name)) {
            return line[1].equals("0.0.0.0") ? null : line[1]; // that is none for libpcap either
        }
        return null;
    }

    /** An Ethernet address by the name of its host in /etc/ethers, null for none. */
    static @Nullable String ethernet(String name) {
        for (String[] line : read("ethers")) {
            if (line.length > 1 && line[1].equals(name)) {
                return line[0];
            }
        }
        return null;
    }

    /** The lines that begin with the name, or have it behind the second word. */
    private static List<String[]> lines(String file, String name) {
        List<String[]> found = new ArrayList<>();
        for (String[] words : read(file)) {
            List<String> list = Arrays.asList(words);
            if (words.length > 1 && (list.get(0).equals(name) || list.lastIndexOf(name) > 1)) {
                found.add(words);
            }
        }
        return found;
    }

    private static List<String[]> read(String file) {
        try {
            return Files.readAllLines(Path.of("/etc", file), StandardCharsets.ISO_8859_1).stream()
                    .map(line -> GAPS.split(line.split("#", 2)[0].strip(), -1))
                    .toList();
        } catch (IOException e) {
            return List.of(); // as if it were empty, which it often is
        }
    }
}
