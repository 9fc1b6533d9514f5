package io.sockfd.cli.nc;

import io.sockfd.Socket;
import io.sockfd.SocketType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Standard input, read by a thread of its own for the socket that is attached. What is read while there is none waits for
 * the next one.
 */
final class Input {
    private static final int CHUNK = 64 * 1024;
    private static final int LARGEST_DATAGRAM = 16 * 1024;

    private @Nullable Socket socket;
    private @Nullable IOException failure;
    private Lines lines = new Lines(false, Duration.ZERO);
    private long sent;
    private boolean ended;
    private boolean quiet;
    private long lastUse = System.nanoTime();

    private Input() {}

    /** Nothing to read, and never an end that would be news. */
    static Input none() {
        Input input = new Input();
        input.ended = true;
        return input;
    }

    /**
     * Reads a stream.
     *
     * @param crlf CRLF is sent for each line feed
     * @param pause between two lines that are sent; zero for none
     */
    static Input of(InputStream stream, boolean datagrams, boolean crlf, Duration pause) {
        Input input = new Input();
        input.lines = new Lines(crlf, pause);
        Thread thread = new Thread(() -> input.read(stream, datagrams ? LARGEST_DATAGRAM : CHUNK), "standard input");
        thread.setDaemon(true);
        thread.start();
        return input;
    }

    private void read(InputStream stream, int size) {
        byte[] chunk = new byte[size];
        ByteBuffer buffer = ByteBuffer.allocateDirect(size);
        try {
            int length;
            while ((length = next(stream, chunk)) > 0) {
                if (lines.asTheyAre()) {
                    send(buffer.clear().put(chunk, 0, length).flip());
                } else {
                    lines.send(chunk, length, this::send);
                }
            }
        } catch (IOException e) {
            // what cannot be read has ended
        }
        synchronized (this) {
            ended = true;
            notifyAll();
        }
    }

    private int next(InputStream stream, byte[] chunk) throws IOException {
        boolean nothingThere = stream.available() <= 0;
        synchronized (this) {
            quiet = nothingThere;
            notifyAll();
        }
        int length = stream.read(chunk);
        synchronized (this) {
            quiet = false;
        }
        return length;
    }

    private void send(ByteBuffer bytes) {
        try {
            Socket target = awaitSocket();
            int size = bytes.remaining();
            try {
                if (target.type().equals(SocketType.STREAM)) {
                    target.sendAll(bytes);
                } else {
                    target.send(bytes, 0);
                }
                used(size);
            } catch (IOException e) {
                fail(target, e);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    private synchronized Socket awaitSocket() throws InterruptedException {
        while (socket == null) {
            wait();
        }
        return socket;
    }

    /** The socket that is attached is of no more use. */
    private synchronized void fail(Socket target, IOException e) {
        if (target.equals(socket)) {
            failure = e;
            socket = null;
            notifyAll();
        }
    }

    private synchronized void used(int bytes) {
        lastUse = System.nanoTime();
        sent += bytes;
    }

    /** Bytes that were sent, to whomever. */
    synchronized long sent() {
        return sent;
    }

    synchronized void attach(Socket newSocket) {
        socket = newSocket;
        failure = null;
        lastUse = System.nanoTime();
        notifyAll();
    }

    synchronized void detach() {
        socket = null;
    }

    /** Why sending to the attached socket failed. */
    synchronized @Nullable IOException failure() {
        return failure;
    }

    synchronized long nanosSinceUse() {
        return System.nanoTime() - lastUse;
    }

    /**
     * Waits for the end of input, or for a failure to send.
     *
     * @param nanos negative for ever
     * @return false when the time was over first
     */
    synchronized boolean awaitEnd(long nanos) throws InterruptedException {
        return await(nanos, false);
    }

    /** As {@link #awaitEnd}, or until all that was there has been sent: a whole file, what was in a pipe so far. */
    synchronized boolean awaitQuiet(long nanos) throws InterruptedException {
        return await(nanos, true);
    }

    private boolean await(long nanos, boolean orQuiet) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        while (!ended && failure == null && !(orQuiet && quiet)) {
            long left = deadline - System.nanoTime();
            if (nanos < 0) {
                wait();
            } else if (left <= 0) {
                return false;
            } else {
                wait(left / 1_000_000 + 1);
            }
        }
        return true;
    }
}
