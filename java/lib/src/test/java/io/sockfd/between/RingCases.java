package io.sockfd.between;

import static io.sockfd.between.Cases.ignore;
import static io.sockfd.between.Cases.loopback;
import static io.sockfd.between.Cases.own;
import static io.sockfd.between.Cases.pair;

import io.sockfd.Domain;
import io.sockfd.Errors;
import io.sockfd.Message;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.between.Cases.Opened;
import io.sockfd.raw.Linux;
import io.sockfd.uring.Accept;
import io.sockfd.uring.Operation;
import io.sockfd.uring.Ring;
import io.sockfd.uring.Send;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.util.ArrayList;
import java.util.List;

/**
 * Operations of rings: either the descriptor is closed, and the operation ends with ECANCELED or with what came first; or the
 * ring is.
 */
final class RingCases {
    private static final long TIME_NS = Cases.TIME.toNanos();
    private static final int TURNS = 3;

    private final Cases cases;

    /** What is started, and what is closed if that is not the ring. */
    private record Started(Socket socket, Operation operation) {}

    private interface Starting {
        Started start(Ring ring, List<Closeable> all) throws IOException;
    }

    private RingCases(Cases cases) {
        this.cases = cases;
    }

    static void addTo(Cases cases) {
        RingCases made = new RingCases(cases);
        made.add("receive", (ring, all) -> {
            Socket socket = filled(all);
            var receive = ring.receive(socket, ring.buffers(8, 64));
            receive.start();
            return new Started(socket, receive);
        });
        made.add("receive, multishot", (ring, all) -> {
            Socket socket = filled(all);
            var receive = ring.receive(socket, ring.buffers(8, 64));
            receive.startMultishot();
            return new Started(socket, receive);
        });
        made.add("receive what does not come", (ring, all) -> {
            Socket socket = pair(all, Domain.INET).first();
            var receive = ring.receive(socket, ring.buffers(8, 64));
            receive.start();
            return new Started(socket, receive);
        });
        made.add("message", (ring, all) -> {
            Socket socket = pair(all, Domain.UNIX).first();
            var receive = ring.receiveMessage(socket);
            receive.start(new Message(1, 0).data(ByteBuffer.allocateDirect(64)));
            return new Started(socket, receive);
        });
        made.add("messages, multishot", (ring, all) -> {
            Socket.Pair pair = own(all, Socket.pair(Domain.UNIX, SocketType.DGRAM));
            ignore(pair.second().send(ByteBuffer.allocate(10), 0));
            var receive = ring.receiveMessages(pair.first(), ring.buffers(8, 512), 64);
            receive.startMultishot();
            return new Started(pair.first(), receive);
        });
        made.sends();
    }

    private void sends() {
        for (boolean zeroCopy : new boolean[] {false, true}) {
            add("send" + (zeroCopy ? ", zero copy" : " much"), (ring, all) -> {
                Socket socket = pair(all, Domain.INET).first();
                var send = ring.send(socket);
                send.zeroCopyFrom(zeroCopy ? 1 : Integer.MAX_VALUE);
                send.start(ByteBuffer.allocateDirect(
                        zeroCopy ? 1 << 16 : 1 << 23)); // more is held as long as it is not read
                return new Started(socket, send);
            });
        }
        add("send a message", (ring, all) -> {
            Socket socket = pair(all, Domain.UNIX).first();
            var send = ring.sendMessage(socket);
            send.start(new Message(1, 0).data(ByteBuffer.allocateDirect(64)));
            return new Started(socket, send);
        });
        add("accept", (ring, all) -> {
            Socket listener = own(all, Socket.tcp().bind(loopback(0)).listen());
            ignore(own(all, Socket.tcp()).connect(listener.getLocalAddress()));
            var accept = ring.accept(listener);
            accept.startMultishot();
            return new Started(listener, accept);
        });
        add("connect", (ring, all) -> {
            Socket listener = own(all, Socket.tcp().bind(loopback(0)).listen());
            Socket socket = own(all, Socket.tcp());
            var connect = ring.connect(socket);
            connect.start(listener.getLocalAddress());
            return new Started(socket, connect);
        });
        add("poll, multishot", (ring, all) -> {
            Socket socket = filled(all);
            var poll = ring.poll(socket);
            poll.startMultishot(Linux.POLLIN);
            return new Started(socket, poll);
        });
    }

    private static Socket filled(List<Closeable> all) throws IOException {
        Socket.Pair pair = pair(all, Domain.INET);
        ignore(pair.second().send(ByteBuffer.allocate(10), 0));
        return pair.first();
    }

    private void add(String name, Starting starting) {
        for (boolean closesRing : new boolean[] {false, true}) {
            if (closesRing && name.contains("zero copy")) {
                continue; // waits seconds for the peer
            }
            cases.add("ring: " + name + (closesRing ? ", the ring" : ", the socket"), all -> {
                Ring ring = own(all, Ring.open(8, 16));
                Started started = starting.start(ring, all);
                List<Closeable> accepted = new ArrayList<>();
                all.add(() -> closeAll(accepted));
                return new Opened(
                        closesRing ? ring : started.socket, () -> turns(ring, started, accepted), RingCases::isEnd);
            });
        }
    }

    private static void turns(Ring ring, Started started, List<Closeable> accepted) throws IOException {
        int last = 0;
        for (int i = 0; i < TURNS; i++) {
            ignore(ring.await(TIME_NS));
            if (!ring.isOpen()) {
                return;
            }
            for (Operation done = ring.next(); done != null; done = ring.next()) {
                last = done.result();
                if (done instanceof Accept accept && last >= 0) {
                    accepted.add(accept.socket());
                }
            }
        }
        for (int i = 0; i < TURNS && !started.socket.isOpen() && started.operation.isActive(); i++) {
            ignore(ring.await(TIME_NS)); // the cancellation goes with the next call
            ignore(ring.next());
        }
        boolean held = started.operation instanceof Send; // by the peer, which has not read, with zero copy
        if (!started.socket.isOpen() && started.operation.isActive() && !held) {
            throw new IllegalStateException("in flight after the close of its socket");
        } else if (last < 0) {
            ignore(started.operation.check());
        }
    }

    private static boolean isEnd(Exception e) {
        return e instanceof AsynchronousCloseException
                || Errors.errnoOf(e)
                        .map(errno -> errno.value() == Linux.ECANCELED)
                        .orElse(false);
    }

    private static void closeAll(List<Closeable> accepted) throws IOException {
        for (Closeable socket : accepted) {
            socket.close();
        }
    }
}
