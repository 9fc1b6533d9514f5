/*
 * An HTTP/1.1 server on one thread, with io_uring: answers every request with the same text. What came and what is to
 * be sent is one system call for all connections; no garbage is made. It needs Linux 6.1, and no container that forbids
 * io_uring.
 *
 * java --enable-native-access=ALL-UNNAMED -cp java/lib/target/sockfd-0.1.0-SNAPSHOT.jar \
 *     java/examples/UringHttp.java 127.0.0.1:8080
 *
 * Peer: curl http://127.0.0.1:8080/, wrk -c 200 http://127.0.0.1:8080/
 */

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.sockfd.Socket;
import io.sockfd.address.Addresses;
import io.sockfd.option.SocketOptions;
import io.sockfd.option.TcpOptions;
import io.sockfd.uring.Accept;
import io.sockfd.uring.BufferRing;
import io.sockfd.uring.Operation;
import io.sockfd.uring.Receive;
import io.sockfd.uring.Ring;
import io.sockfd.uring.Send;
import io.sockfd.uring.Timeout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

public class UringHttp {
    private static final int END_OF_HEAD = 0x0d0a0d0a; // an empty line
    private static final int MOST_AT_ONCE = 64; // answers
    private static final byte[] ANSWER = ("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
            + "Content-Length: 13\r\n\r\nHello, uring\n").getBytes(US_ASCII);
    private static final ByteBuffer ANSWERS = ByteBuffer.allocateDirect(MOST_AT_ONCE * ANSWER.length);

    public static void main(String[] args) throws IOException {
        for (int i = 0; i < MOST_AT_ONCE; i++) {
            ANSWERS.put(ANSWER);
        }
        try (Socket listener = Socket.tcp();
                Ring ring = Ring.open(256, 4096)) {
            listener.setOption(SocketOptions.SO_REUSEADDR, true);
            listener.setOption(TcpOptions.TCP_NODELAY, true); // connections have it from here
            listener.bind(Addresses.parse(args.length > 0 ? args[0] : "127.0.0.1:8080"));
            listener.listen();
            BufferRing buffers = ring.buffers(1024, 2048);
            ring.accept(listener).startMultishot();
            System.out.println("listening on " + Addresses.format(listener.getLocalAddress()));
            while (true) {
                ring.await(-1);
                for (Operation done = ring.next(); done != null; done = ring.next()) {
                    if (done instanceof Accept accept) {
                        accepted(ring, accept, buffers);
                    } else if (done instanceof Timeout later) {
                        ((Accept) later.attachment()).startMultishot();
                    } else {
                        ((Connection) done.attachment()).completed(done);
                    }
                }
            }
        }
    }

    private static void accepted(Ring ring, Accept accept, BufferRing buffers) throws IOException {
        if (accept.result() >= 0) {
            new Connection(ring, accept.socket(), buffers).receive.startMultishot();
        }
        if (!accept.isActive()) { // out of descriptors for instance: in a while there may be some
            Timeout later = ring.timeout();
            later.attach(accept);
            later.start(Duration.ofMillis(accept.result() < 0 ? 100 : 0));
        }
    }

    /** Requests may come in pieces or several at a time; answers that are owed go out together. */
    private static final class Connection {
        private final Socket socket;
        private final Receive receive;
        private final Send send;
        private final ByteBuffer answers = ANSWERS.duplicate();
        private int lastFour; // bytes that came
        private int owed; // answers

        Connection(Ring ring, Socket socket, BufferRing buffers) {
            this.socket = socket;
            receive = ring.receive(socket, buffers);
            send = ring.send(socket);
            receive.attach(this);
            send.attach(this);
        }

        void completed(Operation done) throws IOException {
            boolean starved = done == receive && done.result() == -io.sockfd.raw.Linux.ENOBUFS;
            if (done.result() <= 0 && !starved) {
                socket.close();
                return;
            }
            if (done == receive && !starved) {
                countRequests(receive.data());
            }
            if (!receive.isActive() && socket.isOpen()) {
                receive.startMultishot();
            }
            if (owed > 0 && !send.isActive() && socket.isOpen()) {
                int now = Math.min(owed, MOST_AT_ONCE);
                owed -= now;
                send.start(answers.clear().limit(now * ANSWER.length));
            }
        }

        private void countRequests(ByteBuffer data) {
            int last = lastFour;
            while (data.hasRemaining()) {
                last = last << 8 | data.get();
                owed += last == END_OF_HEAD ? 1 : 0;
            }
            lastFour = last;
        }
    }
}
