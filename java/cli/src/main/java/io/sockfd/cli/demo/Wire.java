package io.sockfd.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sockfd.Socket;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Text over sockets, and what they all begin with. */
final class Wire {
    /** A port that the kernel chooses. */
    static final InetSocketAddress LOOPBACK = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    /** A peer that stays silent is a failure and no hang. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int CAPACITY = 2048;

    private Wire() {}

    static void send(Socket socket, String text) throws IOException {
        socket.sendAll(ByteBuffer.wrap(text.getBytes(UTF_8)));
    }

    /** One message, or what a stream holds of it. */
    static String receive(Socket socket) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(CAPACITY);
        if (socket.recv(buffer, 0) < 0) {
            throw new EOFException("the peer closed");
        }
        return UTF_8.decode(buffer.flip()).toString();
    }

    /** Exactly so many bytes of a stream. */
    static String receive(Socket socket, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        socket.recvExactly(buffer);
        return UTF_8.decode(buffer.flip()).toString();
    }

    static void expect(String expected, String actual) throws IOException {
        if (!expected.equals(actual)) {
            throw new IOException("'" + actual + "' came where '" + expected + "' was expected");
        }
    }
}
