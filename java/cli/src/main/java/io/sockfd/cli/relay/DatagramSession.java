package io.sockfd.cli.relay;

import static io.sockfd.raw.Linux.EPOLLET;
import static io.sockfd.raw.Linux.EPOLLIN;
import static io.sockfd.raw.Linux.EPOLLOUT;

import io.sockfd.Socket;
import io.sockfd.address.Sockaddr;
import io.sockfd.cli.endpoint.Connecting;
import io.sockfd.cli.endpoint.Endpoint;
import io.sockfd.event.EventLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One sender of datagrams and its socket to the target, which may be a stream. */
final class DatagramSession {
    private static final int LONGEST_QUEUE = 64;

    private final EventLoop loop;
    private final Socket listener;
    private final Sockaddr client;
    private final Target target;
    private final Totals totals;
    private final Consumer<DatagramSession> ended;
    private final Deque<ByteBuffer> queue = new ArrayDeque<>(); // until the target is connected or has room
    private final ByteBuffer answer; // shared by all sessions
    private @Nullable Socket socket;
    private boolean over;
    private long lastSeen = System.nanoTime();
    private long there;
    private long back;

    DatagramSession(
            EventLoop loop,
            Socket listener,
            Sockaddr client,
            ByteBuffer answer,
            Target target,
            Totals totals,
            Consumer<DatagramSession> ended) {
        this.loop = loop;
        this.listener = listener;
        this.client = client;
        this.answer = answer;
        this.target = target;
        this.totals = totals;
        this.ended = ended;
    }

    void begin() {
        Endpoint endpoint = target.endpoint();
        Connecting.begin(
                loop,
                endpoint.addresses().get(0),
                endpoint.type(),
                target.patience(),
                connected -> {
                    socket = connected;
                    loop.add(connected, EPOLLIN | EPOLLOUT | EPOLLET, (registration, events) -> ready(connected));
                },
                failure -> {
                    totals.fail(String.valueOf(failure.getMessage()));
                    close();
                });
    }

    Sockaddr client() {
        return client;
    }

    long bytesThere() {
        return there;
    }

    long bytesBack() {
        return back;
    }

    boolean isIdle(Duration longest) {
        return System.nanoTime() - lastSeen > longest.toNanos();
    }

    /** Sends a datagram on, or keeps it for later; drops it when too many are kept. */
    void forward(ByteBuffer datagram) throws IOException {
        lastSeen = System.nanoTime();
        if (over) {
            return;
        } else if (socket != null && queue.isEmpty()) {
            send(socket, datagram);
        }
        if (!datagram.hasRemaining() && queue.isEmpty() && socket != null) {
            return;
        } else if (queue.size() == LONGEST_QUEUE) {
            totals.drop();
        } else {
            queue.add(ByteBuffer.allocate(datagram.remaining()).put(datagram).flip());
        }
    }

    /** True when the target took all of it. */
    private boolean send(Socket to, ByteBuffer bytes) {
        try {
            int sent = to.send(bytes, 0);
            there += Math.max(sent, 0);
            return sent != Socket.WOULD_BLOCK && !bytes.hasRemaining();
        } catch (IOException e) {
            fail(e);
            return false;
        }
    }

    private void ready(Socket from) {
        try {
            while (!over && !queue.isEmpty() && send(from, queue.element())) {
                queue.remove();
            }
            while (!over) {
                int received = from.recv(answer.clear(), 0);
                if (received == Socket.WOULD_BLOCK) {
                    return;
                } else if (received == -1) {
                    close();
                    return;
                }
                lastSeen = System.nanoTime();
                reply(received);
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    private void reply(int received) {
        try {
            if (client.isEmpty() || listener.sendTo(answer.flip(), client, 0) == Socket.WOULD_BLOCK) {
                totals.drop(); // a sender without a name cannot be answered
            } else {
                back += received;
            }
        } catch (IOException e) {
            totals.fail(String.valueOf(e.getMessage()));
        }
    }

    private void fail(IOException e) {
        totals.fail(String.valueOf(e.getMessage()));
        close();
    }

    void close() {
        if (over) {
            return;
        }
        over = true;
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            // nothing depends on it
        }
        ended.accept(this);
    }
}
