package io.sockfd.cli.demo;

import static io.sockfd.raw.Linux.MSG_NOSIGNAL;

import io.sockfd.Errors;
import io.sockfd.cli.kernel.Fd;
import io.sockfd.cli.kernel.Scratch;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.Timeval;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Text over a connected socket, through one buffer. */
final class Wire {
    private static final int CAPACITY = 2048;
    private static final int PATIENCE_SECONDS = 5;

    private final Libc libc;
    private final Fd socket;
    private final ByteBuffer buffer;

    Wire(Libc libc, Fd socket, Scratch memory) {
        this.libc = libc;
        this.socket = socket;
        this.buffer = memory.allocate(CAPACITY);
    }

    /** Makes calls on a socket that waits for ever end with EAGAIN instead. */
    static void limitWaiting(Libc libc, Fd socket, Scratch memory) throws IOException {
        ByteBuffer timeout = memory.allocate(Timeval.SIZE);
        Timeval.tv_sec(timeout, 0, PATIENCE_SECONDS);
        for (int option : new int[] {Linux.SO_RCVTIMEO, Linux.SO_SNDTIMEO}) {
            int result =
                    libc.setsockopt(socket.number(), Linux.SOL_SOCKET, option, Memory.address(timeout), Timeval.SIZE);
            Errors.check(result, "setsockopt", "SO_RCVTIMEO, SO_SNDTIMEO");
        }
    }

    void send(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        buffer.put(0, bytes);
        for (int at = 0; at < bytes.length; ) {
            long sent = libc.send(socket.number(), Memory.address(buffer) + at, bytes.length - at, MSG_NOSIGNAL);
            at += (int) Errors.check(sent, "send");
        }
    }

    /** One message, or what a stream holds of it. */
    String receive() throws IOException {
        return text((int) Errors.check(libc.recv(socket.number(), Memory.address(buffer), CAPACITY, 0), "recv"));
    }

    /** Exactly so many bytes of a stream. */
    String receive(int length) throws IOException {
        for (int at = 0; at < length; ) {
            long received = libc.recv(socket.number(), Memory.address(buffer) + at, length - at, 0);
            if (Errors.check(received, "recv") == 0) {
                throw new EOFException("the peer closed after " + at + " of " + length + " bytes");
            }
            at += (int) received;
        }
        return text(length);
    }

    private String text(int length) {
        byte[] bytes = new byte[length];
        buffer.get(0, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static void expect(String expected, String actual) throws IOException {
        if (!expected.equals(actual)) {
            throw new IOException("'" + actual + "' came where '" + expected + "' was expected");
        }
    }
}
