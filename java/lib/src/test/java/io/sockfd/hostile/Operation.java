package io.sockfd.hostile;

import io.sockfd.Message;
import io.sockfd.MessageBatch;
import io.sockfd.Socket;
import io.sockfd.address.Sockaddr;
import io.sockfd.nio.NioSockets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

/** The ways of a buffer into the kernel and back, one datagram each. */
enum Operation {
    SEND(true, (s, b) -> s.send(b, 0)),
    SEND_TO(true, (s, b) -> s.sendTo(b, (Sockaddr) null, 0)),
    SEND_ALL(true, Socket::sendAll),
    WRITE(true, Socket::write),
    GATHER(true, (s, b) -> s.write(new ByteBuffer[] {b})),
    SEND_MESSAGE(true, (s, b) -> s.sendMessage(new Message(1, 0).data(b), 0)),
    SEND_MESSAGES(true, (s, b) -> s.sendMessages(batch(b), 0, 1, 0)),
    RECV(false, (s, b) -> s.recv(b, 0)),
    RECV_FROM(false, (s, b) -> s.recvFrom(b, new Sockaddr(), 0)),
    RECEIVE(false, Socket::receive),
    RECV_EXACTLY(false, Socket::recvExactly),
    READ(false, Socket::read),
    SCATTER(false, (s, b) -> s.read(new ByteBuffer[] {b})),
    RECEIVE_MESSAGE(false, (s, b) -> s.receiveMessage(new Message(1, 0).data(b), 0)),
    RECEIVE_MESSAGES(false, (s, b) -> s.receiveMessages(batch(b), 0, 1, 0)),
    CHANNEL_WRITE(true, (s, b) -> channel(s).write(b)),
    CHANNEL_GATHER(true, (s, b) -> channel(s).write(new ByteBuffer[] {b})),
    CHANNEL_READ(false, (s, b) -> channel(s).read(b)),
    CHANNEL_SCATTER(false, (s, b) -> channel(s).read(new ByteBuffer[] {b})),
    CHANNEL_RECEIVE(false, (s, b) -> channel(s).receive(b));

    /** A socket has one. */
    private static final Map<Socket, DatagramChannel> CHANNELS = Collections.synchronizedMap(new WeakHashMap<>());

    /** One of them. */
    @FunctionalInterface
    interface Way {
        void go(Socket socket, ByteBuffer buffer) throws IOException;
    }

    final boolean out;

    @SuppressWarnings("ImmutableEnumChecker") // a lambda without state
    private final Way way;

    Operation(boolean out, Way way) {
        this.out = out;
        this.way = way;
    }

    void on(Socket socket, ByteBuffer buffer) throws IOException {
        way.go(socket, buffer);
    }

    /** In the mode that the socket has. */
    private static DatagramChannel channel(Socket socket) throws IOException {
        boolean blocking = !socket.timeout().isZero();
        DatagramChannel channel = CHANNELS.get(socket);
        if (channel == null) {
            synchronized (socket) {
                channel = CHANNELS.get(socket);
                if (channel == null) {
                    channel = NioSockets.datagramChannelOf(socket);
                    CHANNELS.put(socket, channel);
                }
            }
        }
        if (channel.isBlocking() != blocking) {
            channel.configureBlocking(blocking);
        }
        return channel;
    }

    private static MessageBatch batch(ByteBuffer buffer) {
        MessageBatch batch = new MessageBatch(1, 1, 0);
        batch.get(0).data(buffer);
        return batch;
    }
}
