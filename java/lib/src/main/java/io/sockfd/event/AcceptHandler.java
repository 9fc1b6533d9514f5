package io.sockfd.event;

import io.sockfd.ErrnoException;
import io.sockfd.Socket;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.time.Duration;

/** Accepts for an {@link EventLoop}, and steps back when accept(2) fails; no failure ends the listener. */
final class AcceptHandler implements EventLoop.Handler {
    private static final int AT_ONCE = 64;
    private static final long FIRST_PAUSE_MS = 5;
    private static final long LONGEST_PAUSE_MS = 500;
    private static final int MOST_EMPTY = 8;

    private final Socket listener;
    private final EventLoop.Acceptor acceptor;
    private final SpareDescriptor reserve;
    private final Failures failures;
    private long pauseMillis;
    private int empty; // turns in a row that were promised a connection and had none

    AcceptHandler(Socket listener, EventLoop.Acceptor acceptor, SpareDescriptor reserve, Failures failures) {
        this.listener = listener;
        this.acceptor = acceptor;
        this.reserve = reserve;
        this.failures = failures;
    }

    @Override
    public void ready(Registration registration, int events) throws IOException {
        for (int i = 0; i < AT_ONCE; i++) {
            Socket socket;
            try {
                socket = listener.accept();
            } catch (ErrnoException e) {
                boolean shortage = isShortage(e.errno().value());
                if (shortage && pauseMillis == LONGEST_PAUSE_MS) {
                    reserve.refuse(listener, AT_ONCE);
                }
                stepBack(registration);
                if (!shortage) {
                    throw e; // to be told; the listener stays
                }
                return;
            }
            if (socket == null) {
                empty = i == 0 ? empty + 1 : 0;
                if (empty >= MOST_EMPTY) { // connections that fail in accept(2), again and again, and stay in the queue
                    stepBack(registration);
                }
                return;
            }
            empty = 0;
            pauseMillis = 0;
            serve(socket);
        }
    }

    private void serve(Socket socket) {
        try {
            socket.timeout(Duration.ZERO);
            acceptor.accepted(socket);
        } catch (Throwable e) {
            failures.ofAccepted(socket, e);
        }
    }

    /** A level-triggered listener would be ready for ever: it is not watched for a while. */
    private void stepBack(Registration registration) {
        pauseMillis = Math.min(LONGEST_PAUSE_MS, Math.max(FIRST_PAUSE_MS, 2 * pauseMillis));
        failures.rest(registration, Duration.ofMillis(pauseMillis));
    }

    private static boolean isShortage(int errno) {
        return errno == Linux.EMFILE || errno == Linux.ENFILE || errno == Linux.ENOBUFS || errno == Linux.ENOMEM;
    }
}
