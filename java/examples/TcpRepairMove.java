/*
 * Moves a TCP connection to another socket in the midst of a transfer, as checkpoint and restore does: the peer notices
 * nothing. As root. On a network, a firewall rule keeps its segments away meanwhile: without a socket they are reset.
 *
 * java --enable-native-access=ALL-UNNAMED -cp java/lib/target/sockfd-0.1.0-SNAPSHOT.jar \
 *     java/examples/TcpRepairMove.java 127.0.0.1 7007
 *
 * Peer: (echo hello; sleep 20) | nc -l 127.0.0.1 7007 | (sleep 10; wc -c)
 */

import static io.sockfd.option.TcpOptions.*;
import static io.sockfd.raw.Linux.TCP_RECV_QUEUE;
import static io.sockfd.raw.Linux.TCP_SEND_QUEUE;

import io.sockfd.Socket;
import io.sockfd.option.SocketOptions;
import io.sockfd.option.TcpInfo;
import io.sockfd.option.TcpRepairOpt;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.stream.Stream;

public class TcpRepairMove {
    public static void main(String[] args) throws IOException {
        Socket old = Socket.tcp();
        old.connect(new InetSocketAddress(args[0], Integer.parseInt(args[1])));
        ByteBuffer data = ByteBuffer.wrap("a connection moves, none notices".repeat(30_000).getBytes());
        long all = 0; // until the peer's window and the own buffer are full
        for (long n; (n = old.send(data.position((int) (all % data.capacity())), Linux.MSG_DONTWAIT)) > 0; all += n) {}
        old.recv(ByteBuffer.allocate(1), Linux.MSG_PEEK); // waits for what it says, and does not read it
        try (Socket moved = move(old).shutdown(Linux.SHUT_WR)) {
            for (ByteBuffer heard = ByteBuffer.allocate(100); moved.recv(heard.clear(), 0) >= 0; ) {
                System.out.print(new String(heard.array(), 0, heard.position()));
            }
        }
    }

    private static Socket move(Socket from) throws IOException {
        from.setOption(TCP_REPAIR, Linux.TCP_REPAIR_ON); // now it sends nothing
        ByteBuffer unread = content(from, TCP_RECV_QUEUE);
        long readTo = from.getOption(TCP_QUEUE_SEQ);
        ByteBuffer unacked = content(from, TCP_SEND_QUEUE); // at its end what was never sent
        long sendTo = from.getOption(TCP_QUEUE_SEQ);
        TcpInfo info = from.getOption(TCP_INFO);
        var window = from.getOption(TCP_REPAIR_WINDOW);
        int scales = info.sndWscale() | info.rcvWscale() << 16;
        TcpRepairOpt[] agreed = Stream.of(
                        new TcpRepairOpt(2, from.getOption(TCP_MAXSEG)),
                        (info.options() & Linux.TCPI_OPT_WSCALE) == 0 ? null : new TcpRepairOpt(3, scales),
                        (info.options() & Linux.TCPI_OPT_SACK) == 0 ? null : new TcpRepairOpt(4, 0),
                        (info.options() & Linux.TCPI_OPT_TIMESTAMPS) == 0 ? null : new TcpRepairOpt(8, 0))
                .filter(Objects::nonNull).toArray(TcpRepairOpt[]::new);
        Socket to = Socket.tcp().setOption(TCP_REPAIR, Linux.TCP_REPAIR_ON);
        to.setOption(SocketOptions.SO_SNDBUFFORCE, unacked.limit() + 100_000);
        to.setOption(TCP_REPAIR_QUEUE, TCP_RECV_QUEUE).setOption(TCP_QUEUE_SEQ, readTo - unread.limit() & 0xffffffffL);
        to.setOption(TCP_REPAIR_QUEUE, TCP_SEND_QUEUE).setOption(TCP_QUEUE_SEQ, sendTo - unacked.limit() & 0xffffffffL);
        to.setOption(TCP_TIMESTAMP, from.getOption(TCP_TIMESTAMP));
        to.bind(from.getLocalAddress());
        InetSocketAddress peer = (InetSocketAddress) from.getRemoteAddress();
        from.close(); // in repair mode without a word
        to.connect(peer); // and without a handshake
        to.setOption(TCP_REPAIR_OPTIONS, agreed);
        int unsent = (int) info.notsentBytes().orElse(0);
        System.out.printf("moved: %d unread, %d unacknowledged%n", unread.limit(), unacked.limit());
        to.setOption(TCP_REPAIR_QUEUE, TCP_RECV_QUEUE).sendAll(unread);
        to.setOption(TCP_REPAIR_QUEUE, TCP_SEND_QUEUE).sendAll(unacked.limit(unacked.limit() - unsent));
        to.setOption(TCP_REPAIR_WINDOW, window).setOption(TCP_REPAIR, Linux.TCP_REPAIR_OFF);
        to.sendAll(unacked.limit(unacked.limit() + unsent));
        return to;
    }

    private static ByteBuffer content(Socket socket, int queue) throws IOException {
        ByteBuffer content = ByteBuffer.allocateDirect(16 << 20);
        socket.setOption(TCP_REPAIR_QUEUE, queue).recv(content, Linux.MSG_PEEK | Linux.MSG_DONTWAIT);
        return content.flip();
    }
}
