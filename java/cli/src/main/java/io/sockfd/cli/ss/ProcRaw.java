package io.sockfd.cli.ss;

import io.sockfd.cli.kernel.Proc;
import io.sockfd.raw.Linux;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Raw sockets by {@code /proc/net/raw}, for kernels that do not tell them by sock_diag. See proc_net(5). */
final class ProcRaw {
    private static final int HEX = 16;
    private static final int GROUP = 8;

    // columns: "sl local remote state tx:rx timer retransmissions uid timeout inode …"
    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int STATE = 3;
    private static final int QUEUES = 4;
    private static final int UID = 7;
    private static final int INODE = 9;

    private final Proc proc;

    ProcRaw(Proc proc) {
        this.proc = proc;
    }

    List<Entry> ipv4() {
        return read("thread-self/net/raw", Linux.AF_INET);
    }

    List<Entry> ipv6() {
        return read("thread-self/net/raw6", Linux.AF_INET6);
    }

    private List<Entry> read(String file, int family) {
        return proc.lines(file).stream()
                .skip(1)
                .map(line -> line.strip().split("\\s+", -1))
                .filter(words -> words.length > INODE)
                .map(words -> entry(words, family))
                .toList();
    }

    private static Entry entry(String[] words, int family) {
        String[] queues = words[QUEUES].split(":", -1);
        return new Entry(
                "raw",
                family,
                Integer.parseInt(words[STATE], HEX),
                Long.parseLong(queues[1], HEX),
                Long.parseLong(queues[0], HEX),
                endpoint(words[LOCAL]),
                endpoint(words[REMOTE]),
                0,
                Long.parseLong(words[UID]),
                Long.parseLong(words[INODE]),
                null);
    }

    /** {@code 0100007F:0001}: words of the network's bytes as this machine reads them, and the protocol. */
    private static Endpoint endpoint(String text) {
        String[] parts = text.split(":", -1);
        ByteBuffer bytes = ByteBuffer.allocate(parts[0].length() / 2).order(ByteOrder.nativeOrder());
        for (int i = 0; i + GROUP <= parts[0].length(); i += GROUP) {
            bytes.putInt(Integer.parseUnsignedInt(parts[0], i, i + GROUP, HEX));
        }
        try {
            byte[] address = bytes.array();
            InetAddress ip = address.length == Integer.BYTES
                    ? InetAddress.getByAddress(address)
                    : Inet6Address.getByAddress(null, address, -1);
            return Endpoint.internet(ip, Integer.parseInt(parts[1], HEX));
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }
}
