package io.sockfd;

import io.sockfd.address.Sockaddr;
import io.sockfd.capture.PacketSocket;
import io.sockfd.inject.FailingLibc;
import io.sockfd.netlink.Netlink;
import io.sockfd.netlink.NetlinkRequest;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Another thread closes while an operation is in its n-th system call, for each operation and each n: that is seen as a close
 * meanwhile, whether a wait, a call or the way between two calls finds it. Prints what was seen otherwise.
 */
final class ClosedBetweenCalls {
    private static final int MOST_CALLS = 12;
    private static final Duration TIME = Duration.ofMillis(5);
    private static final Map<String, Opening> OPERATIONS = new LinkedHashMap<>();

    private ClosedBetweenCalls() {}

    private interface Opening {
        Opened open(List<Channel> all) throws IOException;
    }

    private interface Body {
        void run() throws IOException;
    }

    /** What is closed meanwhile, and what is done with it. */
    private record Opened(Channel closed, Body body) {}

    private static Socket.Pair pair(List<Channel> all, Domain domain) throws IOException {
        if (domain.equals(Domain.UNIX)) {
            Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM);
            all.add(pair);
            return pair;
        }
        try (Socket listener = Socket.tcp().bind(loopback(0)).listen()) {
            Socket first = Socket.tcp();
            all.add(first);
            first.connect(listener.getLocalAddress());
            Socket second = Objects.requireNonNull(listener.accept());
            all.add(second);
            return new Socket.Pair(first, second);
        }
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static void streams(Domain domain, String name) {
        String of = " " + name;
        stream("sendAll" + of, domain, s -> s.sendAll(ByteBuffer.allocateDirect(1 << 23)));
        stream("write" + of, domain, s -> moved(s.write(ByteBuffer.allocateDirect(1 << 23))));
        stream("write heap" + of, domain, s -> moved(s.write(ByteBuffer.allocate(1 << 23))));
        stream(
                "write several" + of,
                domain,
                s -> moved(
                        s.write(new ByteBuffer[] {ByteBuffer.allocate(1 << 20), ByteBuffer.allocateDirect(1 << 23)})));
        stream("recvExactly" + of, domain, s -> s.recvExactly(ByteBuffer.allocateDirect(64)));
        for (int flags : new int[] {
            0,
            Linux.MSG_WAITALL,
            Linux.MSG_WAITALL | Linux.MSG_PEEK,
            Linux.MSG_TRUNC,
            Linux.MSG_WAITALL | Linux.MSG_TRUNC
        }) {
            String with = of + " flags 0x" + Integer.toHexString(flags);
            stream("recv" + with, domain, s -> moved(s.recv(ByteBuffer.allocateDirect(64), flags)));
            stream("recv array" + with, domain, s -> moved(s.recv(new byte[64], 0, 64, flags)));
            stream(
                    "receiveMessage" + with,
                    domain,
                    s -> moved(s.receiveMessage(new Message(64, 0).data(ByteBuffer.allocateDirect(64)), flags)));
        }
        OPERATIONS.put("sendFile channel" + of, all -> {
            Socket socket = own(all, pair(all, domain).first().timeout(TIME));
            FileChannel file = own(all, FileChannel.open(file(), StandardOpenOption.READ));
            return new Opened(socket, () -> moved(socket.sendFile(file, 0, 1 << 23)));
        });
        OPERATIONS.put("sendFile" + of, all -> {
            Socket socket = own(all, pair(all, domain).first().timeout(TIME));
            Descriptor file = own(all, Descriptor.open(file(), Linux.O_RDONLY));
            return new Opened(socket, () -> moved(socket.sendFile(file, 0, 1 << 23)));
        });
        stream("setOption" + of, domain, s -> s.setOption(StandardSocketOptions.SO_RCVBUF, 4096));
        OPERATIONS.put("splice, the source" + of, all -> {
            Socket.Pair from = pair(all, domain);
            Socket.Pair to = pair(all, domain);
            moved(from.second().send(ByteBuffer.allocateDirect(64), 0));
            return new Opened(
                    from.first(), () -> moved(from.first().timeout(TIME).spliceTo(to.first(), 128)));
        });
        OPERATIONS.put("splice, the target" + of, all -> {
            Socket.Pair from = pair(all, domain);
            Socket.Pair to = pair(all, domain);
            moved(from.second().send(ByteBuffer.allocateDirect(64), 0));
            return new Opened(to.first(), () -> moved(from.first().timeout(TIME).spliceTo(to.first(), 128)));
        });
    }

    private interface Use {
        void of(Socket socket) throws IOException;
    }

    /** With something to read, and less than is asked for. */
    private static void stream(String name, Domain domain, Use use) {
        OPERATIONS.put(name, all -> {
            Socket.Pair pair = pair(all, domain);
            moved(pair.second().send(ByteBuffer.allocateDirect(10), 0));
            Socket socket = pair.first().timeout(TIME);
            return new Opened(socket, () -> use.of(socket));
        });
    }

    private static void others() {
        for (boolean timed : new boolean[] {false, true}) {
            OPERATIONS.put("connect, refused, timed " + timed, all -> {
                Socket socket = own(all, Socket.tcp());
                Socket bound = own(all, Socket.tcp().bind(loopback(0))); // it does not listen
                InetSocketAddress nobody = (InetSocketAddress) bound.getLocalAddress();
                return new Opened(timed ? socket.timeout(TIME) : socket, () -> moved(socket.connect(nobody) ? 1 : 0));
            });
        }
        OPERATIONS.put("connect and finishConnect", all -> {
            Socket listener = own(all, Socket.tcp().bind(loopback(0)).listen());
            Socket socket = own(all, Socket.tcp().timeout(Duration.ZERO));
            boolean ignored = socket.connect(listener.getLocalAddress());
            return new Opened(socket, () -> moved(ignored || socket.finishConnect() ? 1 : 0));
        });
        OPERATIONS.put("fast open", all -> {
            Socket listener = own(all, Socket.tcp().bind(loopback(0)).listen());
            Socket socket = own(all, Socket.tcp().timeout(TIME));
            Sockaddr to = new Sockaddr();
            to.set(listener.getLocalAddress());
            return new Opened(socket, () -> moved(socket.sendTo(ByteBuffer.allocateDirect(8), to, Linux.MSG_FASTOPEN)));
        });
        OPERATIONS.put("disconnect", all -> {
            Socket socket = own(all, Socket.udp());
            boolean ignored = socket.connect(loopback(9));
            return new Opened(socket, socket::disconnect);
        });
        OPERATIONS.put("accept", all -> {
            Socket listener = own(all, Socket.tcp().bind(loopback(0)).listen().timeout(TIME));
            return new Opened(listener, () -> {
                Socket accepted = listener.accept();
                if (accepted != null) {
                    accepted.close();
                }
            });
        });
        OPERATIONS.put("netlink", all -> {
            Netlink netlink = Netlink.open(Linux.NETLINK_ROUTE);
            all.add(netlink.socket().timeout(TIME));
            NetlinkRequest request = netlink.dump(Linux.RTM_GETLINK, 0);
            request.buffer().put(new byte[16]);
            return new Opened(netlink.socket(), netlink::execute);
        });
        OPERATIONS.put("packets", all -> {
            PacketSocket packets = PacketSocket.on("lo");
            all.add(packets.socket());
            return new Opened(packets.socket(), () -> {
                Object ignored = packets.next(TIME);
            });
        });
    }

    private static <C extends Channel> C own(List<Channel> all, C channel) {
        all.add(channel);
        return channel;
    }

    private static void moved(long ignored) {}

    private static @Nullable Path known;

    private static Path file() throws IOException {
        Path made = known;
        if (made == null) {
            made = Files.createTempFile("sockfd", ".bytes");
            made.toFile().deleteOnExit();
            Files.write(made, new byte[1 << 23]);
            known = made;
        }
        return made;
    }

    public static void main(String[] args) throws Exception {
        streams(Domain.UNIX, "unix");
        streams(Domain.INET, "tcp");
        others();
        int rows = 0;
        int wrong = 0;
        int meanwhile = 0;
        Path ignored = file();
        for (Map.Entry<String, Opening> operation : OPERATIONS.entrySet()) {
            for (int nth = 1; nth <= MOST_CALLS; nth++) {
                List<Channel> all = new ArrayList<>();
                String seen;
                try {
                    seen = row(operation.getValue(), all, nth);
                } catch (ErrnoException e) {
                    System.out.println(operation.getKey() + " takes no part: " + e.getMessage());
                    break;
                } finally {
                    FailingLibc.clear();
                    for (Channel channel : all) {
                        channel.close();
                    }
                }
                if (seen.isEmpty()) {
                    break; // it makes fewer calls
                }
                rows++;
                meanwhile += seen.equals("meanwhile") ? 1 : 0;
                if (seen.startsWith("wrong")) {
                    wrong++;
                    System.out.println(operation.getKey() + ", closed in call " + nth + ": " + seen);
                }
            }
        }
        System.out.println(rows + " rows, " + meanwhile + " closed meanwhile, " + wrong + " wrong");
        System.exit(wrong == 0 && meanwhile > OPERATIONS.size() ? 0 : 1);
    }

    /** Empty when there is no such call. */
    private static String row(Opening operation, List<Channel> all, int nth) throws Exception {
        Opened opened = operation.open(all);
        Thread me = Thread.currentThread();
        AtomicInteger calls = new AtomicInteger();
        boolean[] closed = new boolean[1];
        FailingLibc.rule((call, n, arguments) -> {
            if (Thread.currentThread().equals(me) && calls.incrementAndGet() == nth) {
                closed[0] = true;
                close(opened.closed());
            }
            return FailingLibc.PROCEED;
        });
        try {
            opened.body().run();
        } catch (AsynchronousCloseException e) {
            return closed[0] ? "meanwhile" : "wrong: " + e + " and nobody closed";
        } catch (ClosedChannelException e) {
            return "wrong: " + e;
        } catch (IOException e) {
            return closed[0] ? "another end: " + e : "";
        }
        return closed[0] ? "done" : "";
    }

    private static void close(Channel channel) {
        Thread other = new Thread(() -> {
            try {
                channel.close();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        other.start();
        try {
            other.join(5_000);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
