/*
 * A server of Multipath TCP: clients that speak it may go on over another path, the others come by plain TCP. It says
 * which is which, and asks the kernel for the connection by its token, as ss -M does.
 *
 * java --enable-native-access=ALL-UNNAMED -cp java/lib/target/sockfd-0.1.0-SNAPSHOT.jar \
 *     java/examples/MptcpServer.java 127.0.0.1:7007
 *
 * Peer: mptcpize run nc 127.0.0.1 7007, and nc 127.0.0.1 7007
 */

import io.sockfd.Domain;
import io.sockfd.ErrnoException;
import io.sockfd.Protocol;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.address.Addresses;
import io.sockfd.netlink.SocketDiag;
import io.sockfd.option.MptcpInfo;
import io.sockfd.option.MptcpOptions;
import java.io.IOException;
import java.nio.ByteBuffer;

public class MptcpServer {
    public static void main(String[] args) throws IOException {
        try (Socket listener = Socket.open(Domain.INET, SocketType.STREAM, Protocol.MPTCP);
                SocketDiag kernel = SocketDiag.open()) {
            listener.bind(Addresses.parse(args[0])).listen();
            System.out.println("listening on " + Addresses.format(listener.getLocalAddress()));
            while (true) {
                try (Socket client = listener.accept()) {
                    System.out.println(Addresses.format(client.getRemoteAddress()) + " by " + way(client, kernel));
                    ByteBuffer data = ByteBuffer.allocateDirect(65_536);
                    while (client.recv(data.clear(), 0) >= 0) {
                        client.sendAll(data.flip());
                    }
                }
            }
        }
    }

    private static String way(Socket client, SocketDiag kernel) throws IOException {
        try {
            MptcpInfo info = client.getOption(MptcpOptions.MPTCP_INFO);
            boolean known = kernel.mptcp(info.token()) != null;
            return "MPTCP, " + (1 + info.subflows()) + " path(s), the kernel "
                    + (known ? "finds" : "does not find") + " it by its token";
        } catch (ErrnoException e) { // EOPNOTSUPP, or of kernels before 5.16 ENOPROTOOPT: it fell back
            return "plain TCP";
        }
    }
}
