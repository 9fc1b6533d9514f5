package io.sockfd.wake;

import io.sockfd.Descriptor;
import io.sockfd.Domain;
import io.sockfd.Message;
import io.sockfd.MessageBatch;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.address.Sockaddr;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Every call that can wait, with the kinds of socket on which it does. */
final class Waits {
    private static final int SOME = 2048;

    private interface Birth {
        Fixture of(Kind kind) throws IOException;
    }

    private interface Call {
        /** What it returns, negative for an end or for what a blocking socket must not say. */
        long on(Fixture fixture) throws IOException;
    }

    /** A call on a kind of socket; it is repeated until it throws. */
    record Wait(Kind kind, String name, boolean once, Birth birth, Call call) {
        Fixture open() throws IOException {
            return birth.of(kind);
        }

        void on(Fixture fixture) throws IOException {
            long result = call.on(fixture);
            if (result < 0 || once) {
                throw new IllegalStateException(this + " returned " + result + " instead of waiting");
            }
        }

        /** The one call whose timeout is its own, and no failure. */
        boolean isPoll() {
            return name.equals("poll");
        }

        /** Reads from a channel of the JDK, which an interrupt closes meanwhile. */
        boolean readsFile() {
            return name.equals("sendFile");
        }

        @Override
        public String toString() {
            return kind + " " + name;
        }
    }

    private final List<Wait> waits = new ArrayList<>();
    private final Path file;

    /** A file with some bytes is the source for sendfile(2). */
    Waits(Path file) {
        this.file = file;
        receive();
        connections();
        send();
    }

    List<Wait> all() {
        return waits;
    }

    private void add(String name, Predicate<Kind> on, Birth birth, Call call) {
        for (Kind kind : Kind.values()) {
            if (on.test(kind)) {
                waits.add(new Wait(kind, name, false, birth, call));
            }
        }
    }

    private void receive() {
        Birth idle = Kind::idle;
        add("recv", Kind::receives, idle, f -> f.socket().recv(direct(), 0));
        add("recv array", Kind::receives, idle, f -> f.socket().recv(new byte[SOME], 0, SOME, 0));
        add("recvFrom", Kind::receives, idle, f -> f.socket().recvFrom(direct(), new Sockaddr(), 0));
        add("receive", Kind::receives, idle, f -> f.socket().receive(direct()) == null ? -1 : 0);
        add("read", Kind::receives, idle, f -> f.socket().read(direct()));
        add("read scatter", Kind::receives, idle, f -> f.socket().read(new ByteBuffer[] {direct(), direct()}));
        add("receiveMessage", Kind::receives, idle, f -> {
            try (Message message = new Message().data(direct())) {
                return f.socket().receiveMessage(message, 0);
            }
        });
        add("receiveMessages", Kind::receives, idle, f -> {
            try (MessageBatch batch = batch()) {
                return f.socket().receiveMessages(batch, 0, 2, 0);
            }
        });
        add("poll", Kind::receives, idle, Waits::poll);
        add("recvExactly", Kind::isStream, idle, f -> {
            f.socket().recvExactly(direct());
            return 0;
        });
        add(
                "spliceTo, source",
                Kind::isStream,
                Waits::spliceFrom,
                f -> f.socket().spliceTo(f.peer(), 1 << 20));
    }

    private static long poll(Fixture fixture) throws IOException {
        Duration timeout = fixture.socket().timeout();
        if (fixture.socket().poll(Linux.POLLIN, timeout.isNegative() ? null : timeout) == 0) {
            throw new SocketTimeoutException("nothing came");
        }
        return fixture.socket().recv(direct(), Linux.MSG_DONTWAIT); // a stranger's packet, which raw sockets see, too
    }

    private void connections() {
        add("accept", Kind::connects, Kind::listening, f -> f.socket().accept() == null ? -1 : 0);
        add("accept, peer", Kind::connects, Kind::listening, f -> f.socket().accept(new Sockaddr()) == null ? -1 : 0);
        for (Kind kind : Kind.values()) {
            if (kind.connects()) {
                waits.add(new Wait(kind, "connect", true, Kind::refused, f -> {
                    return f.socket().connect(kind.target(f.peer())) ? 1 : -1;
                }));
            }
        }
        for (Kind kind : List.of(Kind.TCP, Kind.TCP6, Kind.VSOCK)) {
            waits.add(new Wait(kind, "finishConnect", true, Waits::connecting, f -> {
                return f.socket().finishConnect() ? 1 : -1;
            }));
        }
    }

    private void send() {
        Birth idle = Kind::idle;
        add("send", Kind::isHeldUp, idle, f -> f.socket().send(direct(), 0));
        add("send array", Kind::isHeldUp, idle, f -> f.socket().send(new byte[SOME], 0, SOME, 0));
        add("write", Kind::isHeldUp, idle, f -> f.socket().write(direct()));
        add("write gather", Kind::isHeldUp, idle, f -> f.socket().write(new ByteBuffer[] {direct(), direct()}));
        add("sendMessage", Kind::isHeldUp, idle, f -> {
            try (Message message = new Message().data(direct())) {
                return f.socket().sendMessage(message, 0);
            }
        });
        add("sendMessages", Kind::isHeldUp, idle, f -> {
            try (MessageBatch batch = batch()) {
                return f.socket().sendMessages(batch, 0, 2, 0);
            }
        });
        add(
                "sendTo",
                kind -> kind == Kind.UNIX_DGRAM || kind == Kind.NETLINK,
                Waits::unconnected,
                f -> f.socket().sendTo(direct(), f.peer().getLocalAddress(), 0));
        add("sendAll", Kind::isHeldUp, idle, f -> {
            f.socket().sendAll(direct());
            return 0;
        });
        add("sendFile", Kind::isStream, idle, f -> {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                return f.socket().sendFile(channel, 0, SOME);
            }
        });
        add("sendFile, descriptor", Kind::isStream, idle, f -> {
            try (Descriptor descriptor = Descriptor.open(file, Linux.O_RDONLY)) {
                return f.socket().sendFile(descriptor, 0, SOME);
            }
        });
        add("spliceTo, target", Kind::isStream, Waits::spliceInto, f -> f.peer().spliceTo(f.socket(), 1 << 20));
    }

    /** The source is waited on; what it moves would go into another pair. */
    private static Fixture spliceFrom(Kind kind) throws IOException {
        return kind.idle().with(f -> {
            Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM);
            f.keep(pair.second());
            f.peer(pair.first());
        });
    }

    /** The target is waited on, with a source that has more than fits into it. */
    private static Fixture spliceInto(Kind kind) throws IOException {
        return kind.idle().with(f -> {
            Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM);
            f.keep(pair.second());
            f.peer(pair.first()).timedBy(pair.first());
            fill(f.socket());
            fill(pair.second());
        });
    }

    private static void fill(Socket socket) throws IOException {
        socket.timeout(Socket.NON_BLOCKING);
        while (socket.send(ByteBuffer.allocateDirect(1 << 16), 0) != Socket.WOULD_BLOCK) {
            // until nothing more fits
        }
        socket.timeout(Socket.BLOCKING);
    }

    private static Fixture unconnected(Kind kind) throws IOException {
        return new Fixture(kind.unbound()).with(f -> {
            f.socket().bind(null);
            f.peer(kind.unbound())
                    .peer()
                    .setOption(StandardSocketOptions.SO_RCVBUF, SOME)
                    .bind(null);
        });
    }

    private static Fixture connecting(Kind kind) throws IOException {
        return kind.refused().with(f -> {
            f.timeout(Socket.NON_BLOCKING);
            if (f.socket().connect(kind.target(f.peer()))) {
                throw new IllegalStateException(kind + " connected in spite of a full backlog");
            }
            f.timeout(Socket.BLOCKING);
        });
    }

    private static MessageBatch batch() {
        MessageBatch batch = new MessageBatch(2, 1, 0);
        batch.get(0).data(direct());
        batch.get(1).data(direct());
        return batch;
    }

    private static ByteBuffer direct() {
        return ByteBuffer.allocateDirect(SOME);
    }
}
