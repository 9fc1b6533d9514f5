package io.sockfd.cli.capture;

import io.sockfd.bpf.FilterExpression;
import io.sockfd.cli.Arguments;
import io.sockfd.cli.Interruption;
import io.sockfd.cli.Output;
import java.io.IOException;
import java.net.NetworkInterface;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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
            "FILTER is in tcpdump's language, pcap-filter(7), with numbers for addresses and ports."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  sockfd capture -i eth0 -e tcp port 80 and host 192.0.2.1",
            "  sockfd capture -i any -c 100 -w file.pcap",
            "  sockfd capture -i eth0 -w - | wireshark -k -i -",
            "  sockfd capture -r file.pcap -x icmp",
            "  tcpdump -ddd udp > program && sockfd capture -i eth0 -F program"
        })
public final class Capture implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "-i", paramLabel = "IFACE", description = "The interface, or any for all of them.")
    private @Nullable String device;

    @Option(names = "-r", paramLabel = "FILE", description = "Read packets from a file, - for stdin.")
    private @Nullable String input;

    @Option(
            names = "-w",
            paramLabel = "FILE",
            description =
                    "Write packets to a pcap file, - for stdout, or to a pcapng file when its name ends so; prints "
                            + "none.")
    private @Nullable String output;

    @Option(names = "-c", paramLabel = "COUNT", description = "End after so many packets.")
    private long count;

    @Option(
            names = "-s",
            paramLabel = "BYTES",
            defaultValue = "" + FilterExpression.WHOLE_PACKET,
            description = "To keep of a packet; ${DEFAULT-VALUE}.")
    private int snapLength;

    @Option(names = "-F", paramLabel = "FILE", description = "The filter as a program, as tcpdump -ddd prints it.")
    private @Nullable String program;

    @Option(names = "-p", description = "Leave the interface out of promiscuous mode.")
    private boolean modest;

    @Option(names = "-e", description = "With the link header.")
    private boolean linkHeader;

    @Option(names = "-x", description = "With the bytes behind the link header.")
    private boolean hex;

    /** Taken out of habit. */
    @SuppressWarnings("UnusedVariable")
    @Option(names = "-n", description = "Numbers instead of names, as it is always.")
    private boolean numeric;

    @Parameters(paramLabel = "FILTER", arity = "0..*", description = "Which packets; all without it.")
    private List<String> filter = List.of();

    @Override
    public Integer call() throws IOException {
        Arguments.require(spec, count >= 0, "-c is a number of packets, at least 1: " + count);
        Arguments.require(
                spec,
                snapLength > 0 && snapLength <= FilterExpression.WHOLE_PACKET,
                "-s is a number of bytes, 1 to " + FilterExpression.WHOLE_PACKET + ": " + snapLength);
        Arguments.require(spec, program == null || filter.isEmpty(), "give a FILTER or -F, not both");
        Arguments.require(
                spec,
                (device == null) != (input == null),
                "give -i IFACE or -r FILE; interfaces are: any, " + interfaces());
        PacketFilter wanted = new PacketFilter(filter, program);
        try (Source source = input != null
                        ? new FileSource(input, wanted, snapLength)
                        : new LiveSource(String.valueOf(device), wanted, snapLength, !modest);
                Interruption interruption = new Interruption()) {
            Output.note(spec, "sockfd capture: " + source.begin());
            long captured = output == null ? print(source, interruption) : write(source, output, interruption);
            Output.note(spec, captured + " packets captured");
            source.end().lines().forEach(line -> Output.note(spec, line));
            return interruption.end(0);
        }
    }

    private static String interfaces() throws IOException {
        return String.join(
                ", ",
                NetworkInterface.networkInterfaces()
                        .map(NetworkInterface::getName)
                        .sorted()
                        .toList());
    }

    private long print(Source source, Interruption interruption) throws IOException {
        Output out = new Output(spec);
        PacketLine line = new PacketLine(linkHeader, hex);
        StringBuilder waiting = new StringBuilder();
        long captured = 0;
        while (!interruption.asked() && (count == 0 || captured < count)) {
            Source.Next next = source.next(waiting.isEmpty());
            if (next == Source.Next.PACKET) {
                captured++;
                waiting.append(line.of(source));
            }
            // as much as there is by one write, and nothing held back while there is no more
            if (next != Source.Next.PACKET || waiting.length() > 1 << 14) {
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
        @Nullable PacketFile to = null;
        try {
            while (!interruption.asked() && (count == 0 || captured < count)) {
                Source.Next next = source.next(to == null || to.isWritten());
                if (to == null && (next != Source.Next.END || captured == 0)) {
                    to = new PacketFile(file, snapLength, source.linkType());
                }
                if (next == Source.Next.PACKET && to != null) {
                    captured++;
                    to.write(source);
                } else if (to != null) {
                    to.flush();
                }
                if (next == Source.Next.END) {
                    break;
                }
            }
        } finally {
            if (to != null) {
                to.close();
            }
        }
        return captured;
    }
}
