package io.sockfd.cli.top;

import io.sockfd.SocketType;
import io.sockfd.bpf.BpfException;
import io.sockfd.bpf.FilterExpression;
import io.sockfd.bpf.Framing;
import io.sockfd.capture.CapturedPacket;
import io.sockfd.capture.PacketSocket;
import io.sockfd.capture.ReceiveRing;
import io.sockfd.capture.RingSize;
import io.sockfd.cli.Arguments;
import io.sockfd.cli.Interruption;
import io.sockfd.cli.Json;
import io.sockfd.cli.Output;
import io.sockfd.cli.Screen;
import io.sockfd.cli.UsageException;
import io.sockfd.option.FilterProgram;
import io.sockfd.packet.Packet;
import io.sockfd.packet.PacketException;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code sockfd top}. */
@Command(
        name = "top",
        description = {
            "Shows which flows fill an interface, live, as iftop does: sent and received in the last 2 seconds, both over "
                    + "the last 10, and in all. Lengths are of the packets at the network layer. Needs CAP_NET_RAW.",
            "Ends with status 0, also after Ctrl-C."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  sockfd top -i eth0",
            "  sockfd top -i eth0 --hosts tcp port 443",
            "  sockfd top -i lo -n -c 10 --json | jq '.flows[0]'"
        })
public final class Top implements Callable<Integer> {
    private static final double SECOND = 1e9;
    private static final int SNAPLEN = 160; // headers, with what options they have

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "-i", paramLabel = "IFACE", required = true, description = "Look at this interface.")
    private String device = "";

    @Option(names = "--hosts", description = "Add the flows between two hosts up.")
    private boolean hosts;

    @Option(names = "-n", description = "Show addresses only, no names.")
    private boolean numeric;

    @Option(names = "-B", description = "Show bytes a second instead of bits.")
    private boolean bytes;

    @Option(
            names = "-s",
            paramLabel = "SECONDS",
            defaultValue = "1",
            description = "Show it again every SECONDS (default: ${DEFAULT-VALUE}).")
    private double interval;

    @Option(names = "-c", paramLabel = "COUNT", description = "Stop after COUNT looks (default: run until Ctrl-C).")
    private long count;

    @Option(names = "-p", description = "Leave the interface as it is: not promiscuous.")
    private boolean quiet;

    @Option(names = "--json", description = "Print one line of JSON for each look.")
    private boolean json;

    @Parameters(paramLabel = "FILTER", description = "Count only packets that match, as of capture.")
    private List<String> words = List.of();

    @Override
    public Integer call() throws IOException {
        if (!(interval > 0) || interval > Integer.MAX_VALUE || count < 0) {
            throw new UsageException("-s is a time in seconds, more than 0, and -c a number of looks, at least 1");
        }
        int ifindex = Arguments.interfaceIndex(device);
        FilterProgram program = filter();
        try (PacketSocket socket = PacketSocket.open(SocketType.DGRAM);
                Interruption interruption = new Interruption()) {
            ReceiveRing ring = ReceiveRing.open(socket.filter(program), RingSize.RECEIVE);
            PacketSocket bound = socket.bind(ifindex, Linux.ETH_P_ALL);
            if (!quiet) {
                bound.promiscuous(true);
            }
            run(ring, interruption);
            return interruption.end(0);
        }
    }

    private FilterProgram filter() {
        try {
            return FilterExpression.compile(String.join(" ", words), Framing.PACKET_DGRAM, SNAPLEN);
        } catch (BpfException e) {
            throw new UsageException("filter: " + e.getMessage());
        }
    }

    private void run(ReceiveRing ring, Interruption interruption) throws IOException {
        Output out = new Output(spec);
        Screen screen = new Screen(spec.commandLine().getOut());
        Listing listing = new Listing(new HostNames(numeric), bytes);
        Packet packet = new Packet();
        long start = System.nanoTime();
        long looks = 0;
        while (!interruption.asked() && (count == 0 || looks < count)) {
            long now = System.nanoTime() - start;
            long next = (long) ((looks + 1) * interval * SECOND);
            if (now >= next) {
                looks = Math.max(looks + 1, count > 0 ? looks + 1 : (long) (now / (interval * SECOND)));
                show(listing, (long) (now / SECOND), screen, out);
                continue;
            }
            CapturedPacket captured = ring.next(Duration.ofNanos(Math.min(Interruption.GLANCE_NANOS, next - now)));
            if (captured != null && !(captured.outgoing() && captured.hardwareType() == Linux.ARPHRD_LOOPBACK)) {
                count(listing, packet, captured, (System.nanoTime() - start) / (long) SECOND);
            }
        }
    }

    private void count(Listing listing, Packet packet, CapturedPacket captured, long second) {
        try {
            Packet read = packet.wrapNetwork(captured.data(), captured.protocol(), captured.length());
            Flow flow = Flow.of(read, captured.outgoing(), hosts);
            if (flow != null) {
                listing.add(flow, second, captured.outgoing(), captured.length());
            }
        } catch (PacketException e) {
            return; // too short to be of a flow
        }
    }

    private void show(Listing listing, long second, Screen screen, Output out) {
        if (json) {
            out.line(Json.line(listing.json(device, second)));
        } else {
            int columns = screen.columns();
            screen.show(listing.head(device, second, columns), listing.lines(second, columns));
            if (!screen.isTerminal()) {
                out.line("");
            }
        }
    }
}
