package io.sockfd.cli.serve;

import static io.sockfd.raw.Linux.EPOLLIN;
import static io.sockfd.raw.Linux.EPOLLOUT;
import static io.sockfd.raw.Linux.SHUT_WR;

import io.sockfd.Socket;
import io.sockfd.event.EventLoop;
import io.sockfd.event.Registration;
import java.io.IOException;
import java.nio.ByteBuffer;

/** One client: requests come in pieces or several at a time, responses go out in pieces, one after the other. */
final class Connection implements EventLoop.Handler {
    private static final int LARGEST_HEAD = 8 * 1024;
    private static final int AT_ONCE = 64;
    private static final int MOST_DISCARDED = 1024 * 1024;
    private static final long LONGEST_DISCARD_NANOS = 5_000_000_000L;

    private final Server server;
    private final Socket socket;
    private final ByteBuffer in = ByteBuffer.allocateDirect(LARGEST_HEAD).limit(0);
    private final Request request = new Request();
    private final Response response = new Response();
    private boolean sending;
    private boolean ending; // all is said; the rest of what the client says is thrown away
    private int discarded;
    private long since = System.nanoTime();

    Connection(Server server, Socket socket) {
        this.server = server;
        this.socket = socket;
    }

    @Override
    public void ready(Registration registration, int events) throws IOException {
        try {
            serve(registration);
        } catch (IOException e) {
            close(); // a client that resets is no news
        }
    }

    private void serve(Registration registration) throws IOException {
        for (int i = 0; i < AT_ONCE; i++) {
            if (ending) {
                if (!discard()) {
                    return;
                }
            } else if (sending) {
                if (!send()) {
                    want(registration, EPOLLOUT);
                    return;
                }
                want(registration, EPOLLIN);
            } else if (!next()) {
                int received = receive();
                if (received == Socket.WOULD_BLOCK) {
                    return;
                } else if (received == -1) {
                    close();
                    return;
                }
            }
        }
        // others have their turn, then at once again
        want(registration, sending ? EPOLLOUT : ending ? EPOLLIN : EPOLLIN | EPOLLOUT);
    }

    private static void want(Registration registration, int events) throws IOException {
        if (registration.events() != events) {
            registration.modify(events);
        }
    }

    private int receive() throws IOException {
        in.compact();
        int received = socket.recv(in, 0);
        in.flip();
        return received;
    }

    /** Answers the next request, if it is there. */
    private boolean next() {
        Request.State state = request.parse(in);
        if (state == Request.State.INCOMPLETE && in.remaining() < LARGEST_HEAD) {
            return false;
        } else if (state == Request.State.INCOMPLETE && !request.hasTarget()) {
            response.error(414, "URI Too Long", true, false);
        } else if (state == Request.State.INCOMPLETE) {
            response.error(431, "Request Header Fields Too Large", true, false);
        } else if (state == Request.State.WRONG) {
            response.error(400, "Bad Request", true, false);
        } else if (request.isOtherVersion()) {
            response.error(505, "HTTP Version Not Supported", true, request.isHead());
        } else if (request.hasOtherCoding()) {
            response.error(501, "Not Implemented", true, request.isHead());
        } else if (!request.isRead()) {
            response.notAllowed();
        } else if (request.hasBody()) {
            response.error(413, "Content Too Large", true, request.isHead());
        } else {
            server.site().answer(request, response);
        }
        server.count(state == Request.State.COMPLETE ? request.target() : "(no request)", response);
        sending = true;
        return true;
    }

    /** False when the client must be waited for. */
    private boolean send() throws IOException {
        long before = response.left();
        boolean done = response.send(socket);
        if (response.left() != before) {
            since = System.nanoTime();
        }
        if (!done) {
            return false;
        }
        sending = false;
        response.finish();
        if (response.closes() || server.isStopping()) {
            ending = true;
            since = System.nanoTime();
            socket.shutdown(SHUT_WR); // a close with something unread would be a reset, and the response lost
        }
        return true;
    }

    /** Some of what nobody will read; false when there is no more now, or when it was enough. */
    private boolean discard() throws IOException {
        int received = socket.recv(in.clear(), 0);
        in.limit(0);
        if (received == Socket.WOULD_BLOCK) {
            return false;
        }
        discarded += Math.max(received, 0);
        if (received == -1 || discarded > MOST_DISCARDED) {
            close();
            return false;
        }
        return true;
    }

    boolean isLate(long nanos) {
        return System.nanoTime() - since > (ending ? Math.min(nanos, LONGEST_DISCARD_NANOS) : nanos);
    }

    void close() throws IOException {
        response.finish();
        server.forget(this);
        socket.close();
    }
}
