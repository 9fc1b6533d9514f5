/*
 * Relays TCP connections to another address. This process accepts and connects; then a program in the kernel moves
 * the bytes from one socket to the other, and none of them comes here. Needs CAP_BPF and CAP_NET_ADMIN, Linux 5.13.
 *
 * java --enable-native-access=ALL-UNNAMED -cp java/lib/target/sockfd-0.1.0-SNAPSHOT.jar \
 *     java/examples/SockmapRelay.java 127.0.0.1:9000 127.0.0.1:22
 *
 * Peer: nc 127.0.0.1 9000
 */

import io.sockfd.Socket;
import io.sockfd.address.Addresses;
import io.sockfd.ebpf.EbpfAssembler;
import io.sockfd.ebpf.EbpfAttachment;
import io.sockfd.ebpf.EbpfMap;
import io.sockfd.ebpf.EbpfProgram;
import io.sockfd.ebpf.EbpfType;
import io.sockfd.option.SocketOptions;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

public class SockmapRelay {
    private static final int MOST = 1000;
    private static final String PROGRAM = """
                r6 = r1
                call get_socket_cookie          // of the socket that received
                *(u64 *)(r10 -8) = r0
                r1 = r6
                r2 = map[peers]
                r3 = r10
                r3 += -8
                r4 = 0
                call sk_redirect_hash           // SK_PASS: the other one sends it
                exit
        """;

    public static void main(String[] args) throws IOException {
        try (Socket listener = Socket.tcp();
                EbpfMap peers = EbpfMap.socketsByKey(Long.BYTES, MOST);
                EbpfProgram program = EbpfProgram.load(
                        EbpfType.SK_SKB_VERDICT, EbpfAssembler.assemble(PROGRAM).with("peers", peers));
                EbpfAttachment relaying = program.attach(peers)) {
            listener.bind(Addresses.parse(args[0])).listen(128);
            System.out.println("listening on " + Addresses.format(listener.getLocalAddress()) + " by " + relaying);
            while (true) {
                Socket client = listener.accept();
                Thread waiting = new Thread(() -> relay(client, args[1], peers));
                waiting.setDaemon(true);
                waiting.start();
            }
        }
    }

    /** Ends when the client does. */
    private static void relay(Socket client, String target, EbpfMap peers) {
        try (client;
                Socket server = Socket.tcp()) {
            boolean ignored = server.connect(Addresses.parse(target));
            peers.put(cookie(client), server);
            peers.put(cookie(server), client);
            // what came before is looked at when something comes, and this says that something has
            client.setOption(SocketOptions.SO_RCVLOWAT, 1);
            server.setOption(SocketOptions.SO_RCVLOWAT, 1);
            client.poll(Linux.POLLRDHUP, null);
        } catch (IOException e) {
            System.out.println("a connection has ended: " + e.getMessage());
        }
    }

    private static ByteBuffer cookie(Socket socket) throws IOException {
        ByteBuffer key = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
        return key.putLong(socket.getOption(SocketOptions.SO_COOKIE)).flip();
    }
}
