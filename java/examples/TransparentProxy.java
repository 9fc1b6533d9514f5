/*
 * A proxy that neither side knows of: it accepts connections to addresses that are not this host's, and goes on to the
 * server from the client's own address. RedirectProxy is the simpler kin, whose server sees the proxy. As root, on a
 * router between the two, without NAT.
 *
 * java --enable-native-access=ALL-UNNAMED -cp java/lib/target/sockfd-0.1.0-SNAPSHOT.jar \
 *     java/examples/TransparentProxy.java 8080
 *
 * Peer: what has the mark 1 is delivered here, whatever its address: the requests, and the servers' answers
 *       ip rule add fwmark 1 lookup 100; ip route add local default dev lo table 100
 *       nft add table ip t; nft 'add chain ip t c { type filter hook prerouting priority mangle; }'
 *       nft add rule ip t c meta l4proto tcp socket transparent 1 meta mark set 1 accept
 *       nft add rule ip t c tcp dport 80 tproxy to :8080 meta mark set 1 accept
 */

import io.sockfd.Socket;
import io.sockfd.option.IpOptions;
import io.sockfd.option.SocketOptions;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

public class TransparentProxy {
    public static void main(String[] args) throws IOException {
        int port = args.length > 0 ? Integer.parseInt(args[0]) : 8080;
        try (Socket listener = Socket.tcp().setOption(IpOptions.IP_TRANSPARENT, true)) {
            listener.setOption(SocketOptions.SO_REUSEADDR, true);
            listener.bind(new InetSocketAddress("0.0.0.0", port)).listen(64);
            System.out.println("listening on " + listener.getLocalAddress());
            while (true) {
                Socket client = listener.accept();
                start(() -> carry(client, port));
            }
        }
    }

    private static void carry(Socket client, int port) throws IOException {
        InetSocketAddress from = (InetSocketAddress) client.getRemoteAddress();
        InetSocketAddress wanted = (InetSocketAddress) client.getLocalAddress(); // not this host's
        System.out.println(from + " wants " + wanted);
        try (client;
                Socket server = Socket.tcp().setOption(IpOptions.IP_TRANSPARENT, true)) {
            if (wanted.getPort() == port) {
                throw new IOException(from + " asked the proxy itself"); // or it would ask itself without end
            }
            server.bind(new InetSocketAddress(from.getAddress(), 0)).connect(wanted); // as the client, with any port
            Thread back = start(() -> copy(server, client));
            copy(client, server);
            back.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void copy(Socket from, Socket to) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
        while (from.recv(buffer.clear(), 0) >= 0) {
            to.sendAll(buffer.flip());
        }
        to.shutdown(Linux.SHUT_WR);
    }

    private interface Work {
        void run() throws IOException;
    }

    private static Thread start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                System.err.println(e.getMessage());
            }
        });
        thread.start();
        return thread;
    }
}
