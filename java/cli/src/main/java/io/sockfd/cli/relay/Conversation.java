package io.sockfd.cli.relay;

import static io.sockfd.raw.Linux.EPOLLET;
import static io.sockfd.raw.Linux.EPOLLIN;
import static io.sockfd.raw.Linux.EPOLLOUT;
import static io.sockfd.raw.Linux.EPOLLRDHUP;

import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.event.EventLoop;
import java.io.IOException;
import java.time.Duration;

/**
 * Two sockets and what flows between them. They are watched edge-triggered, so that neither a slow side nor one that has
 * hung up makes events while the other side is waited for.
 */
final class Conversation {
    private static final int EVENTS = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;

    /** How long answers of datagrams may come after the other side's end. */
    private static final Duration AFTERLIFE = Duration.ofMillis(500);

    private final EventLoop loop;
    private final Socket client;
    private final Socket target;
    private final Direction there;
    private final Direction back;
    private final Ended ended;
    private boolean over;
    private boolean scheduled;

    /** Told once. */
    @FunctionalInterface
    interface Ended {
        void ended(Conversation conversation, String failure);
    }

    Conversation(EventLoop loop, Carriers carriers, Socket client, Socket target, Ended ended) {
        this.loop = loop;
        this.client = client;
        this.target = target;
        this.ended = ended;
        there = new Direction(carriers, client, target, hasEnd(target));
        back = new Direction(carriers, target, client, hasEnd(client));
    }

    private static boolean hasEnd(Socket socket) {
        return !socket.type().equals(SocketType.DGRAM);
    }

    void begin() throws IOException {
        loop.add(client, EVENTS, (registration, events) -> pump());
        loop.add(target, EVENTS, (registration, events) -> pump());
    }

    long bytesThere() {
        return there.bytes();
    }

    long bytesBack() {
        return back.bytes();
    }

    private void pump() {
        if (over) {
            return;
        }
        try {
            boolean moreThere = there.pump();
            boolean more = back.pump() || moreThere;
            if (there.hasEnded() && back.hasEnded()) {
                close("");
            } else if (more) {
                loop.execute(this::pump);
            } else if ((there.hasEnded() && !hasEnd(target)) || (back.hasEnded() && !hasEnd(client))) {
                closeLater();
            }
        } catch (IOException | RuntimeException e) {
            close(String.valueOf(e.getMessage()));
        }
    }

    private void closeLater() {
        if (!scheduled) {
            scheduled = true;
            loop.schedule(AFTERLIFE, () -> close(""));
        }
    }

    /** Ends it, whatever state it is in. */
    void close(String failure) {
        if (over) {
            return;
        }
        over = true;
        try {
            release();
        } catch (IOException e) {
            // the descriptors are free in any case
        }
        ended.ended(this, failure);
    }

    /** Closes, and tells nobody. */
    void release() throws IOException {
        over = true;
        there.close();
        back.close();
        client.close();
        target.close();
    }
}
