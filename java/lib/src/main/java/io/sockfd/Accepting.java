package io.sockfd;

import io.sockfd.raw.Linux;
import java.io.IOException;
import java.time.Duration;

/** Accepts for an {@link EventLoop}, and steps back when there are no descriptors left. */
final class Accepting implements EventLoop.Handler {
    private static final int AT_ONCE = 64;
    private static final long FIRST_PAUSE_MS = 5;
    private static final long LONGEST_PAUSE_MS = 500;

    private final EventLoop loop;
    private final Socket listener;
    private final EventLoop.Acceptor acceptor;
    private final Reserve reserve;
    private long pauseMillis;

    Accepting(EventLoop loop, Socket listener, EventLoop.Acceptor acceptor, Reserve reserve) {
        this.loop = loop;
        this.listener = listener;
        this.acceptor = acceptor;
        this.reserve = reserve;
    }

    @Override
    public void ready(Registration registration, int events) throws IOException {
        for (int i = 0; i < AT_ONCE; i++) {
            Socket socket;
            try {
                socket = listener.accept();
            } catch (ErrnoException e) {
                if (!isShortage(e.errno().value())) {
                    throw e;
                }
                stepBack(registration);
                return;
            }
            if (socket == null) {
                return;
            }
            pauseMillis = 0;
            serve(socket);
        }
    }

    private void serve(Socket socket) throws IOException {
        try {
            socket.timeout(Duration.ZERO);
            acceptor.accepted(socket);
        } catch (IOException | RuntimeException e) {
            loop.fail(socket, e);
        }
    }

    /** A level-triggered listener would be ready for ever: it is not watched for a while. */
    private void stepBack(Registration registration) throws IOException {
        if (pauseMillis == LONGEST_PAUSE_MS) {
            reserve.refuse(listener, AT_ONCE);
        }
        pauseMillis = Math.min(LONGEST_PAUSE_MS, Math.max(FIRST_PAUSE_MS, 2 * pauseMillis));
        registration.modify(0);
        loop.schedule(Duration.ofMillis(pauseMillis), () -> resume(registration));
    }

    private void resume(Registration registration) {
        try {
            if (registration.isValid()) {
                registration.modify(Linux.EPOLLIN);
            }
        } catch (IOException e) {
            // closed meanwhile
        }
    }

    private static boolean isShortage(int errno) {
        return errno == Linux.EMFILE || errno == Linux.ENFILE || errno == Linux.ENOBUFS || errno == Linux.ENOMEM;
    }
}
