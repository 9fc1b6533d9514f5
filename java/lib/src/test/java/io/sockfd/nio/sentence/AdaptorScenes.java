package io.sockfd.nio.sentence;

import static io.sockfd.nio.sentence.Case.bytes;
import static io.sockfd.nio.sentence.Scenes.begunInterrupted;
import static io.sockfd.nio.sentence.Scenes.call;
import static io.sockfd.nio.sentence.Scenes.ended;
import static io.sockfd.nio.sentence.Scenes.interrupted;
import static io.sockfd.nio.sentence.Scenes.told;

import io.sockfd.nio.twin.Outcome;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Callable;

/** The streams and packets of socket(), and those of {@link Channels}. */
final class AdaptorScenes {
    private AdaptorScenes() {}

    static void add(Scenes scenes) {
        streams(scenes);
        times(scenes);
        channels(scenes);
        packets(scenes);
    }

    private static void streams(Scenes scenes) {
        scenes.scene("streams: bounds and nulls", c -> {
                    Socket socket = c.tcp().client().socket();
                    InputStream in = socket.getInputStream();
                    OutputStream out = socket.getOutputStream();
                    byte[] five = new byte[5];
                    return told(
                            () -> in.read(null),
                            () -> in.read(five, -1, 1),
                            () -> in.read(five, 0, 6),
                            () -> in.read(five, 5, 0),
                            () -> in.read(new byte[0]),
                            call(() -> out.write(null)),
                            call(() -> out.write(five, -1, 1)),
                            call(() -> out.write(five, 0, 6)),
                            call(() -> out.write(five, 5, 0)),
                            call(out::flush),
                            in::markSupported,
                            in::available);
                })
                .scene("streams: closed by the one, the other, the socket", c -> {
                    StringBuilder all = new StringBuilder();
                    for (int way = 0; way < 4; way++) {
                        SocketChannel channel = c.tcp().client();
                        Socket socket = channel.socket();
                        InputStream in = socket.getInputStream();
                        OutputStream out = socket.getOutputStream();
                        if (way == 0) {
                            in.close();
                        } else if (way == 1) {
                            out.close();
                        } else if (way == 2) {
                            socket.close();
                        } else {
                            channel.close();
                        }
                        all.append(told(
                                in::read,
                                () -> in.read(new byte[0]),
                                in::available,
                                call(() -> out.write(1)),
                                call(() -> out.write(new byte[0])),
                                call(out::flush),
                                call(in::close),
                                call(out::close),
                                socket::getInputStream,
                                socket::getOutputStream,
                                socket::isClosed,
                                socket::isConnected,
                                socket::isInputShutdown,
                                call(socket::shutdownInput),
                                () -> socket.getSoTimeout()));
                    }
                    return all;
                })
                .scene("streams: the peer's end, skip, transferTo, readAllBytes", c -> {
                    Case.Ends ends = c.tcp();
                    ends.server().write(bytes("0123456789"));
                    ends.server().close();
                    InputStream in = ends.client().socket().getInputStream();
                    return told(
                            () -> in.skip(2),
                            in::read,
                            () -> in.readNBytes(3).length,
                            () -> in.transferTo(OutputStream.nullOutputStream()),
                            () -> in.readAllBytes().length,
                            () -> in.skip(1),
                            in::read,
                            in::available,
                            () -> ends.client().isOpen());
                })
                .scene("streams: input shut down", c -> {
                    Case.Ends ends = c.tcp();
                    ends.server().write(bytes("0123456789"));
                    Case.sleep(10);
                    Socket socket = ends.client().socket();
                    InputStream in = socket.getInputStream();
                    String before = told(in::read, in::available);
                    socket.shutdownInput();
                    return before
                            + told(in::read, in::available, socket::getInputStream, () -> in.read(new byte[0]))
                            + told(call(socket::shutdownInput), call(socket::shutdownOutput))
                            + told(call(() -> socket.getOutputStream().write(1)), socket::isClosed);
                })
                .scene("streams: begun interrupted", c -> {
                    StringBuilder all = new StringBuilder();
                    for (int timeout : new int[] {0, 60_000}) {
                        for (boolean data : new boolean[] {false, true}) {
                            Case.Ends ends = c.tcp();
                            if (data) {
                                ends.server().write(bytes("x"));
                            }
                            ends.client().socket().setSoTimeout(timeout);
                            InputStream in = ends.client().socket().getInputStream();
                            all.append(begunInterrupted(c, in::read))
                                    .append(ends.client().isOpen())
                                    .append(' ');
                        }
                    }
                    SocketChannel writes = c.tcp().client();
                    OutputStream out = writes.socket().getOutputStream();
                    return all.append(begunInterrupted(c, call(() -> out.write(1))))
                            .append(writes.isOpen());
                })
                .scene("streams: a write that waits: interrupt, close", c -> {
                    SocketChannel one = c.tcp().client();
                    SocketChannel two = c.tcp().client();
                    return interrupted(c, endless(one)) + one.isOpen() + ended(c, endless(two), two::close);
                })
                .scene("urgent bytes: not inline", c -> {
                    Case.Ends ends = c.tcp();
                    ends.client().socket().sendUrgentData('u');
                    ends.client().write(bytes("ab"));
                    Case.sleep(20);
                    InputStream in = ends.server().socket().getInputStream();
                    return told(() -> ends.server().socket().getOOBInline(), in::available, () -> in.read(new byte[5]));
                })
                .scene("urgent bytes: inline", c -> {
                    Case.Ends ends = c.tcp();
                    ends.server().socket().setOOBInline(true);
                    ends.client().socket().sendUrgentData(0x1ff);
                    Case.sleep(20);
                    InputStream in = ends.server().socket().getInputStream();
                    return told(() -> ends.server().socket().getOOBInline(), in::available, in::read);
                })
                .scene("urgent bytes: unconnected, closed, shut, not blocking", c -> {
                    SocketChannel shut = c.tcp().client().shutdownOutput();
                    SocketChannel closed = c.tcp().client();
                    closed.close();
                    SocketChannel none = c.tcp().client();
                    none.configureBlocking(false);
                    return told(
                            call(() -> c.channel().socket().sendUrgentData(1)),
                            call(() -> closed.socket().sendUrgentData(1)),
                            call(() -> shut.socket().sendUrgentData(1)),
                            call(() -> none.socket().sendUrgentData(1)));
                });
    }

    private static Callable<?> endless(SocketChannel channel) throws Exception {
        OutputStream out = channel.socket().getOutputStream();
        return () -> {
            try {
                while (true) {
                    out.write(new byte[100_000]);
                }
            } catch (AsynchronousCloseException e) {
                throw e.getClass() == AsynchronousCloseException.class ? new ClosedChannelException() : e; // a race
            }
        };
    }

    private static void times(Scenes scenes) {
        scenes.scene("timed read: over, then again, then without a time", c -> {
                    Case.Ends ends = c.tcp();
                    Socket socket = ends.client().socket();
                    InputStream in = socket.getInputStream();
                    socket.setSoTimeout(20);
                    String over = told(in::read, in::read, () -> ends.client().isOpen(), ends.client()::isBlocking);
                    ends.server().write(bytes("xyz"));
                    String there = told(in::read);
                    socket.setSoTimeout(0);
                    return over + there + told(in::read, () -> ends.client().read(ByteBuffer.allocate(5)));
                })
                .scene("timed read: a time that is set meanwhile is for the next one", c -> {
                    Case.Ends ends = c.tcp();
                    Socket socket = ends.client().socket();
                    InputStream in = socket.getInputStream();
                    return ended(c, in::read, () -> {
                        socket.setSoTimeout(10);
                        Case.sleep(50);
                        ends.server().write(bytes("x"));
                    });
                })
                .scene("timed read: a write beside it", c -> {
                    Case.Ends ends = c.tcp();
                    Socket socket = ends.client().socket();
                    InputStream in = socket.getInputStream();
                    socket.setSoTimeout(60_000);
                    return ended(c, in::read, () -> {
                        socket.getOutputStream().write(7);
                        ends.server().read(ByteBuffer.allocate(1));
                        ends.server().write(bytes("x"));
                    });
                })
                .scene("timed read: two threads", c -> {
                    Case.Ends ends = c.tcp();
                    InputStream in = ends.client().socket().getInputStream();
                    ends.client().socket().setSoTimeout(60_000);
                    String[] second = {""};
                    return ended(c, in::read, () -> {
                                ends.client().socket().setSoTimeout(0);
                                second[0] =
                                        ended(c, in::read, () -> ends.server().write(bytes("xx")));
                            })
                            + second[0];
                })
                .scene("timed read of a channel that does not block", c -> {
                    Case.Ends ends = c.tcp();
                    InputStream in = ends.client().socket().getInputStream();
                    ends.client().socket().setSoTimeout(10);
                    ends.client().configureBlocking(false);
                    ends.server().write(bytes("x"));
                    Case.sleep(10);
                    return told(in::read, in::available, () -> ends.client().read(ByteBuffer.allocate(1)));
                })
                .scene("timed accept: over, then a connection", c -> {
                    var server = c.listener();
                    server.socket().setSoTimeout(20);
                    String over = told(() -> server.socket().accept(), server::isOpen, server::isBlocking);
                    c.channel().connect(server.getLocalAddress());
                    return over
                            + told(() -> c.keep(server.socket().accept())
                                    .getChannel()
                                    .isBlocking());
                });
    }

    private static void channels(Scenes scenes) {
        scenes.scene("Channels: a stream of a channel that does not block", c -> {
                    Case.Ends ends = c.tcp();
                    ends.client().configureBlocking(false);
                    return told(
                            () -> Channels.newInputStream(ends.client()).read(),
                            call(() -> Channels.newOutputStream(ends.client()).write(1)));
                })
                .scene("Channels: streams of connections and pipes", c -> {
                    Case.Ends ends = c.tcp();
                    var pipe = c.pipe();
                    Channels.newOutputStream(ends.server())
                            .write("abc".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                    Channels.newOutputStream(pipe.sink()).write(9);
                    pipe.sink().close();
                    InputStream source = Channels.newInputStream(pipe.source());
                    InputStream in = Channels.newInputStream(ends.client());
                    return told(
                                    in::read,
                                    () -> in.read(new byte[5]),
                                    source::read,
                                    source::read,
                                    () -> source.read(new byte[0]))
                            + told(call(in::close), () -> ends.client().isOpen(), in::read);
                })
                .scene("Channels: a read that waits: close, interrupt", c -> {
                    SocketChannel one = c.tcp().client();
                    SocketChannel two = c.tcp().client();
                    return ended(c, () -> Channels.newInputStream(one).read(), one::close)
                            + interrupted(c, () -> Channels.newInputStream(two).read())
                            + two.isOpen();
                });
    }

    private static void packets(Scenes scenes) {
        for (int timeout : new int[] {0, 60_000}) {
            scenes.scene("packets: a receive that waits " + timeout + ": close, socket().close, interrupt", c -> {
                StringBuilder all = new StringBuilder();
                for (int way = 0; way < 3; way++) {
                    DatagramChannel channel = c.boundUdp();
                    DatagramSocket socket = channel.socket();
                    socket.setSoTimeout(timeout);
                    Callable<?> receive = call(() -> socket.receive(new DatagramPacket(new byte[5], 5)));
                    all.append(
                                    way == 0
                                            ? ended(c, receive, channel::close)
                                            : way == 1 ? ended(c, receive, socket::close) : interrupted(c, receive))
                            .append(told(channel::isOpen, socket::isClosed, receive))
                            .append("; ");
                }
                return all;
            });
        }
        scenes.scene("packets: begun interrupted", c -> {
                    DatagramChannel one = c.boundUdp();
                    DatagramChannel two = c.boundUdp();
                    DatagramPacket packet = new DatagramPacket(new byte[5], 5, two.getLocalAddress());
                    return begunInterrupted(c, call(() -> two.socket().send(packet)))
                            + two.isOpen()
                            + begunInterrupted(c, call(() -> one.socket().receive(packet)))
                            + one.isOpen();
                })
                .scene("packets: nobody at the peer's port", c -> {
                    DatagramChannel gone = c.boundUdp();
                    DatagramSocket socket = c.boundUdp().socket();
                    socket.connect(gone.getLocalAddress());
                    gone.close();
                    socket.setSoTimeout(500);
                    DatagramPacket packet = new DatagramPacket(new byte[5], 5);
                    return told(
                            call(() -> socket.send(new DatagramPacket(new byte[1], 1))),
                            call(() -> socket.receive(packet)),
                            socket::isClosed,
                            packet::getLength);
                })
                .scene("packets: connected by the socket, another's datagram", c -> {
                    DatagramChannel peer = c.boundUdp();
                    DatagramChannel other = c.boundUdp();
                    DatagramSocket socket = c.boundUdp().socket();
                    other.send(bytes("old"), socket.getLocalSocketAddress());
                    socket.connect(peer.getLocalAddress());
                    other.send(bytes("other"), socket.getLocalSocketAddress());
                    peer.send(bytes("peer"), socket.getLocalSocketAddress());
                    socket.setSoTimeout(100);
                    DatagramPacket packet = new DatagramPacket(new byte[50], 50);
                    String first = told(call(() -> socket.receive(packet)), packet::getLength);
                    String second = told(call(() -> socket.receive(packet)), packet::getLength);
                    socket.disconnect();
                    other.send(bytes("after"), socket.getLocalSocketAddress());
                    return first + second + told(call(() -> socket.receive(packet)), packet::getLength);
                })
                .scene("packets: one packet, several datagrams", c -> {
                    DatagramSocket socket = c.boundUdp().socket();
                    DatagramChannel sender = c.boundUdp();
                    for (String text : new String[] {"ab", "abcdef", "abcd", "x", ""}) {
                        sender.send(bytes(text), socket.getLocalSocketAddress());
                    }
                    DatagramPacket packet = new DatagramPacket(new byte[6], 1, 5);
                    StringBuilder all = new StringBuilder();
                    for (int i = 0; i < 5; i++) {
                        socket.receive(packet);
                        all.append(packet.getLength())
                                .append(' ')
                                .append(packet.getOffset())
                                .append("; ");
                        if (i == 2) {
                            packet.setLength(2);
                        }
                    }
                    return all;
                })
                .scene("packets: sends and receives of two threads at once", c -> {
                    DatagramSocket socket = c.boundUdp().socket();
                    DatagramPacket packet = new DatagramPacket(new byte[6], 6);
                    return ended(
                                    c,
                                    call(() -> socket.receive(packet)),
                                    () -> socket.send(
                                            new DatagramPacket(new byte[3], 3, socket.getLocalSocketAddress())))
                            + packet.getLength()
                            + Outcome.of(packet::getSocketAddress);
                });
    }
}
