/*
 * An echo service that tells its supervisor when it is ready, that it is alive, and when it ends; and that gives it
 * the listener to keep, so that no connection is lost in a restart: systemd's Type=notify, WatchdogSec= and
 * FileDescriptorStoreMax=.
 *
 * java --enable-native-access=ALL-UNNAMED -cp java/lib/target/sockfd-0.1.0-SNAPSHOT.jar \
 *     java/examples/NotifyService.java
 *
 * Peer: systemd-run -p Type=notify -p WatchdogSec=10 -p FileDescriptorStoreMax=4 -p NotifyAccess=all java ...
 */

import io.sockfd.Notify;
import io.sockfd.Socket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

public class NotifyService {
    public static void main(String[] args) throws IOException {
        try (Notify notify = Notify.open();
                Socket listener = listener(notify)) {
            Duration interval = notify.watchdogInterval();
            listener.timeout(interval.isZero() ? Duration.ofSeconds(1) : interval.dividedBy(2));
            notify.ready("accepting on " + listener.getLocalAddress());
            while (true) {
                try (Socket client = listener.accept()) {
                    ByteBuffer buffer = ByteBuffer.allocate(4096);
                    client.recv(buffer, 0);
                    if (new String(buffer.array(), 0, buffer.position()).startsWith("stop")) {
                        break;
                    }
                    client.sendAll(buffer.flip());
                } catch (SocketTimeoutException e) {
                    notify.alive(); // nobody came
                }
            }
            notify.stopping();
            notify.barrier(Duration.ofSeconds(5)); // or it may not know whose message that was
        }
    }

    /** The one that an earlier start gave away, else a new one. */
    private static Socket listener(Notify notify) throws IOException {
        List<Socket> kept = Socket.listenFds();
        if (!kept.isEmpty()) {
            return kept.get(0);
        }
        Socket made = Socket.tcp().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).listen(64);
        notify.store("listener", made);
        return made;
    }
}
