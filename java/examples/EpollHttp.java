/*
 * An HTTP/1.1 server on one thread, with epoll: answers every request with the same text, for as many connections as
 * there are descriptors, and makes no garbage while it does.
 *
 * java --enable-native-access=ALL-UNNAMED -cp java/lib/target/sockfd-0.1.0-SNAPSHOT.jar \
 *     java/examples/EpollHttp.java 127.0.0.1:8080
 *
 * Peer: curl http://127.0.0.1:8080/, wrk -c 200 http://127.0.0.1:8080/
 */

import static io.sockfd.raw.Linux.EPOLLIN;
import static io.sockfd.raw.Linux.EPOLLOUT;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.sockfd.event.EventLoop;
import io.sockfd.event.Registration;
import io.sockfd.Socket;
import io.sockfd.address.Addresses;
import io.sockfd.option.SocketOptions;
import io.sockfd.option.TcpOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

public class EpollHttp {
    private static final int END_OF_HEAD = 0x0d0a0d0a; // an empty line
    private static final int MOST_OWED = 1000;
    private static final ByteBuffer IN = ByteBuffer.allocateDirect(16 * 1024);
    private static final ByteBuffer RESPONSE = direct("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
            + "Content-Length: 13\r\n\r\nHello, epoll\n");

    public static void main(String[] args) throws IOException {
        try (Socket listener = Socket.tcp();
                EventLoop loop = EventLoop.open()) {
            listener.setOption(SocketOptions.SO_REUSEADDR, true);
            listener.bind(Addresses.parse(args.length > 0 ? args[0] : "127.0.0.1:8080"));
            listener.listen();
            loop.accept(listener, socket -> {
                socket.setOption(TcpOptions.TCP_NODELAY, true);
                loop.add(socket, EPOLLIN, new Connection(socket));
            });
            Runtime.getRuntime().addShutdownHook(new Thread(() -> loop.stop(Duration.ZERO)));
            System.out.println("listening on " + Addresses.format(listener.getLocalAddress()));
            loop.run();
        }
    }

    private static ByteBuffer direct(String text) {
        return ByteBuffer.allocateDirect(text.length()).put(text.getBytes(US_ASCII)).flip();
    }

    /** Requests may come in pieces or several at a time; answers may go out in pieces. */
    private static final class Connection implements EventLoop.Handler {
        private final Socket socket;
        private int lastFour; // bytes that came
        private int owed; // answers
        private int sent; // of the first answer owed

        Connection(Socket socket) {
            this.socket = socket;
        }

        @Override
        public void ready(Registration registration, int events) throws IOException {
            if (owed < MOST_OWED) {
                int received = socket.recv(IN.clear(), 0);
                if (received == -1) {
                    socket.close();
                    return;
                }
                countRequests(received);
            }
            answer();
            int wanted = owed == 0 ? EPOLLIN : owed < MOST_OWED ? EPOLLIN | EPOLLOUT : EPOLLOUT;
            if (wanted != registration.events()) {
                registration.modify(wanted);
            }
        }

        private void countRequests(int received) {
            int last = lastFour;
            for (int i = 0; i < received; i++) {
                last = last << 8 | IN.get(i);
                owed += last == END_OF_HEAD ? 1 : 0;
            }
            lastFour = last;
        }

        private void answer() throws IOException {
            while (owed > 0) {
                int moved = socket.send(RESPONSE.position(sent), 0);
                if (moved == Socket.WOULD_BLOCK) {
                    return;
                }
                sent += moved;
                if (sent == RESPONSE.limit()) {
                    sent = 0;
                    owed--;
                }
            }
        }
    }
}
