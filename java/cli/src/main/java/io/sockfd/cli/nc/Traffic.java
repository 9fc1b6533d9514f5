package io.sockfd.cli.nc;

import static io.sockfd.raw.Linux.SHUT_WR;

import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.cli.FailedException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetConnectedException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Standard input to a socket and the socket to standard output, until both have ended. */
final class Traffic {
    private static final int CHUNK = 64 * 1024;

    private final Input input;
    private final boolean shutdown;
    private final @Nullable Duration quit;
    private final Duration idle;
    private final boolean peerDecides;
    private final OutputStream out = new FileOutputStream(FileDescriptor.out);
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK);
    private final byte[] chunk = new byte[CHUNK];
    private long receivedBytes;
    private volatile boolean begun;
    private volatile long lastReceived;

    /**
     * How to end.
     *
     * @param shutdown whether the end of input is passed on
     * @param quit after this time without anything received from the end of input on; null never, and zero for streams
     *     neither: the answer may take its time
     * @param idle after this time without traffic; negative never
     * @param peerDecides at the peer's end, once the input that is there has been sent, and not at the end of input
     */
    Traffic(Input input, boolean shutdown, @Nullable Duration quit, Duration idle, boolean peerDecides) {
        this.input = input;
        this.shutdown = shutdown;
        this.quit = quit;
        this.idle = idle;
        this.peerDecides = peerDecides;
    }

    /** Bytes that came, of all conversations. */
    long received() {
        return receivedBytes;
    }

    boolean hasBegun() {
        return begun;
    }

    /** Closes the socket. */
    void run(Socket socket) throws IOException {
        begun = true;
        input.attach(socket);
        Thread watch = new Thread(() -> watchInput(socket), "end of input");
        watch.setDaemon(true);
        watch.start();
        try {
            receive(socket);
            long patience = idle.isNegative() ? -1 : idle.toNanos();
            if (peerDecides) {
                input.awaitQuiet(patience);
            } else {
                input.awaitEnd(patience);
            }
        } catch (ClosedChannelException e) {
            // by the other thread
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        } finally {
            input.detach();
            socket.close();
        }
        IOException failure = input.failure();
        if (failure != null && !(failure instanceof ClosedChannelException)) {
            throw failure;
        }
    }

    private void watchInput(Socket socket) {
        try {
            input.awaitEnd(-1);
            if (input.failure() != null) {
                socket.close();
                return;
            }
            boolean stream = !socket.type().equals(SocketType.DGRAM);
            if (shutdown && stream) {
                socket.shutdown(SHUT_WR);
            }
            if (quit != null && !(stream && quit.isZero())) {
                awaitSilence(quit.toNanos());
                socket.close();
            }
        } catch (IOException | NotYetConnectedException e) {
            // it has ended, which the other thread knows
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    private void awaitSilence(long nanos) throws InterruptedException {
        long begin = System.nanoTime();
        long left = nanos;
        while (left > 0) {
            TimeUnit.NANOSECONDS.sleep(left);
            long latest = lastReceived - begin > 0 ? lastReceived : begin;
            left = nanos - (System.nanoTime() - latest);
        }
    }

    private void receive(Socket socket) throws IOException {
        while (true) {
            try {
                int received = socket.recv(buffer.clear(), 0);
                if (received == -1) {
                    return;
                }
                lastReceived = System.nanoTime();
                receivedBytes += received;
                print(received);
            } catch (SocketTimeoutException e) {
                if (input.nanosSinceUse() >= idle.toNanos()) {
                    socket.close();
                    return;
                }
            }
        }
    }

    /** For datagrams of anybody: what is in the buffer is written out. */
    void print(int received) throws IOException {
        buffer.flip().get(chunk, 0, received);
        try {
            out.write(chunk, 0, received);
        } catch (IOException e) {
            throw new FailedException("cannot write to standard output: " + e.getMessage());
        }
    }

    /** Receives from anybody, for ever or until nothing came for the idle time. */
    void receiveAll(Socket socket) throws IOException {
        begun = true;
        receive(socket);
    }
}
