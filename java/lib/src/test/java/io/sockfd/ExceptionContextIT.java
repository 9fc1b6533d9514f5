package io.sockfd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.address.Addresses;
import io.sockfd.address.Sockaddr;
import io.sockfd.address.UnixAddress;
import io.sockfd.option.SocketOptions;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** Each exception names the call, where it went or whose socket it was, and the error. */
@Timeout(30)
class ExceptionContextIT {
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final ByteBuffer TOO_LONG = ByteBuffer.allocate(70_000).asReadOnlyBuffer();

    /** The exception's start: {@code call(context): NAME}. */
    private static void assertWords(String call, String context, Errno errno, Executable code) {
        Exception e = assertThrows(Exception.class, code);
        WithErrno details = assertInstanceOf(WithErrno.class, e, e.toString());
        assertEquals(call + "(" + context + "): " + errno, call(details));
        String message = String.valueOf(e.getMessage());
        assertTrue(message.startsWith(call + "(" + context + "): " + errno), message);
    }

    private static String call(WithErrno e) {
        return e.call() + "(" + e.context() + "): " + e.errno();
    }

    private static String text(Socket socket) throws IOException {
        return Addresses.format(socket.getLocalAddress());
    }

    private static Message message(ByteBuffer data, @org.jspecify.annotations.Nullable Sockaddr to) {
        return new Message(1, 0).data(data).address(to);
    }

    @Test
    void sendsNameTheDestination() throws IOException {
        try (Socket socket = Socket.udp();
                Socket peer = Socket.udp().bind(LOOPBACK);
                MessageBatch batch = new MessageBatch(2, 1, 0)) {
            Sockaddr to = Sockaddr.of(peer.getLocalAddress());
            String there = text(peer);
            assertWords("sendto", there, Errno.EMSGSIZE, () -> socket.sendTo(TOO_LONG.duplicate(), to, 0));
            assertWords(
                    "sendto",
                    there,
                    Errno.EMSGSIZE,
                    () -> socket.sendTo(TOO_LONG.duplicate(), peer.getLocalAddress(), 0));
            assertWords(
                    "sendmsg", there, Errno.EMSGSIZE, () -> socket.sendMessage(message(TOO_LONG.duplicate(), to), 0));
            batch.get(0).data(ByteBuffer.allocate(1)).address(to);
            batch.get(1).data(TOO_LONG.duplicate()).address(to);
            assertEquals(1, socket.sendMessages(batch, 0, 2, 0));
            assertWords("sendmmsg", there, Errno.EMSGSIZE, () -> socket.sendMessages(batch, 1, 1, 0));
        }
    }

    @Test
    void sendsOnAConnectedSocketNameBothEnds() throws IOException {
        try (Socket peer = Socket.udp().bind(LOOPBACK);
                Socket socket = Socket.udp();
                MessageBatch batch = new MessageBatch(1, 1, 0)) {
            socket.connect(peer.getLocalAddress());
            String both = "Socket(fd " + socket.fd() + ", " + text(socket) + " -> " + text(peer) + ")";
            assertEquals(both, socket.toString());
            assertWords("send", both, Errno.EMSGSIZE, () -> socket.send(TOO_LONG.duplicate(), 0));
            assertWords("send", both, Errno.EMSGSIZE, () -> socket.send(new byte[70_000], 0, 70_000, 0));
            assertWords(
                    "sendmsg", both, Errno.EMSGSIZE, () -> socket.sendMessage(message(TOO_LONG.duplicate(), null), 0));
            assertWords(
                    "sendmsg",
                    both,
                    Errno.EMSGSIZE,
                    () -> socket.write(new ByteBuffer[] {TOO_LONG.duplicate(), ByteBuffer.allocate(1)}));
            batch.get(0).data(TOO_LONG.duplicate());
            assertWords("sendmmsg", both, Errno.EMSGSIZE, () -> socket.sendMessages(batch, 0, 1, 0));
        }
    }

    /** What an exception has named is remembered, and not beyond the next connect. */
    @Test
    void theEndsAreThoseOfTheLastConnect() throws IOException {
        try (Socket socket = Socket.udp().bind(LOOPBACK);
                Socket first = Socket.udp().bind(LOOPBACK);
                Socket second = Socket.udp().bind(LOOPBACK)) {
            for (Socket peer : new Socket[] {first, second, first}) {
                socket.connect(peer.getLocalAddress());
                String ends = "Socket(fd " + socket.fd() + ", " + text(socket) + " -> " + text(peer) + ")";
                for (int i = 0; i < 2; i++) {
                    assertWords("send", ends, Errno.EMSGSIZE, () -> socket.send(TOO_LONG.duplicate(), 0));
                }
            }
        }
    }

    @Test
    void receivesThatTimedOutNameTheirCall() throws IOException {
        try (Socket socket = Socket.udp().bind(LOOPBACK).timeout(SHORT);
                MessageBatch batch = new MessageBatch(1, 1, 0)) {
            String here = "Socket(fd " + socket.fd() + ", " + text(socket) + ")";
            assertWords("recv", here, Errno.EAGAIN, () -> socket.recv(ByteBuffer.allocate(1), 0));
            assertWords("recv", here, Errno.EAGAIN, () -> socket.recv(ByteBuffer.allocateDirect(1), 0));
            assertWords("recv", here, Errno.EAGAIN, () -> socket.recv(new byte[1], 0, 1, 0));
            assertWords("recvfrom", here, Errno.EAGAIN, () -> socket.receive(ByteBuffer.allocate(1)));
            assertWords(
                    "recvmsg",
                    here,
                    Errno.EAGAIN,
                    () -> socket.receiveMessage(message(ByteBuffer.allocate(1), null), 0));
            assertWords(
                    "recvmsg",
                    here,
                    Errno.EAGAIN,
                    () -> socket.read(new ByteBuffer[] {ByteBuffer.allocate(1), ByteBuffer.allocate(1)}));
            batch.get(0).data(ByteBuffer.allocate(1));
            assertWords("recvmmsg", here, Errno.EAGAIN, () -> socket.receiveMessages(batch, 0, 1, 0));
        }
        try (Socket listener = Socket.tcp().bind(LOOPBACK).listen().timeout(SHORT)) {
            assertWords(
                    "accept4",
                    "Socket(fd " + listener.fd() + ", " + text(listener) + ")",
                    Errno.EAGAIN,
                    listener::accept);
        }
    }

    @Test
    void theBrokenConnectionStillHasItsPeer() throws IOException {
        try (Socket listener = Socket.tcp().bind(LOOPBACK).listen();
                Socket client = Socket.tcp()) {
            client.connect(listener.getLocalAddress());
            String both = "Socket(fd " + client.fd() + ", " + text(client) + " -> " + text(listener) + ")";
            try (Socket server = SocketIT.accepted(listener.accept())) {
                server.setOption(SocketOptions.SO_LINGER, Linger.RESET);
            } // a reset
            assertWords("recv", both, Errno.ECONNRESET, () -> client.recv(ByteBuffer.allocate(1), 0));
            assertWords("send", both, Errno.EPIPE, () -> client.send(ByteBuffer.allocate(1), 0));
        }
    }

    @Test
    void aConnectThatWasRefusedLaterNamesWhereItWent() throws IOException {
        InetSocketAddress nobody;
        try (Socket closed = Socket.tcp().bind(LOOPBACK)) {
            nobody = (InetSocketAddress) closed.getLocalAddress();
        }
        try (Socket client = Socket.tcp()) {
            assertWords("connect", Addresses.format(nobody), Errno.ECONNREFUSED, () -> client.connect(nobody));
        }
        try (Socket client = Socket.tcp().timeout(Socket.NON_BLOCKING)) {
            Exception e = assertThrows(IOException.class, () -> {
                boolean connected = client.connect(nobody);
                assertEquals(false, connected);
                client.poll(Linux.POLLOUT, null);
                client.finishConnect();
            });
            assertTrue(
                    String.valueOf(e.getMessage()).contains(Addresses.format(nobody)) && e instanceof WithErrno,
                    e.getMessage());
        }
    }

    @Test
    void aSocketPrintsWithTheNamesThatItHas() throws IOException {
        Socket socket = Socket.tcp();
        int fd = socket.fd();
        assertEquals("Socket(fd " + fd + ")", socket.toString());
        socket.bind(LOOPBACK);
        assertEquals("Socket(fd " + fd + ", " + text(socket) + ")", socket.toString());
        socket.close();
        assertEquals("Socket(fd " + fd + ", closed)", socket.toString());

        UnixAddress name = UnixAddress.ofAbstract("sockfd-context-" + System.nanoTime());
        try (Socket listener = Socket.unixStream().bind(name).listen();
                Socket client = Socket.unixStream();
                Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            client.connect(name);
            assertEquals("Socket(fd " + client.fd() + ", -> " + name + ")", client.toString());
            assertEquals("Socket(fd " + listener.fd() + ", " + name + ")", listener.toString());
            assertEquals("Socket(fd " + pair.first().fd() + ")", pair.first().toString());
        }
    }

    /** An address that lies in the thread's own memory is still what it was when the exception speaks of it. */
    @Test
    void printingLeavesAddressesAlone() throws IOException {
        try (Socket socket = Socket.udp().bind(LOOPBACK)) {
            assertTrue(socket.toString().contains(text(socket)));
            assertEquals(socket.getLocalAddress(), socket.getLocalAddress());
        }
    }

    @Test
    void aHostThatWasNotResolvedIsNamed() throws IOException {
        InetSocketAddress nowhere = InetSocketAddress.createUnresolved("nowhere.invalid", 1);
        try (Socket socket = Socket.udp()) {
            for (Executable call : new Executable[] {
                () -> socket.connect(nowhere),
                () -> socket.bind(nowhere),
                () -> socket.sendTo(ByteBuffer.allocate(1), nowhere, 0),
                () -> Sockaddr.of(nowhere),
            }) {
                UnresolvedAddressException e = assertThrows(UnresolvedAddressException.class, call);
                assertTrue(String.valueOf(e.getMessage()).contains("nowhere.invalid"), e.toString());
            }
        }
    }
}
