package io.sockfd.cli.ping;

import io.sockfd.Socket;
import io.sockfd.cli.Arguments;
import io.sockfd.cli.Interruption;
import io.sockfd.cli.Output;
import io.sockfd.cli.Target;
import io.sockfd.cli.UsageException;
import io.sockfd.cli.icmp.EchoSocket;
import io.sockfd.option.IpOptions;
import io.sockfd.option.Ipv6Options;
import io.sockfd.option.SocketOptions;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code sockfd ping}. */
@Command(
        name = "ping",
        description = {
            "Asks a host for answers by ICMP echo requests, on the kernel's ICMP datagram socket or a raw socket.",
            "Ends with status 0 when the host answered, 1 when it did not (with -w: not as often as -c says), 2 when there "
                    + "was another failure."
        },
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = 2,
        footerHeading = "%nExamples:%n",
        footer = {
            "  sockfd ping -c 3 localhost",
            "  sockfd ping -M do -s 1472 192.0.2.1   does a full Ethernet frame get through?",
            "  sockfd ping -f -c 1000 127.0.0.1",
            "  sockfd ping -c 3 --json localhost | jq 'select(.event == \"reply\").ms'",
            "",
            "Otherwise than ping(8):",
            "  Wrong usage and bad values end with status 2.",
            "  -f and short intervals are limited.",
            "  The payload is bytes that count up, or the pattern, from its first byte on.",
            "  Short payloads are timed too: the time is not in them. -v says less.",
            "  -B, -e, -F, -L, -m, -N, -R, -S, -T, -U and -V are missing; so is a way",
            "  through given hosts (HOP HOST), which routers refuse."
        })
public final class Ping implements Callable<Integer> {
    static final double FLOOD_INTERVAL = 0.01;

    private static final int IPV4_HEADER = 20;
    private static final int MOST = 65_535;
    private static final int DISCARD = 9;
    private static final int MOST_PRELOADED = 3; // as of iputils for others than root

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Target target = new Target();

    @Option(names = "-c", paramLabel = "COUNT", description = "Stop after COUNT requests (default: run until Ctrl-C).")
    private long count;

    @Option(
            names = "-i",
            paramLabel = "SECONDS",
            defaultValue = "1",
            description = "Wait SECONDS between requests (default: ${DEFAULT-VALUE}).")
    private double interval;

    @Option(
            names = "-A",
            description = "Adapt the time between requests to that of the answers: 2 ms at least on loopback and in a "
                    + "network of one's own, 10 ms elsewhere.")
    private boolean adaptive;

    @Option(
            names = "-l",
            paramLabel = "COUNT",
            defaultValue = "1",
            description = "Send COUNT requests at once at the beginning (default: ${DEFAULT-VALUE}).")
    private int preload;

    @Option(
            names = "-s",
            paramLabel = "BYTES",
            defaultValue = "56",
            description = "Send BYTES of payload (default: ${DEFAULT-VALUE}).")
    private int size;

    @Option(
            names = "-p",
            paramLabel = "HEX",
            description = "Fill the payload with these bytes, at most 16 (default: bytes that count up).")
    private String pattern = "";

    @Option(names = "-t", paramLabel = "TTL", description = "Let a request take so many hops, 1 to 255.")
    private @Nullable Integer ttl;

    @Option(names = "-Q", paramLabel = "TOS", description = "Set the type of service, or the traffic class: 0x10, 184.")
    private @Nullable String tos;

    @Option(names = "-w", paramLabel = "SECONDS", description = "Stop after SECONDS, however many answers came.")
    private double deadline;

    @Option(
            names = "-W",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description =
                    "Wait SECONDS after the last request when nothing came yet (default: ${DEFAULT-VALUE}); otherwise "
                            + "it is twice the longest time of an answer.")
    private double timeout;

    @Option(names = "-I", paramLabel = "WHERE", description = "Send from this interface or this local address.")
    private @Nullable String from;

    @Option(names = "-M", paramLabel = "HINT", description = "Treat the path MTU as do, want, probe or dont say.")
    private @Nullable String discovery;

    @Option(names = "-q", description = "Print only the first line and the summary.")
    private boolean quiet;

    @Option(names = "-v", description = "Print the identifier of the requests, and what kind of socket it is.")
    private boolean verbose;

    @Option(names = "-a", description = "Ring the bell for each answer.")
    private boolean audible;

    @Option(names = "-D", description = "Print the time before each line, in seconds since 1970.")
    private boolean times;

    @Option(names = "-O", description = "Say of each request that it has no answer yet, before the next one.")
    private boolean pending;

    @Option(names = "--json", description = "Print a line of JSON for each event.")
    private boolean json;

    @Option(
            names = "-f",
            description =
                    "Send as fast as answers come, at least a hundred requests a second; a dot for each, taken back "
                            + "by its answer. Only on loopback, and to private addresses in a network namespace of one's own.")
    private boolean flood;

    @Override
    public Integer call() throws IOException {
        Arguments.require(spec, count >= 0, "-c is a number of requests, at least 1: " + count);
        Arguments.require(spec, interval >= 0 && interval < MOST, "-i is a time in seconds: " + interval);
        Arguments.require(spec, deadline >= 0 && deadline < Integer.MAX_VALUE, "-w is a time in seconds: " + deadline);
        Arguments.require(spec, timeout >= 0 && timeout < MOST, "-W is a time in seconds: " + timeout);
        Arguments.require(spec, ttl == null || (ttl >= 1 && ttl <= 255), "-t is a number of hops, 1 to 255: " + ttl);
        Arguments.require(spec, preload >= 1 && preload <= MOST, "-l is a number of requests, 1 to 65535: " + preload);
        Arguments.require(
                spec,
                pattern.matches("([0-9a-fA-F]{1,2}){0,16}"),
                "-p is up to 16 bytes in hexadecimal digits, for instance ff00: " + pattern);
        Arguments.require(spec, !(json && flood), "--json tells each answer, -f none");
        int service = tos == null ? -1 : service(tos);
        InetAddress address = target.resolve();
        int most = MOST - EchoSocket.HEADER - (Target.isIpv4(address) ? IPV4_HEADER : 0);
        Arguments.require(spec, size >= 0 && size <= most, "-s is a number of bytes, 0 to " + most + ": " + size);
        boolean fast = flood || interval < FLOOD_INTERVAL || preload > MOST_PRELOADED;
        if (fast) {
            FloodLimit.check(address);
        }
        try (EchoSocket socket = EchoSocket.open(address);
                Interruption interruption = new Interruption()) {
            prepare(socket, Target.isIpv4(address), service);
            Plan plan = new Plan(
                    address,
                    from == null ? "" : "from " + source(socket, address) + ": ",
                    count,
                    flood ? 0 : interval,
                    preload,
                    adaptive,
                    size,
                    pattern,
                    deadline,
                    timeout,
                    quiet,
                    verbose,
                    audible,
                    times,
                    pending,
                    flood);
            Output out = new Output(spec);
            if (verbose) {
                Output.note(spec, "sockfd ping: a " + (socket.isRaw() ? "raw" : "datagram") + " socket of ICMP");
            }
            Report report = json
                    ? new JsonReport(plan, target, out)
                    : new TextReport(plan, target, socket, out, line -> Output.note(spec, line));
            return interruption.end(new Conversation(plan, socket, report, interruption).hold());
        }
    }

    /** The address that requests to a host have, and the interface when it was named. */
    private String source(EchoSocket socket, InetAddress to) throws IOException {
        String device = from != null && !isAddress(from) ? from : null;
        try (Socket probe = Target.isIpv4(to) ? Socket.udp() : Socket.udp6()) {
            if (device != null) {
                probe.setOption(SocketOptions.SO_BINDTODEVICE, device);
            } else if (socket.socket().getLocalAddress() instanceof InetSocketAddress local) {
                probe.bind(new InetSocketAddress(local.getAddress(), 0));
            }
            boolean unused = probe.connect(new InetSocketAddress(to, DISCARD));
            String address =
                    probe.getLocalAddress() instanceof InetSocketAddress local ? Target.number(local.getAddress()) : "";
            return address + " " + (device == null ? "" : device);
        }
    }

    private static boolean isAddress(String text) {
        return text.indexOf(':') >= 0 || text.matches("[0-9.]+");
    }

    private int service(String text) {
        try {
            int value = Integer.decode(text);
            Arguments.require(spec, value >= 0 && value <= 255, "-Q is a number, 0 to 255: " + text);
            return value;
        } catch (NumberFormatException e) {
            throw new UsageException("-Q is a number, 0 to 255, as 0x10 or 184: " + text);
        }
    }

    private static byte[] bytes(String digits) {
        String even = digits.length() % 2 == 0 ? digits : "0" + digits;
        return HexFormat.of().parseHex(even);
    }

    private void prepare(EchoSocket socket, boolean ipv4, int service) throws IOException {
        if (!pattern.isEmpty()) {
            socket.pattern(bytes(pattern));
        }
        if (service >= 0) {
            socket.socket().setOption(ipv4 ? IpOptions.IP_TOS : Ipv6Options.IPV6_TCLASS, service);
        }
        if (from != null) {
            if (isAddress(from)) {
                socket.socket().bind(new InetSocketAddress(InetAddress.getByName(from), 0));
            } else {
                int ignored = Arguments.interfaceIndex(from);
                socket.socket().setOption(SocketOptions.SO_BINDTODEVICE, from);
            }
        }
        if (ttl != null) {
            socket.ttl(ttl);
        }
        if (discovery != null) {
            int how = switch (discovery) {
                case "do" -> Linux.IP_PMTUDISC_DO;
                case "want" -> Linux.IP_PMTUDISC_WANT;
                case "probe" -> Linux.IP_PMTUDISC_PROBE;
                case "dont" -> Linux.IP_PMTUDISC_DONT;
                default -> -1;
            };
            Arguments.require(spec, how >= 0, "-M is do, want, probe or dont: " + discovery);
            socket.socket().setOption(ipv4 ? IpOptions.IP_MTU_DISCOVER : Ipv6Options.IPV6_MTU_DISCOVER, how);
        }
    }
}
