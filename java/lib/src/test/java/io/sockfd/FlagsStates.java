package io.sockfd;

import static io.sockfd.SocketIT.accepted;

import io.sockfd.address.NetlinkAddress;
import io.sockfd.address.PacketAddress;
import io.sockfd.address.Sockaddr;
import io.sockfd.address.UnixAddress;
import io.sockfd.option.IpOptions;
import io.sockfd.option.SocketOptions;
import io.sockfd.option.TcpOptions;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The two ends of a row, in its state. C's side is native/oracle/flags/states.c, function by function. */
final class FlagsStates implements AutoCloseable {
    private static final int SMALL = 4096;
    private static final int CHUNK = 512;
    private static final int CHUNKS = 4000;
    private static final int QUEUED = 20;
    private static final int SETTLE_MS = 8; // in all longer than an ACK is delayed
    private static final int SETTLED = 8;
    private static final int HANDSHAKE_MS = 300; // its last packet may be a delayed ACK
    private static final int PROTOCOL = 253;
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    final Socket subject;
    private @Nullable Socket peer;
    private final @Nullable Sockaddr to;
    private final FlagsRow row;
    private final int number = NUMBERS.getAndIncrement();

    FlagsStates(FlagsRow row) throws IOException {
        this.row = row;
        if (row.state().equals("ALONE")) {
            subject = alone();
            peer = null;
            to = null;
        } else if (row.isAddressed()) {
            subject = alone();
            peer = row.type() == FlagsRow.Type.TCP
                    ? Socket.tcp().bind(loopback(1)).listen(8)
                    : alone().bind(row.type() == FlagsRow.Type.UNIX_DGRAM ? UnixAddress.unnamed() : loopback(1));
            to = peer.getsockname(new Sockaddr());
            if (row.state().equals("REFUSED")) {
                closePeer();
            }
        } else {
            Socket.Pair pair = pair();
            subject = pair.first();
            peer = pair.second();
            to = null;
            acts(row.state().split("_LATER_", -1)[0]);
        }
    }

    /** Where a send goes, or null where it names no address. */
    @Nullable
    Sockaddr to() {
        return to;
    }

    /** What happens while the call waits. */
    void later() throws IOException {
        acts(row.state().split("_LATER_", -1)[1]);
    }

    /** Whose data is looked at after the call: what is left for a receiver, or has come to the other side. */
    @Nullable
    Socket observed() throws IOException {
        if (row.isFull() || row.state().equals("REFUSED")) {
            return null;
        } else if (!row.sends()) {
            return subject;
        } else if (row.isAddressed() && row.type() == FlagsRow.Type.TCP) {
            Socket listener = accepted(peer).timeout(Duration.ofMillis(HANDSHAKE_MS));
            try {
                peer = listener.accept();
            } catch (SocketTimeoutException e) {
                peer = null;
            }
            listener.close();
        }
        return peer;
    }

    private InetSocketAddress loopback(int host) throws IOException {
        // raw sockets get all that comes to their address: each row has its own, and the oracle has others
        int net = row.type() == FlagsRow.Type.RAW ? 201 << 16 | (number * 2 & 0xfffe) : 0;
        int address = 0x7f000000 + net + host;
        return new InetSocketAddress(
                InetAddress.getByAddress(ByteBuffer.allocate(4).putInt(address).array()), 0);
    }

    private Socket alone() throws IOException {
        return switch (row.type()) {
            case TCP -> Socket.tcp();
            case UDP -> Socket.udp();
            case UNIX_STREAM -> Socket.unixStream();
            case UNIX_SEQPACKET -> Socket.unixSeqpacket();
            case UNIX_DGRAM -> Socket.unixDatagram();
            case RAW -> Socket.raw(new Protocol(PROTOCOL));
            case NETLINK -> Socket.netlink(Linux.NETLINK_USERSOCK);
            case PACKET -> Socket.packet(SocketType.DGRAM, 0);
        };
    }

    private Socket.Pair pair() throws IOException {
        return switch (row.type()) {
            case TCP -> tcpPair();
            case UDP, RAW -> connected(alone().bind(loopback(1)), alone().bind(loopback(2)));
            case NETLINK -> connected(alone().bind(new NetlinkAddress(0, 0)), alone().bind(new NetlinkAddress(0, 0)));
            case UNIX_STREAM -> withSmallBuffers(Socket.pair(Domain.UNIX, SocketType.STREAM));
            case UNIX_SEQPACKET -> withSmallBuffers(Socket.pair(Domain.UNIX, SocketType.SEQPACKET));
            case UNIX_DGRAM -> withSmallBuffers(Socket.pair(Domain.UNIX, SocketType.DGRAM));
            case PACKET -> {
                int ethertype = 0xd000 + number % 0x2000;
                int lo = NetworkInterface.getByName("lo").getIndex();
                SocketAddress address = new PacketAddress(ethertype, lo);
                yield new Socket.Pair(alone().bind(address), alone().bind(address));
            }
        };
    }

    private Socket.Pair tcpPair() throws IOException {
        try (Socket listener = Socket.tcp().bind(loopback(1)).listen(8)) {
            Socket peer = Socket.tcp();
            if (row.sends()) {
                small(peer, peer); // the window is offered with the connection
            }
            peer.connect(listener.getLocalAddress());
            Socket.Pair pair = withSmallBuffers(new Socket.Pair(accepted(listener.accept()), peer));
            pair.first().setOption(TcpOptions.TCP_NODELAY, true);
            pair.second().setOption(TcpOptions.TCP_NODELAY, true);
            return pair;
        }
    }

    private Socket.Pair connected(Socket first, Socket second) throws IOException {
        first.connect(second.getLocalAddress());
        second.connect(first.getLocalAddress());
        return withSmallBuffers(new Socket.Pair(first, second));
    }

    private Socket.Pair withSmallBuffers(Socket.Pair pair) throws IOException {
        small(row.sends() ? pair.first() : pair.second(), row.sends() ? pair.second() : pair.first());
        return pair;
    }

    private void small(Socket from, Socket to) throws IOException {
        if (row.isFull()) {
            from.setOption(SocketOptions.SO_SNDBUF, SMALL);
            to.setOption(SocketOptions.SO_RCVBUF, SMALL);
        }
    }

    private void acts(String names) throws IOException {
        for (String name : names.split("_AND_", -1)) {
            act(name);
        }
    }

    private void act(String name) throws IOException {
        switch (name) {
            case "PART" -> text(accepted(peer), "abc", 0);
            case "ALL" -> text(accepted(peer), "abcdefgh", 0);
            case "REST" -> text(accepted(peer), "def", 0);
            case "LOW2", "LOW5", "LOW50" ->
                subject.setOption(SocketOptions.SO_RCVLOWAT, Integer.parseInt(name.substring(3)));
            case "FULL" -> fill(row.sends() ? subject : accepted(peer));
            case "URGENT" -> text(accepted(peer), "u", Linux.MSG_OOB);
            case "RIGHTS" -> rights(accepted(peer));
            case "END" -> accepted(peer).shutdown(Linux.SHUT_WR);
            case "DEAF" -> accepted(peer).shutdown(Linux.SHUT_RD);
            case "CLOSED" -> closePeer();
            case "RESET" -> reset();
            case "SHUT_RD" -> subject.shutdown(Linux.SHUT_RD);
            case "SHUT_WR" -> subject.shutdown(Linux.SHUT_WR);
            case "QUEUED" -> {
                subject.setOption(IpOptions.IP_RECVERR, true);
                reset();
            }
            case "DRAINED" -> {
                ByteBuffer taken = ByteBuffer.allocate(CHUNK);
                int chunks = 0;
                while (chunks++ < CHUNKS && accepted(peer).recv(taken.clear(), Linux.MSG_DONTWAIT) > 0) {
                    // and the next
                }
            }
            case "NOTHING", "LARGE" -> {}
            default -> throw new IllegalArgumentException("no state: " + name);
        }
    }

    private static void text(Socket socket, String text, int flags) throws IOException {
        int sent = socket.send(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), flags | Linux.MSG_DONTWAIT);
        if (sent != text.length()) {
            throw new IOException("sent " + sent + " of " + text);
        }
    }

    /** Until nothing more goes in, now and a little later: TCP's window closes by and by. */
    private void fill(Socket socket) throws IOException {
        FlagsRow.Type type = row.type();
        boolean unreliable = type == FlagsRow.Type.UDP || type.isPrivileged();
        int refused = 0;
        byte[] chunk = new byte[CHUNK];
        chunk[0] = 'x';
        for (int i = 0; i < (unreliable ? QUEUED : CHUNKS) && refused < SETTLED; i++) {
            int length = refused > 0 && type.isStream() ? 1 : CHUNK;
            if (socket.send(chunk, 0, length, Linux.MSG_DONTWAIT) >= 0) {
                refused = 0;
            } else {
                refused++;
                if (type == FlagsRow.Type.TCP && row.sends()) {
                    pause(SETTLE_MS);
                }
            }
        }
    }

    private static void pause(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void reset() throws IOException {
        if (row.type() == FlagsRow.Type.TCP) {
            accepted(peer).setOption(SocketOptions.SO_LINGER, new Linger(true, 0));
        } else if (row.type() != FlagsRow.Type.UDP) {
            text(subject, "unread", 0);
        }
        closePeer();
        if (row.type() == FlagsRow.Type.UDP) {
            text(subject, "lost", 0); // the answer is the error
        }
    }

    private void closePeer() throws IOException {
        accepted(peer).close();
        peer = null;
    }

    private static void rights(Socket socket) throws IOException {
        try (Message message = new Message()) {
            message.data(ByteBuffer.wrap(new byte[] {'a', 'b', 'c'}));
            message.outgoing().rights(socket.fd());
            socket.sendMessage(message, Linux.MSG_DONTWAIT);
        }
    }

    /** A reset leaves no port behind in TIME_WAIT. */
    @Override
    public void close() throws IOException {
        for (Socket socket : new @Nullable Socket[] {peer, subject}) {
            if (socket != null && socket.isOpen()) {
                if (row.type() == FlagsRow.Type.TCP) {
                    socket.setOption(SocketOptions.SO_LINGER, new Linger(true, 0));
                }
                socket.close();
            }
        }
    }
}
