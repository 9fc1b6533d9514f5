package io.sockfd.cli.endpoint;

import static io.sockfd.raw.Linux.EAGAIN;
import static io.sockfd.raw.Linux.EPOLLOUT;

import io.sockfd.ErrnoException;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.address.Addresses;
import io.sockfd.event.EventLoop;
import io.sockfd.event.Registration;
import io.sockfd.event.Timer;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One attempt to connect, on the thread of an event loop, with a deadline. */
public final class Connecting {
    private static final Duration BACKLOG_PAUSE = Duration.ofMillis(10);

    private final EventLoop loop;
    private final SocketAddress address;
    private final SocketType type;
    private final Duration timeout;
    private final Connected connected;
    private final Failed failed;
    private @Nullable Socket socket;
    private @Nullable Timer timer;
    private boolean ended;

    /** Called at most once, on the loop's thread. */
    @FunctionalInterface
    public interface Connected {
        /** The socket does not wait and is the receiver's to close; it is not in the loop. */
        void connected(Socket socket) throws IOException;
    }

    /** Called at most once, on the loop's thread, also when {@link Connected} throws. */
    @FunctionalInterface
    public interface Failed {
        void failed(IOException reason);
    }

    private Connecting(
            EventLoop loop,
            SocketAddress address,
            SocketType type,
            Duration timeout,
            Connected connected,
            Failed failed) {
        this.loop = loop;
        this.address = address;
        this.type = type;
        this.timeout = timeout;
        this.connected = connected;
        this.failed = failed;
    }

    /** Begins, on the loop's thread; either of the two may be called before this returns. */
    public static void begin(
            EventLoop loop,
            SocketAddress address,
            SocketType type,
            Duration timeout,
            Connected connected,
            Failed failed) {
        Connecting attempt = new Connecting(loop, address, type, timeout, connected, failed);
        attempt.timer = loop.schedule(timeout, attempt::expire);
        attempt.connect();
    }

    private void connect() {
        if (ended) {
            return;
        }
        try {
            Socket opened = Endpoint.open(address, type);
            socket = opened;
            opened.timeout(Socket.NON_BLOCKING);
            if (opened.connect(address)) {
                succeed(opened);
            } else {
                loop.add(opened, EPOLLOUT, (registration, events) -> finish(registration, opened));
            }
        } catch (IOException e) {
            if (e instanceof ErrnoException known && known.errno().value() == EAGAIN) {
                closeSocket(); // a UNIX listener with a full backlog, for which there is no readiness
                loop.schedule(BACKLOG_PAUSE, this::connect);
            } else {
                fail(e);
            }
        }
    }

    private void finish(Registration registration, Socket pending) {
        try {
            if (pending.finishConnect()) {
                registration.remove();
                succeed(pending);
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    private void succeed(Socket pending) throws IOException {
        if (!ended) {
            end();
            connected.connected(pending);
        }
    }

    private void expire() {
        if (!ended) {
            end();
            closeSocket();
            failed.failed(new SocketTimeoutException(
                    "connect(" + Addresses.format(address) + "): no answer after " + timeout.toMillis() + " ms"));
        }
    }

    private void fail(IOException e) {
        end();
        closeSocket();
        failed.failed(e);
    }

    private void end() {
        ended = true;
        if (timer != null) {
            timer.cancel();
        }
    }

    private void closeSocket() {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            // close(2) has no failure that matters to a socket that sent nothing
        }
    }
}
