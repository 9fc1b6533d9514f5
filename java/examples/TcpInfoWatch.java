/*
 * Sends zeros to a TCP server for some seconds, and every 100 ms prints what the kernel knows about the connection.
 *
 * java --enable-native-access=ALL-UNNAMED -cp java/lib/target/sockfd-0.1.0-SNAPSHOT.jar \
 *     java/examples/TcpInfoWatch.java localhost:7007 2
 *
 * Peer: socat -u TCP-LISTEN:7007,reuseaddr /dev/null
 */

import static io.sockfd.option.TcpOptions.TCP_INFO;

import io.sockfd.Socket;
import io.sockfd.address.Addresses;
import io.sockfd.option.TcpInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;

public class TcpInfoWatch {
    private static final int PERIOD_MILLIS = 100;

    public static void main(String[] args) throws Exception {
        long seconds = args.length > 1 ? Long.parseLong(args[1]) : 2;
        try (Socket socket = Socket.tcp()) {
            socket.connect(Addresses.resolve(args[0]).get(0));
            Thread sender = new Thread(() -> send(socket));
            sender.start();
            System.out.println("   ms     acked kB   MB/s  rtt us  cwnd  unacked  retrans");
            for (long ms = PERIOD_MILLIS; ms <= seconds * 1000 && sender.isAlive(); ms += PERIOD_MILLIS) {
                Thread.sleep(PERIOD_MILLIS);
                print(ms, socket.getOption(TCP_INFO));
            }
        } // ends the sender, even in the middle of a send
    }

    private static void print(long ms, TcpInfo info) {
        // fields that came with newer kernels may be missing
        long acked = info.bytesAcked().orElse(0) / 1000;
        double rate = info.deliveryRate().orElse(0) / 1e6;
        System.out.printf("%5d %12d %6.0f %7d %5d %8d %8d%n", ms, acked, rate, info.rttMicros(), info.sndCwnd(),
                info.unacked(), info.totalRetrans());
    }

    private static void send(Socket socket) {
        ByteBuffer zeros = ByteBuffer.allocateDirect(65_536);
        try {
            while (true) {
                socket.sendAll(zeros.rewind());
            }
        } catch (ClosedChannelException e) {
            return; // the time is over
        } catch (IOException e) {
            System.err.println(e.getMessage()); // the peer has gone
        }
    }
}
