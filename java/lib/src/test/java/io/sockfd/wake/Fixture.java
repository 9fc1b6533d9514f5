package io.sockfd.wake;

import io.sockfd.Socket;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** A socket to wait on, and what it needs beside it. Closing it closes all, newest first. */
final class Fixture implements Closeable {
    interface Setup {
        void on(Fixture fixture) throws IOException;
    }

    private final Deque<Closeable> open = new ArrayDeque<>();
    private Socket socket;
    private Socket timed;
    private @Nullable Socket peer;

    Fixture(Socket socket) {
        this.socket = keep(socket);
        this.timed = socket;
    }

    <T extends Closeable> T keep(T other) {
        open.push(other);
        return other;
    }

    /** The one that is closed while it is waited on. */
    Socket socket() {
        return socket;
    }

    /** The other end, where there is one. */
    Socket peer() {
        if (peer == null) {
            throw new IllegalStateException(socket + " has no peer");
        }
        return peer;
    }

    Fixture peer(Socket other) {
        peer = keep(other);
        return this;
    }

    /** Waits on this socket from now on. */
    Fixture waitOn(Socket other) {
        socket = keep(other);
        timed = other;
        return this;
    }

    /** The timeout of the call under test is another socket's: splice(2) waits as its source says. */
    Fixture timedBy(Socket other) {
        timed = other;
        return this;
    }

    /** Goes on with the setup; if that fails nothing stays open. */
    Fixture with(Setup setup) throws IOException {
        try {
            setup.on(this);
            return this;
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    void timeout(Duration timeout) {
        timed.timeout(timeout);
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (Closeable each : open) {
            try {
                each.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
