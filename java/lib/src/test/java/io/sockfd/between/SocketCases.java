package io.sockfd.between;

import static io.sockfd.between.Cases.TIME;
import static io.sockfd.between.Cases.ignore;
import static io.sockfd.between.Cases.loopback;
import static io.sockfd.between.Cases.own;
import static io.sockfd.between.Cases.pair;

import io.sockfd.Descriptor;
import io.sockfd.Domain;
import io.sockfd.Message;
import io.sockfd.MessageBatch;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.ZeroCopy;
import io.sockfd.address.Sockaddr;
import io.sockfd.between.Cases.Opened;
import io.sockfd.option.SocketOptions;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** Operations of {@link Socket}. */
final class SocketCases {
    private static final int MUCH = 1 << 23;

    private final Cases cases;

    private interface Use {
        void of(Socket socket) throws IOException;
    }

    private SocketCases(Cases cases) {
        this.cases = cases;
    }

    static void addTo(Cases cases) {
        SocketCases made = new SocketCases(cases);
        made.streams(Domain.UNIX, "unix");
        made.streams(Domain.INET, "tcp");
        made.connections();
        made.batches();
        made.zeroCopy();
    }

    private void streams(Domain domain, String name) {
        String of = " " + name;
        stream("sendAll" + of, domain, s -> s.sendAll(ByteBuffer.allocateDirect(MUCH)));
        stream("write" + of, domain, s -> ignore(s.write(ByteBuffer.allocateDirect(MUCH))));
        stream("write heap" + of, domain, s -> ignore(s.write(ByteBuffer.allocate(MUCH))));
        stream(
                "write several" + of,
                domain,
                s -> ignore(s.write(new ByteBuffer[] {ByteBuffer.allocate(1 << 20), ByteBuffer.allocateDirect(MUCH)})));
        stream("recvExactly" + of, domain, s -> s.recvExactly(ByteBuffer.allocateDirect(64)));
        for (int flags : new int[] {
            0,
            Linux.MSG_WAITALL,
            Linux.MSG_WAITALL | Linux.MSG_PEEK,
            Linux.MSG_TRUNC,
            Linux.MSG_WAITALL | Linux.MSG_TRUNC
        }) {
            String with = of + " flags 0x" + Integer.toHexString(flags);
            stream("recv" + with, domain, s -> ignore(s.recv(ByteBuffer.allocateDirect(64), flags)));
            stream("recv array" + with, domain, s -> ignore(s.recv(new byte[64], 0, 64, flags)));
            stream(
                    "receiveMessage" + with,
                    domain,
                    s -> ignore(s.receiveMessage(new Message(64, 0).data(ByteBuffer.allocateDirect(64)), flags)));
        }
        cases.add("recv below the mark" + of, all -> {
            Socket.Pair pair = pair(all, domain);
            Socket socket = pair.first().timeout(TIME).setOption(SocketOptions.SO_RCVLOWAT, 32);
            ignore(pair.second().send(ByteBuffer.allocateDirect(10), 0));
            return new Opened(socket, () -> ignore(socket.recv(ByteBuffer.allocateDirect(64), 0)));
        });
        cases.add("sendFile channel" + of, all -> {
            Socket socket = own(all, pair(all, domain).first().timeout(TIME));
            FileChannel file = own(all, FileChannel.open(Cases.file(), StandardOpenOption.READ));
            return new Opened(socket, () -> ignore(socket.sendFile(file, 0, MUCH)));
        });
        cases.add("sendFile" + of, all -> {
            Socket socket = own(all, pair(all, domain).first().timeout(TIME));
            Descriptor file = own(all, Descriptor.open(Cases.file(), Linux.O_RDONLY));
            return new Opened(socket, () -> ignore(socket.sendFile(file, 0, MUCH)));
        });
        cases.add("sendFile, the file" + of, all -> {
            Socket socket = own(all, pair(all, domain).first().timeout(TIME));
            Descriptor file = own(all, Descriptor.open(Cases.file(), Linux.O_RDONLY));
            return new Opened(file, () -> ignore(socket.sendFile(file, 0, MUCH)));
        });
        stream("setOption" + of, domain, s -> s.setOption(StandardSocketOptions.SO_RCVBUF, 4096));
        for (boolean source : new boolean[] {true, false}) {
            cases.add("splice, the " + (source ? "source" : "target") + of, all -> {
                Socket.Pair from = pair(all, domain);
                Socket.Pair to = pair(all, domain);
                ignore(from.second().send(ByteBuffer.allocateDirect(64), 0));
                return new Opened(
                        source ? from.first() : to.first(),
                        () -> ignore(from.first().timeout(TIME).spliceTo(to.first(), 128)));
            });
        }
    }

    /** With something to read, and less than is asked for. */
    private void stream(String name, Domain domain, Use use) {
        cases.add(name, all -> {
            Socket.Pair pair = pair(all, domain);
            ignore(pair.second().send(ByteBuffer.allocateDirect(10), 0));
            Socket socket = pair.first().timeout(TIME);
            return new Opened(socket, () -> use.of(socket));
        });
    }

    private void connections() {
        for (boolean timed : new boolean[] {false, true}) {
            cases.add("connect, refused, timed " + timed, all -> {
                Socket socket = own(all, Socket.tcp());
                Socket bound = own(all, Socket.tcp().bind(loopback(0))); // it does not listen
                InetSocketAddress nobody = (InetSocketAddress) bound.getLocalAddress();
                return new Opened(timed ? socket.timeout(TIME) : socket, () -> ignore(socket.connect(nobody)));
            });
        }
        cases.add("connect and finishConnect", all -> {
            Socket listener = own(all, Socket.tcp().bind(loopback(0)).listen());
            Socket socket = own(all, Socket.tcp().timeout(Duration.ZERO));
            boolean connected = socket.connect(listener.getLocalAddress());
            return new Opened(socket, () -> ignore(connected || socket.finishConnect()));
        });
        cases.add("fast open", all -> {
            Socket listener = own(all, Socket.tcp().bind(loopback(0)).listen());
            Socket socket = own(all, Socket.tcp().timeout(TIME));
            Sockaddr to = new Sockaddr();
            to.set(listener.getLocalAddress());
            return new Opened(
                    socket, () -> ignore(socket.sendTo(ByteBuffer.allocateDirect(8), to, Linux.MSG_FASTOPEN)));
        });
        cases.add("disconnect", all -> {
            Socket socket = own(all, Socket.udp());
            ignore(socket.connect(loopback(9)));
            return new Opened(socket, socket::disconnect);
        });
        for (boolean one : new boolean[] {false, true}) {
            cases.add("accept" + (one ? " what is there" : ""), all -> {
                Socket listener =
                        own(all, Socket.tcp().bind(loopback(0)).listen().timeout(TIME));
                if (one) {
                    ignore(own(all, Socket.tcp()).connect(listener.getLocalAddress()));
                }
                return new Opened(listener, () -> {
                    Socket accepted = listener.accept();
                    if (accepted != null) {
                        accepted.close();
                    }
                });
            });
        }
    }

    private interface Batched {
        void of(Socket socket, MessageBatch batch) throws IOException;
    }

    /** Two datagrams have come, and more are asked for; and more than fit are sent. */
    private void batches() {
        for (SocketType type : new SocketType[] {SocketType.DGRAM, SocketType.SEQPACKET, SocketType.STREAM}) {
            batch("sendMessages", type, (s, batch) -> ignore(s.sendMessages(batch, 0, batch.size(), 0)));
            batch("receiveMessages", type, (s, batch) -> ignore(s.receiveMessages(batch, 0, batch.size(), 0)));
            batch("receiveMessages of one", type, (s, batch) -> ignore(s.receiveMessages(batch, 0, 1, 0)));
            batch("receiveMessages, all", type, (s, batch) -> {
                for (int at = 0; at < batch.size(); ) {
                    int received = s.receiveMessages(batch, at, batch.size() - at, 0);
                    if (received <= 0 || !s.isOpen()) {
                        return; // the next call would be one of the closed
                    }
                    at += received;
                }
            });
        }
    }

    private void batch(String name, SocketType type, Batched use) {
        cases.add(name + " " + type, all -> {
            Socket.Pair pair = own(all, Socket.pair(Domain.UNIX, type));
            for (int i = 0; i < 2; i++) {
                ignore(pair.second().send(ByteBuffer.allocateDirect(10), 0));
            }
            Socket socket = pair.first().timeout(TIME);
            MessageBatch batch = new MessageBatch(64, 1, 0);
            for (int i = 0; i < batch.size(); i++) {
                ByteBuffer data = i % 2 == 0 ? ByteBuffer.allocateDirect(20_000) : ByteBuffer.allocate(20_000);
                batch.get(i).data(data);
            }
            return new Opened(socket, () -> use.of(socket, batch));
        });
    }

    private void zeroCopy() {
        cases.add("zero copy", all -> {
            Socket socket = pair(all, Domain.INET).first().timeout(TIME);
            ZeroCopy copy = new ZeroCopy(socket);
            return new Opened(socket, () -> ignore(copy.send(ByteBuffer.allocateDirect(1 << 16), 0)));
        });
        cases.add("zero copy, reaped", all -> {
            Socket socket = pair(all, Domain.INET).first().timeout(TIME);
            ZeroCopy copy = new ZeroCopy(socket);
            long ticket = copy.send(ByteBuffer.allocateDirect(1 << 16), 0);
            return new Opened(socket, () -> ignore(copy.awaitDone(ticket, TIME)));
        });
    }
}
