package io.sockfd.cli.arp;

import io.sockfd.address.HardwareAddress;
import io.sockfd.address.PacketAddress;
import io.sockfd.bpf.FilterExpression;
import io.sockfd.bpf.Framing;
import io.sockfd.capture.CapturedPacket;
import io.sockfd.capture.PacketSocket;
import io.sockfd.cli.Arguments;
import io.sockfd.cli.FailedException;
import io.sockfd.cli.Interruption;
import io.sockfd.cli.Json;
import io.sockfd.cli.Output;
import io.sockfd.cli.icmp.EchoSocket;
import io.sockfd.cli.icmp.WarmUp;
import io.sockfd.option.FilterProgram;
import io.sockfd.packet.Arp;
import io.sockfd.packet.LinkType;
import io.sockfd.packet.Packet;
import io.sockfd.packet.PacketBuilder;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code sockfd arp}. */
@Command(
        name = "arp",
        description = {
            "Asks on a link who has an IPv4 address, by ARP on a packet socket, and shows everybody who answers. Needs "
                    + "CAP_NET_RAW.",
            "Ends with status 0 when somebody answered, 1 when nobody did; with -D the other way round; with -U and -A it is "
                    + "0; 2 for another failure."
        },
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = 2,
        footerHeading = "%nExamples:%n",
        footer = {
            "  sockfd arp -c 3 eth0 192.168.1.1",
            "  sockfd arp -D -w 2 eth0 192.168.1.7   may I take this address?",
            "  sockfd arp -U -c 3 eth0 192.168.1.7   it is mine, everybody",
            "",
            "Otherwise than arping(8):",
            "  The interface is the first word, or given with -I.",
            "  -U and -A take addresses that the interface does not have yet.",
            "  Wrong usage and bad values end with status 2.",
            "  -i and -V are missing."
        })
public final class ArpCommand implements Callable<Integer> {
    private static final double SECOND = 1e9;
    private static final long BETWEEN_NANOS = 1_000_000_000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "WORD",
            arity = "1..2",
            description = "Give IFACE ADDRESS, eth0 10.0.0.1 for instance; with -I only ADDRESS. A name will do.")
    private List<String> words = List.of();

    @Option(names = "-I", paramLabel = "IFACE", description = "Ask on this interface, as arping(8) has it.")
    private @Nullable String named;

    @Option(names = "-c", paramLabel = "COUNT", description = "Stop after COUNT requests (default: run until Ctrl-C).")
    private long count;

    @Option(names = "-w", paramLabel = "SECONDS", description = "Stop after SECONDS, however many answers came.")
    private double deadline;

    @Option(names = "-f", description = "Stop after the first answer.")
    private boolean first;

    @Option(
            names = "-s",
            paramLabel = "ADDRESS",
            description = "Ask from this address (default: one of the interface's).")
    private @Nullable String source;

    @Option(names = "-b", description = "Ask everybody each time, also when the answer came from one station.")
    private boolean broadcast;

    @Option(names = "-q", description = "Print nothing.")
    private boolean quiet;

    @Option(names = "--json", description = "Print a line of JSON for each answer, and one at the end.")
    private boolean json;

    @ArgGroup
    private Mode mode = new Mode();

    private static final class Mode {
        @Option(
                names = "-D",
                description = "Find out whether somebody else has the address: duplicate mode.detection (RFC 5227).")
        private boolean detection;

        @Option(names = "-U", description = "Tell everybody who has ADDRESS, by requests that nobody is to answer.")
        private boolean announce;

        @Option(names = "-A", description = "Tell everybody who has ADDRESS, by replies that nobody asked for.")
        private boolean reply;

        boolean tells() {
            return announce || reply;
        }
    }

    private String device = "";
    private String host = "";
    private final Packet answer = new Packet();
    private long sent;
    private long broadcasts;
    private long received;
    private HardwareAddress to = HardwareAddress.BROADCAST;

    @Override
    public Integer call() throws IOException {
        Arguments.require(spec, count >= 0, "-c is a number of requests, at least 1: " + count);
        Arguments.require(spec, deadline >= 0 && deadline < Integer.MAX_VALUE, "-w is a time in seconds: " + deadline);
        Arguments.require(
                spec,
                words.size() == (named == null ? 2 : 1),
                named == null ? "Missing required parameter: 'ADDRESS'" : "-I names the interface: give one ADDRESS");
        device = named == null ? words.get(0) : named;
        host = words.get(words.size() - 1);
        InetAddress target = ipv4(host);
        int ifindex = Arguments.interfaceIndex(device);
        try (PacketSocket socket = listen(ifindex);
                Interruption interruption = new Interruption()) {
            if (!(socket.socket().getLocalAddress() instanceof PacketAddress local)
                    || local.ifindex() != ifindex
                    || local.hatype() != Linux.ARPHRD_ETHER) {
                throw new FailedException(device + " is no Ethernet interface: there is no ARP on it");
            }
            InetAddress from = mode.tells() ? target : source == null ? sourceFor(target) : ipv4(source);
            Output out = new Output(spec);
            say(out, "ARPING " + target.getHostAddress() + " from " + from.getHostAddress() + " " + device);
            ask(socket, local.hardwareAddress(), from, target, out, interruption);
            end(out);
            return interruption.end(mode.tells() || (received > 0) != mode.detection ? 0 : 1);
        }
    }

    /** Of all protocols, for only such a socket sees what this host sends; when that went out is when time begins. */
    private static PacketSocket listen(int ifindex) throws IOException {
        PacketSocket socket = PacketSocket.open();
        try {
            FilterProgram arp = FilterExpression.compile("arp", Framing.PACKET_RAW);
            return socket.filter(arp).bind(ifindex, Linux.ETH_P_ALL);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private void ask(
            PacketSocket socket,
            HardwareAddress own,
            InetAddress from,
            InetAddress target,
            Output out,
            Interruption interruption)
            throws IOException {
        WarmUp.run();
        long start = System.nanoTime();
        long end = deadline == 0 ? Long.MAX_VALUE : (long) (deadline * SECOND);
        long next = 0;
        long asked = 0;
        while (!interruption.asked()) {
            long elapsed = System.nanoTime() - start;
            boolean due = elapsed >= next && next <= end; // one at the very end goes out too
            if (due ? count > 0 && sent >= count : elapsed >= end) {
                return;
            } else if (due) {
                ByteBuffer frame = request(own, from, target);
                asked = EchoSocket.now();
                socket.send(frame);
                sent++;
                broadcasts += to.equals(HardwareAddress.BROADCAST) ? 1 : 0;
                next += BETWEEN_NANOS;
                if (elapsed >= end) {
                    return; // nobody waits for an answer to the one at the very end
                }
            }
            long wait = Math.min(Math.min(next, end) - (System.nanoTime() - start), Interruption.GLANCE_NANOS);
            CapturedPacket captured = socket.next(Duration.ofNanos(Math.max(0, wait)));
            if (captured != null && captured.outgoing()) {
                asked = captured.timestampNanos();
            } else if (captured != null && !mode.tells() && isAnswer(captured, own, from, target)) {
                show(out, Math.max(0, captured.timestampNanos() - asked));
                // the answer that ends the question
                if (first || mode.detection || (count > 0 && received >= count)) {
                    return;
                }
            }
        }
    }

    private void say(Output out, String line) {
        if (!quiet && !json) {
            out.line(line);
        }
    }

    private void end(Output out) {
        if (json) {
            out.line(Json.line(Map.of("event", "end", "sent", sent, "broadcasts", broadcasts, "received", received)));
            return;
        }
        say(out, "Sent " + sent + " probes (" + broadcasts + " broadcast(s))");
        say(out, "Received " + received + " response(s)");
    }

    private ByteBuffer request(HardwareAddress own, InetAddress from, InetAddress target) {
        return new PacketBuilder()
                .ethernet(e -> e.source(own).destination(to))
                .arp(a -> a.operation(mode.reply ? Arp.REPLY : Arp.REQUEST)
                        .senderHardware(own)
                        .senderProtocol(from)
                        .targetHardware(mode.reply ? own : HardwareAddress.ANY)
                        .targetProtocol(target))
                .build();
    }

    /** Somebody else has the address, and says so to us; for the mode.detection also who asks whether it may have it. */
    private boolean isAnswer(CapturedPacket captured, HardwareAddress own, InetAddress from, InetAddress target) {
        Arp arp = answer.wrap(captured.data(), LinkType.EN10MB).arp();
        if (arp == null || !arp.isEthernetIpv4() || arp.senderHardware().equals(own)) {
            return false;
        }
        boolean theirs = arp.senderProtocol().equals(target);
        if (mode.detection) {
            boolean probe = arp.operation() == Arp.REQUEST
                    && arp.senderProtocolAddress() == 0
                    && arp.targetProtocol().equals(target);
            return theirs || probe;
        }
        return theirs && arp.operation() == Arp.REPLY && arp.targetProtocol().equals(from);
    }

    private void show(Output out, long nanos) {
        received++;
        Arp arp = answer.arp();
        if (arp == null) {
            return;
        }
        HardwareAddress who = arp.senderHardware();
        boolean unicast = answer.ethernet() != null
                && !HardwareAddress.BROADCAST.equals(answer.ethernet().destination());
        String kind = arp.operation() == Arp.REPLY ? "reply" : "request";
        if (json) {
            Map<String, Object> event = new LinkedHashMap<>();
            event.put("event", kind);
            event.put("address", arp.senderProtocol().getHostAddress());
            event.put("hardware", who.toString());
            event.put("broadcast", !unicast);
            event.put("ms", nanos / 1e6);
            out.line(Json.line(event));
        }
        say(
                out,
                String.format(
                        Locale.ROOT,
                        "%s %s from %s [%s]  %.3fms",
                        unicast ? "Unicast" : "Broadcast",
                        kind,
                        arp.senderProtocol().getHostAddress(),
                        who.toString().toUpperCase(Locale.ROOT),
                        nanos / 1e6));
        if (!broadcast && !mode.detection) {
            to = who;
        }
    }

    private static InetAddress ipv4(String text) {
        try {
            for (InetAddress address : InetAddress.getAllByName(text)) {
                if (address instanceof Inet4Address && !text.isBlank()) {
                    return address;
                }
            }
        } catch (UnknownHostException e) {
            throw new FailedException(text + " cannot be resolved: check the name, or give an IPv4 address");
        }
        throw new FailedException(
                "'" + text + "' has no IPv4 address: ARP knows no other, IPv6 has neighbour discovery");
    }

    /** The interface's address in the same network, else its first; nobody's for the detection, RFC 5227 section 2.1.1. */
    private InetAddress sourceFor(InetAddress target) throws IOException {
        InetAddress nobody = InetAddress.getByAddress(new byte[Integer.BYTES]);
        NetworkInterface networkInterface = NetworkInterface.getByName(device);
        if (mode.detection || networkInterface == null) {
            return nobody;
        }
        List<InterfaceAddress> addresses = networkInterface.getInterfaceAddresses().stream()
                .filter(a -> a.getAddress() instanceof Inet4Address)
                .toList();
        return addresses.stream()
                .filter(a -> sameNetwork(a, target))
                .findFirst()
                .or(() -> addresses.stream().findFirst())
                .map(InterfaceAddress::getAddress)
                .orElseThrow(() -> new FailedException(
                        device + " has no IPv4 address to ask from: name one with -s, or use -D, which needs none"));
    }

    private static boolean sameNetwork(InterfaceAddress own, InetAddress target) {
        int shift = Integer.SIZE - own.getNetworkPrefixLength();
        int difference = ByteBuffer.wrap(own.getAddress().getAddress()).getInt()
                ^ ByteBuffer.wrap(target.getAddress()).getInt();
        return shift >= Integer.SIZE || difference >>> shift == 0;
    }
}
