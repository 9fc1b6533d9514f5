/*
 * A transparent proxy: the firewall redirects connections to it, it asks the kernel where they wanted to go, and
 * carries them there. As root; the mark keeps the proxy's own connections from coming back to it.
 *
 * java --enable-native-access=ALL-UNNAMED -cp java/lib/target/sockfd-0.1.0-SNAPSHOT.jar \
 *     java/examples/RedirectProxy.java 8080
 *
 * Peer: nft add table ip t; nft 'add chain ip t c { type nat hook output priority -100; }'
 *       nft add rule ip t c tcp dport 80 meta mark != 1 redirect to :8080; curl http://example.org/
 */

import io.sockfd.Socket;
import io.sockfd.option.IpOptions;
import io.sockfd.option.SocketOptions;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

public class RedirectProxy {
    private static final long MARK = 1;

    public static void main(String[] args) throws IOException {
        int port = args.length > 0 ? Integer.parseInt(args[0]) : 0;
        try (Socket listener = Socket.tcp().bind(new InetSocketAddress(port)).listen(64)) {
            System.out.println("listening on " + listener.getLocalAddress());
            while (true) {
                Socket client = listener.accept();
                start(() -> carry(client));
            }
        }
    }

    private static void carry(Socket client) throws IOException {
        try (client; Socket server = Socket.tcp()) {
            InetSocketAddress wanted = client.getOption(IpOptions.SO_ORIGINAL_DST);
            System.out.println(client.getRemoteAddress() + " wants " + wanted);
            server.setOption(SocketOptions.SO_MARK, MARK);
            server.connect(wanted);
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
