package io.sockfd.uring;

import io.sockfd.Domain;
import io.sockfd.Message;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.SplicePipe;
import io.sockfd.option.SocketOptions;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Each operation in flight, in a state in which it ends by nothing but what ends it from outside. */
enum Flight {
    ACCEPT,
    CONNECT,
    RECEIVE,
    RECEIVE_MULTISHOT,
    RECEIVE_MESSAGE,
    RECEIVE_MESSAGES,
    SEND,
    SEND_ALL,
    SEND_ZERO_COPY,
    SEND_MESSAGE,
    SPLICE_IN,
    SPLICE_OUT,
    /** Is done as soon as the kernel sees it: ends before that. */
    SET_OPTION,
    POLL,
    POLL_MULTISHOT;

    /** Whether it may have done something, or all, when it ends. */
    boolean mayBeDone() {
        return this == SEND || this == SEND_ALL || this == SEND_ZERO_COPY || this == SEND_MESSAGE || this == SET_OPTION;
    }

    /** Whether the kernel has it when it ends. */
    boolean isSubmitted() {
        return this != SET_OPTION;
    }

    boolean canBeLimited() {
        return switch (this) {
            case ACCEPT, RECEIVE_MULTISHOT, RECEIVE_MESSAGES, POLL_MULTISHOT -> false; // not while they go on
            case SEND_ZERO_COPY, SET_OPTION -> false;
            default -> true;
        };
    }

    boolean applies(Scene.Kind kind) {
        return switch (this) {
            case ACCEPT, CONNECT, SEND_ZERO_COPY -> kind == Scene.Kind.TCP;
            case SEND, SEND_ALL, SEND_MESSAGE, SPLICE_IN, SPLICE_OUT ->
                kind == Scene.Kind.TCP || kind == Scene.Kind.UNIX_STREAM;
            default -> true;
        };
    }

    private static <T extends Operation> T limited(T operation, @Nullable Duration limit) throws IOException {
        operation.limit(limit);
        return operation;
    }

    Operation start(Scene scene, Ring ring, BufferRing buffers, @Nullable Duration limit) throws IOException {
        switch (this) {
            case ACCEPT -> {
                Accept accept = ring.accept(scene.socket());
                accept.startMultishot();
                return accept;
            }
            case CONNECT -> {
                Connect connect = limited(ring.connect(scene.socket()), limit);
                connect.start(Objects.requireNonNull(scene.bound()));
                return connect;
            }
            case RECEIVE, RECEIVE_MULTISHOT -> {
                Receive receive = limited(ring.receive(scene.socket(), buffers), limit);
                if (this == RECEIVE) {
                    receive.start();
                } else {
                    receive.startMultishot();
                }
                return receive;
            }
            case RECEIVE_MESSAGE -> {
                ReceiveMessage receive = limited(ring.receiveMessage(scene.socket()), limit);
                receive.start(new Message().data(ByteBuffer.allocate(64)));
                return receive;
            }
            case RECEIVE_MESSAGES -> {
                ReceiveMessages receive = ring.receiveMessages(scene.socket(), buffers, 24);
                receive.startMultishot();
                return receive;
            }
            case SEND_MESSAGE -> {
                SendMessage send = limited(ring.sendMessage(scene.socket()), limit);
                send.start(new Message().data(ByteBuffer.allocateDirect(8 << 20), ByteBuffer.allocateDirect(8 << 20)));
                return send;
            }
            case SEND_ALL -> {
                SendAll send = limited(ring.sendAll(scene.socket()), limit);
                send.put(ByteBuffer.allocateDirect(16 << 20));
                return send;
            }
            case SPLICE_IN -> {
                Splice splice = limited(ring.splice(scene.socket(), scene.pipe()), limit);
                splice.start(1 << 16);
                return splice;
            }
            case SPLICE_OUT -> {
                fill(scene.socket(), scene.pipe());
                Splice splice = limited(ring.splice(scene.pipe(), scene.socket()), limit);
                splice.start(1 << 16);
                return splice;
            }
            case SET_OPTION -> {
                OptionOperation<Integer> set = ring.option(scene.socket(), SocketOptions.SO_RCVBUF);
                set.startSet(10_000);
                return set;
            }
            case SEND, SEND_ZERO_COPY -> {
                Send send = limited(ring.send(scene.socket()), limit);
                if (this == SEND_ZERO_COPY) {
                    send.zeroCopyFrom(1);
                }
                send.start(ByteBuffer.allocateDirect(16 << 20)); // more than all queues take
                return send;
            }
            default -> {
                Poll poll = limited(ring.poll(scene.socket()), limit);
                if (this == POLL) {
                    poll.start(Linux.POLLPRI);
                } else {
                    poll.startMultishot(Linux.POLLPRI);
                }
                return poll;
            }
        }
    }

    /** Leaves no room in the socket, so that it is not writable, and some bytes in the pipe. */
    private static void fill(Socket socket, SplicePipe pipe) throws IOException {
        ByteBuffer some = ByteBuffer.allocateDirect(1 << 16);
        while (socket.send(some.clear(), Linux.MSG_DONTWAIT) != Socket.WOULD_BLOCK) {
            Thread.onSpinWait();
        }
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            if (pair.first().send(some.clear(), 0) <= 0 || pipe.fill(pair.second(), 1000) <= 0) {
                throw new AssertionError("nothing is in the pipe");
            }
        }
    }
}
