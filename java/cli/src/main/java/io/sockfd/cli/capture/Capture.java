package io.sockfd.cli.capture;

import io.sockfd.bpf.FilterExpression;
import io.sockfd.bpf.Framing;
import io.sockfd.bpf.Listing;
import io.sockfd.cli.Arguments;
import io.sockfd.cli.Interruption;
import io.sockfd.cli.Output;
import io.sockfd.cli.UsageException;
import io.sockfd.option.FilterProgram;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code sockfd capture}. */
@Command(
        name = "capture",
        description = {
            "Shows packets, a line each, or writes them to a file: of an interface (with CAP_NET_RAW), through a ring shared "
                    + "with the kernel, or of a pcap or pcapng file.",
            "FILTER is in tcpdump's language, pcap-filter(7). Options and lines are those of tcpdump. By choice different: "
                    + "addresses and ports are numbers always; DNS, DHCP, DHCPv6 and the groups of IGMP and MLD are shown, what "
                    + "other applications send is a length; a packet "
                    + "that was cut ends with [truncated], a wrong one with [malformed] and the reason; a wrong FILTER "
                    + "or option ends with status 2; -Z is not there: give the JVM CAP_NET_RAW instead of root."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  sockfd capture -i eth0 -e tcp port http and host 192.0.2.1",
            "  sockfd capture -i any -c 100 -w file.pcap",
            "  sockfd capture -i eth0 -G 3600 -W 24 -w %%H.pcapng",
            "  sockfd capture -i eth0 -w - | wireshark -k -i -",
            "  sockfd capture -r file.pcap -vX icmp",
            "  sockfd capture -d -y EN10MB tcp port 80"
        })
public final class Capture implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Look look = new Look();

    @Option(names = "-i", paramLabel = "IFACE", description = "The interface, or any for all of them.")
    private @Nullable String device;

    @Option(names = "-D", description = "List the interfaces.")
    private boolean list;

    @Option(names = "-r", paramLabel = "FILE", description = "Read packets from a file, - for stdin.")
    private @Nullable String input;

    @Option(
            names = "-w",
            paramLabel = "FILE",
            description = "Write packets to a pcap file, - for stdout, or to a pcapng file when its name ends so; show "
                    + "none.")
    private @Nullable String output;

    @Option(names = "-C", paramLabel = "MB", description = "Begin another file of -w after so many millions of bytes.")
    private long millions;

    @Option(
            names = "-G",
            paramLabel = "SECONDS",
            description = "Begin another file of -w after this time; its name may hold fields of strftime(3).")
    private long seconds;

    @Option(
            names = "-W",
            paramLabel = "COUNT",
            description = "With -C: overwrite the oldest of so many files; with -G: end after them.")
    private int files;

    @Option(names = "-c", paramLabel = "COUNT", description = "End after so many packets.")
    private long count;

    @Option(
            names = "-s",
            paramLabel = "BYTES",
            defaultValue = "" + FilterExpression.WHOLE_PACKET,
            description = "Keep so many bytes of a packet (0 or without it: ${DEFAULT-VALUE}).")
    private int snapLength;

    @Option(
            names = "-F",
            paramLabel = "FILE",
            description = "Take the filter from a file, as a program that tcpdump -ddd prints.")
    private @Nullable String program;

    @Option(names = "-d", description = "Print the program of the filter and end; -dd: in C, -ddd: as numbers.")
    private boolean[] dump = {};

    @Option(
            names = "-y",
            paramLabel = "LINKTYPE",
            description = "The link type of the program that -d prints (default: EN10MB).")
    private @Nullable String linkType;

    @Option(
            names = "-Q",
            paramLabel = "DIRECTION",
            defaultValue = "inout",
            description = "Take what goes this way only: in, out, inout.")
    private String direction = "inout";

    @Option(names = "-p", description = "Leave the interface out of promiscuous mode.")
    private boolean modest;

    @Option(
            names = "--xdp",
            description =
                    "Take what comes to one interface by AF_XDP, past the network stack: this host does not get it.")
    private boolean xdp;

    @Option(names = "-l", description = "Show each packet at once, also in a pipe.")
    private boolean lines;

    @Option(names = "-U", description = "Write each packet to the file at once.")
    private boolean unbuffered;

    /** Taken out of habit. */
    @SuppressWarnings("UnusedVariable")
    @Option(names = "-n", description = "Show numbers instead of names, as it is always.")
    private boolean[] numeric = {};

    @Parameters(paramLabel = "FILTER", arity = "0..*", description = "Which packets; all without it.")
    private List<String> filter = List.of();

    @Override
    public Integer call() throws IOException {
        check();
        if (list) {
            Devices.list(new Output(spec));
            return 0;
        }
        PacketFilter wanted = new PacketFilter(filter, program);
        if (dump.length > 0) {
            return print(wanted);
        }
        Arguments.require(
                spec,
                (device == null) != (input == null),
                "give -i IFACE or -r FILE; interfaces are: any, " + Devices.names());
        try (Source source = input != null
                        ? new FileSource(input, wanted, snapLength)
                        : live(String.valueOf(device), wanted);
                Interruption interruption = new Interruption()) {
            Output.note(spec, "sockfd capture: " + source.begin());
            long captured = output == null ? print(source, interruption) : write(source, output, interruption);
            Output.note(spec, captured + " packets captured");
            source.end().lines().forEach(line -> Output.note(spec, line));
            return interruption.end(0);
        }
    }

    private void check() {
        Arguments.require(spec, count >= 0, "-c is a number of packets, at least 1: " + count);
        snapLength = snapLength == 0 ? FilterExpression.WHOLE_PACKET : snapLength;
        Arguments.require(
                spec,
                snapLength > 0 && snapLength <= FilterExpression.WHOLE_PACKET,
                "-s is a number of bytes, 1 to " + FilterExpression.WHOLE_PACKET + ": " + snapLength);
        Arguments.require(spec, program == null || filter.isEmpty(), "give a FILTER or -F, not both");
        Arguments.require(spec, look.times.length <= 5, "-t is given five times at most");
        Arguments.require(spec, millions >= 0 && seconds >= 0 && files >= 0, "-C, -G and -W are numbers from 1 on");
        Arguments.require(spec, output != null || (millions == 0 && seconds == 0), "-C and -G go with -w FILE");
        Arguments.require(spec, files == 0 || millions > 0 || seconds > 0, "-W goes with -C or -G");
        Arguments.require(
                spec, !"-".equals(output) || (millions == 0 && seconds == 0), "-C and -G need files: give -w a name");
        Arguments.require(
                spec,
                !xdp || (device != null && !device.equals(LiveSource.ANY) && !direction.equals("out")),
                "--xdp is for what comes to one interface: give its name with -i");
        way();
    }

    private Source live(String from, PacketFilter wanted) throws IOException {
        return xdp ? new XdpSource(from, wanted, snapLength) : new LiveSource(from, wanted, snapLength, !modest, way());
    }

    private LiveSource.Direction way() {
        Arguments.require(
                spec, List.of("in", "out", "inout").contains(direction), "-Q is in, out or inout: " + direction);
        return LiveSource.Direction.valueOf(direction.toUpperCase(Locale.ROOT));
    }

    /** The program of the filter. */
    private int print(PacketFilter wanted) throws IOException {
        Framing framing = framing(linkType == null ? "EN10MB" : linkType);
        FilterProgram compiled = wanted.program(framing, snapLength);
        String text = switch (dump.length) {
            case 1 -> Listing.assembly(compiled);
            case 2 -> Listing.structs(compiled);
            default -> Listing.decimal(compiled);
        };
        new Output(spec).print(text);
        return 0;
    }

    private static Framing framing(String name) {
        String plain = name.toUpperCase(Locale.ROOT).replaceFirst("^DLT_", "");
        String known = switch (plain) {
            case "EN10MB" -> "ETHERNET";
            case "RAW" -> "RAW_IP";
            case "PPP_SERIAL" -> "PPP_HDLC";
            default -> plain;
        };
        for (Framing framing : Framing.values()) {
            if (framing.name().equals(known)) {
                return framing;
            }
        }
        throw new UsageException(
                "-y is one of EN10MB, RAW, IPV4, IPV6, NULL, LOOP, LINUX_SLL, LINUX_SLL2, PPP, PPP_SERIAL, PPP_ETHER, "
                        + "C_HDLC: " + name);
    }

    private long print(Source source, Interruption interruption) throws IOException {
        Output out = new Output(spec);
        PacketLine line = new PacketLine(look);
        StringBuilder waiting = new StringBuilder();
        long captured = 0;
        while (!interruption.asked() && (count == 0 || captured < count)) {
            Source.Next next = source.next(waiting.isEmpty());
            if (next == Source.Next.PACKET) {
                captured++;
                waiting.append(line.of(source));
            }
            // as much as there is by one write, and nothing held back while there is no more
            if (lines || next != Source.Next.PACKET || waiting.length() > 1 << 14) {
                flush(out, waiting);
            }
            if (next == Source.Next.END) {
                break;
            }
        }
        flush(out, waiting);
        return captured;
    }

    private static void flush(Output out, StringBuilder waiting) {
        if (!waiting.isEmpty()) {
            out.print(waiting.toString());
            waiting.setLength(0);
        }
    }

    private long write(Source source, String file, Interruption interruption) throws IOException {
        long captured = 0;
        try (Rotation to = new Rotation(file, snapLength, millions, seconds, files)) {
            while (!interruption.asked() && (count == 0 || captured < count)) {
                Source.Next next = source.next(to.isWritten());
                if (next == Source.Next.PACKET) {
                    if (!to.write(source)) {
                        break;
                    }
                    captured++;
                    if (unbuffered) {
                        to.flush();
                    }
                } else if (to.isBegun()) {
                    to.flush();
                } else {
                    to.begin(source.linkType(), System.currentTimeMillis() * 1_000_000);
                }
                if (next == Source.Next.END) {
                    break;
                }
            }
        }
        return captured;
    }
}
