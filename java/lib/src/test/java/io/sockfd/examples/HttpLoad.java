package io.sockfd.examples;

import static io.sockfd.raw.Linux.EPOLLIN;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.sockfd.Socket;
import io.sockfd.event.EventLoop;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Connections to an HTTP server: many that are idle, and some that ask again as soon as they have the answer. */
final class HttpLoad implements AutoCloseable {
    private static final ByteBuffer REQUEST = direct("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");

    private final List<Socket> idle = new ArrayList<>();
    private final List<Socket> active = new ArrayList<>();
    private final byte[] answer;
    private final ByteBuffer in = ByteBuffer.allocateDirect(64 * 1024);
    private long answers;
    private String failure = "";

    HttpLoad(SocketAddress server, int idleCount, int activeCount) throws IOException {
        Socket first = connect(server);
        idle.add(first);
        answer = ask(first);
        while (idle.size() < idleCount) {
            idle.add(connect(server));
        }
        while (active.size() < activeCount) {
            active.add(connect(server));
        }
    }

    private static ByteBuffer direct(String text) {
        return ByteBuffer.allocateDirect(text.length())
                .put(text.getBytes(US_ASCII))
                .flip();
    }

    private static Socket connect(SocketAddress server) throws IOException {
        Socket socket = Socket.tcp().timeout(Duration.ofSeconds(20));
        socket.connect(server);
        return socket;
    }

    private byte[] ask(Socket socket) throws IOException {
        socket.sendAll(REQUEST.rewind());
        socket.recv(in.clear(), 0);
        byte[] whole = new byte[in.flip().remaining()];
        in.get(whole);
        return whole;
    }

    /** Asks on the active connections for a while. */
    long run(Duration duration) throws IOException {
        answers = 0;
        List<Asker> askers = new ArrayList<>();
        try (EventLoop loop = EventLoop.open()) {
            loop.schedule(duration, () -> loop.stop(Duration.ZERO));
            loop.onFailure((socket, e) -> {
                failure = socket + ": " + e;
                return true;
            });
            for (Socket socket : active) {
                Socket duplicate = socket.dup().timeout(Socket.NON_BLOCKING); // the loop closes what it serves
                Asker asker = new Asker(duplicate);
                askers.add(asker);
                loop.add(duplicate, EPOLLIN, asker);
                duplicate.sendAll(REQUEST.rewind());
            }
            loop.run();
        }
        for (int i = 0; failure.isEmpty() && i < askers.size(); i++) {
            // each has one answer on its way when the time is over, or a part of it
            active.get(i).recvExactly(in.clear().limit(answer.length - askers.get(i).got));
        }
        return answers;
    }

    /** Asks once on each of the idle connections. */
    void askAll() throws IOException {
        for (Socket socket : idle) {
            byte[] got = ask(socket);
            if (!java.util.Arrays.equals(got, answer)) {
                throw new IOException("not the answer: " + new String(got, US_ASCII));
            }
        }
    }

    String failure() {
        return failure;
    }

    int connections() {
        return idle.size() + active.size();
    }

    private final class Asker implements EventLoop.Handler {
        private final Socket socket;
        private int got;

        Asker(Socket socket) {
            this.socket = socket;
        }

        @Override
        public void ready(io.sockfd.event.Registration registration, int events) throws IOException {
            int received = socket.recv(in.clear(), 0);
            if (received == Socket.WOULD_BLOCK) {
                return;
            } else if (received <= 0) {
                throw new IOException("the server ended the connection");
            }
            for (int i = 0; i < received; i++) {
                if (in.get(i) != answer[got + i]) {
                    throw new IOException("wrong byte " + (got + i));
                }
            }
            got += received;
            if (got == answer.length) {
                got = 0;
                answers++;
                socket.sendAll(REQUEST.rewind());
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : idle) {
            socket.close();
        }
        for (Socket socket : active) {
            socket.close();
        }
    }
}
