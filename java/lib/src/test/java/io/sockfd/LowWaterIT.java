package io.sockfd;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sockfd.option.SocketOptions;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A receive waits for SO_RCVLOWAT bytes, however the library came to know of them. What a receive with flags does then is in
 * {@link FlagsGridIT}, in the states whose names begin with LOW.
 */
@Timeout(60)
@Tag("later")
class LowWaterIT {
    private static final int MARK = 5;
    private static final Duration SHORT = Duration.ofMillis(40);
    private static final long LATER_MS = 30;

    private interface Origin {
        Socket.Pair pair() throws IOException;
    }

    private static Socket.Pair unix() throws IOException {
        return Socket.pair(Domain.UNIX, SocketType.STREAM);
    }

    private static Socket.Pair marked(Socket.Pair pair) throws IOException {
        pair.first().setOption(SocketOptions.SO_RCVLOWAT, MARK);
        return pair;
    }

    private static List<Origin> origins() {
        List<Origin> origins = new ArrayList<>();
        origins.add(() -> marked(unix()));
        origins.add(() -> marked(SocketIT.tcpPair()));
        origins.add(() -> {
            Socket.Pair pair = marked(unix());
            return new Socket.Pair(Socket.adopt(pair.first().release()), pair.second());
        });
        origins.add(() -> {
            Socket.Pair pair = marked(SocketIT.tcpPair());
            Socket second = pair.first().dup();
            pair.first().close();
            return new Socket.Pair(second, pair.second());
        });
        origins.add(() -> accepted(Socket.tcp()));
        origins.add(
                () -> { // by a number, before the object
                    Socket.Pair pair = unix();
                    int number = pair.first().release();
                    SocketOptions.SO_RCVLOWAT.set(number, MARK);
                    return new Socket.Pair(Socket.adopt(number), pair.second());
                });
        return origins;
    }

    private static Socket.Pair accepted(Socket listener) throws IOException {
        try (listener) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            listener.setOption(SocketOptions.SO_RCVLOWAT, MARK);
            Socket peer = Socket.tcp();
            peer.connect(listener.listen().getLocalAddress());
            Socket accepted = Objects.requireNonNull(listener.accept());
            assertEquals(MARK, accepted.getOption(SocketOptions.SO_RCVLOWAT));
            return new Socket.Pair(accepted, peer);
        }
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.sendAll(ByteBuffer.wrap(text.getBytes(US_ASCII)));
    }

    private interface Receive {
        long into(Socket socket, ByteBuffer memory) throws IOException;
    }

    private static List<Receive> receives() {
        return List.of(
                (socket, memory) -> socket.recv(memory, 0),
                (socket, memory) -> socket.recv(memory.array(), memory.arrayOffset(), memory.capacity(), 0),
                (socket, memory) -> socket.read(memory),
                (socket, memory) ->
                        socket.read(new ByteBuffer[] {memory.duplicate().limit(2), memory.slice(2, 62)}),
                (socket, memory) -> {
                    try (Message message = new Message()) {
                        return socket.receiveMessage(message.data(memory), 0);
                    }
                });
    }

    @Test
    void aReceiveWaitsForTheMark() throws Exception {
        for (Origin origin : origins()) {
            for (Receive receive : receives()) {
                try (Socket.Pair pair = origin.pair()) {
                    Socket socket = pair.first();
                    send(pair.second(), "abc");
                    assertEquals(3, receive.into(socket.timeout(SHORT), ByteBuffer.allocate(64)), "with the timeout");
                    send(pair.second(), "abc");
                    CountDownLatch begun = new CountDownLatch(1);
                    Thread later = new Thread(() -> sendAfter(begun, pair.second(), "defgh"));
                    later.start();
                    begun.countDown();
                    assertEquals(8, receive.into(socket.timeout(Socket.BLOCKING), ByteBuffer.allocate(64)));
                    later.join();
                    send(pair.second(), "a");
                    assertEquals(1, receive.into(socket.timeout(Socket.NON_BLOCKING), ByteBuffer.allocate(64)));
                }
            }
        }
    }

    private static void sendAfter(CountDownLatch begun, Socket socket, String text) {
        try {
            if (begun.await(10, TimeUnit.SECONDS)) {
                Thread.sleep(LATER_MS);
            }
            send(socket, text);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For which poll(2) gives no sign. */
    @Test
    void lessThanTheMarkIsEnoughForWhoWantsNoMore() throws Exception {
        for (Origin origin : origins()) {
            try (Socket.Pair pair = origin.pair();
                    Socket.Pair target = unix()) {
                Socket socket = pair.first();
                Thread later = new Thread(() -> sendAfter(new CountDownLatch(0), pair.second(), "abc"));
                later.start();
                socket.recvExactly(ByteBuffer.allocate(3));
                later.join();
                Thread again = new Thread(() -> sendAfter(new CountDownLatch(0), pair.second(), "abc"));
                again.start();
                assertEquals(3, socket.recv(ByteBuffer.allocateDirect(3), Linux.MSG_WAITALL));
                again.join();
                Thread spliced = new Thread(() -> sendAfter(new CountDownLatch(0), pair.second(), "abc"));
                spliced.start();
                assertEquals(3, socket.spliceTo(target.first(), 3));
                spliced.join();
            }
        }
    }

    @Test
    void aMarkThatIsTakenBackIsNone() throws Exception {
        try (Socket.Pair pair = marked(SocketIT.tcpPair())) {
            pair.first().setOption(SocketOptions.SO_RCVLOWAT, 1);
            send(pair.second(), "a");
            assertEquals(1, pair.first().recv(ByteBuffer.allocateDirect(64), 0));
        }
    }
}
