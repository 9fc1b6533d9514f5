package io.sockfd.cli.relay;

import static io.sockfd.raw.Linux.EPOLLIN;

import io.sockfd.Socket;
import io.sockfd.address.Sockaddr;
import io.sockfd.event.EventLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells the senders of one datagram socket apart, and gives each a socket of its own to the target. */
final class DatagramClients implements Sessions {
    private static final int AT_ONCE = 64;
    private static final int LARGEST = 256 * 1024;

    private final EventLoop loop;
    private final Target target;
    private final Totals totals;
    private final Map<Sockaddr, DatagramSession> sessions = new HashMap<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(LARGEST);
    private final Sockaddr from = new Sockaddr();

    DatagramClients(EventLoop loop, Target target, Totals totals) {
        this.loop = loop;
        this.target = target;
        this.totals = totals;
    }

    @Override
    public void serve(Socket listener) throws IOException {
        listener.timeout(Socket.NON_BLOCKING);
        loop.add(listener, EPOLLIN, (registration, events) -> receive(listener));
        loop.scheduleEvery(target.idle().dividedBy(4).plusMillis(1), this::forget);
    }

    private void receive(Socket listener) {
        for (int i = 0; i < AT_ONCE; i++) {
            try {
                if (listener.recvFrom(buffer.clear(), from, 0) == Socket.WOULD_BLOCK) {
                    return;
                }
                session(listener).forward(buffer.flip());
            } catch (IOException e) {
                totals.fail(String.valueOf(e.getMessage())); // the socket itself goes on
            }
        }
    }

    private DatagramSession session(Socket listener) throws IOException {
        DatagramSession known = sessions.get(from);
        if (known != null) {
            return known;
        }
        if (sessions.size() >= target.most()) {
            totals.drop();
            throw new IOException(from + " is one client too many (--max " + target.most() + ")");
        }
        Sockaddr client = new Sockaddr();
        client.copyFrom(from);
        DatagramSession session = new DatagramSession(loop, listener, client, buffer, target, totals, this::ended);
        totals.begin();
        sessions.put(client, session);
        session.begin();
        return session;
    }

    private void ended(DatagramSession session) {
        sessions.remove(session.client());
        totals.add(session.bytesThere(), session.bytesBack());
        if (target.once()) {
            loop.stop(Duration.ZERO);
        }
    }

    private void forget() {
        for (DatagramSession session : List.copyOf(sessions.values())) {
            if (session.isIdle(target.idle())) {
                session.close();
            }
        }
    }

    @Override
    public String line() {
        long there = sessions.values().stream()
                .mapToLong(DatagramSession::bytesThere)
                .sum();
        long back =
                sessions.values().stream().mapToLong(DatagramSession::bytesBack).sum();
        return totals.line(sessions.size(), there, back);
    }

    /** The loop has closed the sockets. */
    @Override
    public void close() {
        sessions.clear();
    }
}
