package io.sockfd.cli.capture;

import io.sockfd.bpf.Ancillary;
import io.sockfd.bpf.Interpreter;
import io.sockfd.cli.Arguments;
import io.sockfd.cli.Interruption;
import io.sockfd.option.XdpStatistics;
import io.sockfd.packet.LinkType;
import io.sockfd.xdp.Umem;
import io.sockfd.xdp.XdpPacket;
import io.sockfd.xdp.XdpQueues;
import io.sockfd.xdp.XdpRedirect;
import io.sockfd.xdp.XdpSetup;
import io.sockfd.xdp.XdpSocket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An interface by AF_XDP: a socket for each of its queues, read in turn. The filter runs here, on each frame. */
final class XdpSource implements Source {
    private static final int CHUNKS = 4096;
    private static final int CHUNK = 4096;

    private final String device;
    private final int snapLength;
    private final Interpreter filter;
    private final Ancillary ancillary = new Ancillary();
    private final List<Umem> memory = new ArrayList<>();
    private final List<XdpSocket> sockets = new ArrayList<>();
    private final XdpRedirect redirect;
    private final Duration glance;
    private int turn;
    private @Nullable XdpPacket packet;
    private long captured;

    XdpSource(String device, PacketFilter filter, int snapLength) throws IOException {
        this.device = device;
        this.snapLength = snapLength;
        this.filter = new Interpreter(filter.programOfFile(LinkType.EN10MB, snapLength));
        int ignored = Arguments.interfaceIndex(device);
        int queues = XdpQueues.count(device);
        glance = Duration.ofNanos(Interruption.GLANCE_NANOS / queues);
        redirect = XdpRedirect.attach(device);
        try {
            for (int queue = 0; queue < queues; queue++) {
                Umem chunks = Umem.of(CHUNKS, CHUNK);
                memory.add(chunks);
                XdpSocket socket = XdpSocket.open(device, queue, chunks, XdpSetup.RECEIVE.withReceive(CHUNKS));
                sockets.add(socket);
                redirect.add(socket);
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public Next next(boolean wait) throws IOException {
        for (int looked = 0; looked < sockets.size(); looked++) {
            for (XdpPacket next = look(Duration.ZERO); next != null; next = look(Duration.ZERO)) {
                if (isWanted(next)) {
                    return Next.PACKET;
                }
            }
            turn = (turn + 1) % sockets.size();
        }
        XdpPacket next = wait ? look(glance) : null;
        return next != null && isWanted(next) ? Next.PACKET : Next.NOTHING_YET;
    }

    private @Nullable XdpPacket look(Duration timeout) throws IOException {
        return sockets.get(turn).receiveRing().next(timeout);
    }

    private boolean isWanted(XdpPacket next) {
        if (filter.run(next.data(), ancillary.length(next.length())) == 0) {
            return false;
        }
        ByteBuffer bytes = next.data();
        bytes.limit(bytes.position() + Math.min(bytes.remaining(), snapLength));
        packet = next;
        captured++;
        return true;
    }

    private XdpPacket current() {
        return Objects.requireNonNull(packet, "next() gave no packet yet");
    }

    @Override
    public ByteBuffer data() {
        return current().data();
    }

    @Override
    public long timestampNanos() {
        return current().timestampNanos();
    }

    @Override
    public long length() {
        return current().length();
    }

    @Override
    public int linkType() {
        return LinkType.EN10MB;
    }

    @Override
    public String where() {
        return "";
    }

    @Override
    public String begin() {
        XdpSocket first = sockets.get(0);
        return "listening on " + device + " by AF_XDP, " + sockets.size() + " queues, "
                + (first.isZeroCopy() ? "without a copy" : "copied: " + first.copyReason())
                + ", link-type " + LinkType.name(LinkType.EN10MB) + ", snapshot length " + snapLength
                + " bytes; this host does not see what is captured";
    }

    @Override
    public String end() throws IOException {
        long dropped = 0;
        for (XdpSocket socket : sockets) {
            XdpStatistics statistics = socket.statistics();
            dropped += statistics.rxDropped() + statistics.rxRingFull();
        }
        return captured + " packets received by filter" + System.lineSeparator() + dropped
                + " packets dropped by kernel";
    }

    @Override
    public void close() throws IOException {
        try {
            redirect.close();
        } finally {
            for (Umem chunks : memory) {
                chunks.close();
            }
        }
    }
}
