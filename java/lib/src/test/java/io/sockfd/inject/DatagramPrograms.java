package io.sockfd.inject;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Descriptor;
import io.sockfd.Domain;
import io.sockfd.Message;
import io.sockfd.MessageBatch;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.address.Interfaces;
import io.sockfd.address.Sockaddr;
import io.sockfd.event.EventFd;
import io.sockfd.option.IpOptions;
import io.sockfd.option.SocketOptions;
import io.sockfd.option.TcpOptions;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Datagrams and messages, and what goes with them. */
final class DatagramPrograms {
    private static final int MESSAGES = 8;

    private DatagramPrograms() {}

    private static Socket udp(Crew crew) throws IOException {
        return crew.own(Socket.udp()).bind(StreamPrograms.loopback()).timeout(StreamPrograms.PATIENCE);
    }

    static void timed(Crew crew) throws IOException {
        Socket first = udp(crew);
        Socket second = udp(crew);
        first.timeout(Duration.ofMillis(2));
        assertThrows(SocketTimeoutException.class, () -> {
            try {
                first.recv(ByteBuffer.allocate(1), 0);
            } catch (SocketTimeoutException e) {
                throw e;
            } catch (IOException e) {
                throw new Unexpected(e);
            }
        });
        first.timeout(StreamPrograms.PATIENCE);
        second.sendTo(StreamPrograms.bytes(100), first.getLocalAddress(), 0);
        ByteBuffer got = ByteBuffer.allocate(200);
        Sockaddr from = new Sockaddr();
        assertEquals(100, first.recvFrom(got, from, 0));
        assertEquals(StreamPrograms.bytes(100), got.flip());
        assertEquals(second.getLocalAddress(), from.decode());
        first.connect(second.getLocalAddress());
        first.send(ByteBuffer.wrap(new byte[3]), 0);
        assertEquals(first.getLocalAddress(), second.receive(got.clear()));
    }

    /** Through what says which exception was expected. */
    private static final class Unexpected extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unexpected(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    static void batches(Crew crew) throws IOException {
        Socket first = udp(crew).setOption(IpOptions.IP_PKTINFO, true);
        Socket second = udp(crew);
        second.connect(first.getLocalAddress());
        MessageBatch out = crew.own(new MessageBatch(MESSAGES, 1, 0));
        for (int i = 0; i < MESSAGES; i++) {
            out.get(i).data(StreamPrograms.bytes(10 + i));
        }
        int sent = 0;
        while (sent < MESSAGES) {
            sent += second.sendMessages(out, sent, MESSAGES - sent, 0);
        }
        MessageBatch in = crew.own(new MessageBatch(MESSAGES, 1, 64));
        int received = 0;
        while (received < MESSAGES) {
            for (int i = received; i < MESSAGES; i++) {
                in.get(i).data(ByteBuffer.allocateDirect(64));
            }
            int got = first.receiveMessages(in, received, MESSAGES - received, 0);
            for (int i = received; i < received + got; i++) {
                assertEquals(10 + i, in.get(i).length());
            }
            received += got;
        }
        Message message = crew.own(new Message());
        assertEquals(5, second.sendMessage(message.data(StreamPrograms.bytes(5)), 0));
        assertEquals(5, first.receiveMessage(message.data(ByteBuffer.allocateDirect(9)), 0));
    }

    static void rights(Crew crew) throws IOException {
        Socket.Pair way = crew.own(Socket.pair(Domain.UNIX, SocketType.STREAM));
        Socket.Pair passed = crew.own(Socket.pair(Domain.UNIX, SocketType.DGRAM));
        Message out = crew.own(new Message());
        out.data(StreamPrograms.bytes(1))
                .outgoing()
                .rights(passed.first().fd(), passed.second().fd());
        assertEquals(1, way.first().sendMessage(out, 0));
        Message in = crew.own(new Message());
        way.second().timeout(StreamPrograms.PATIENCE);
        assertEquals(1, way.second().receiveMessage(in.data(ByteBuffer.allocateDirect(1)), 0));
        Descriptor[] taken = in.takeDescriptors(2);
        for (Descriptor descriptor : taken) {
            crew.own(descriptor);
        }
        Socket one = crew.own(Socket.adopt(taken[0]));
        Socket other = crew.own(Socket.adopt(taken[1]));
        one.send(ByteBuffer.wrap(new byte[4]), 0);
        assertEquals(4, other.timeout(StreamPrograms.PATIENCE).recv(ByteBuffer.allocate(8), 0));

        // and what nobody takes is closed with the message
        assertEquals(1, way.first().sendMessage(out.data(StreamPrograms.bytes(1)), 0));
        assertEquals(1, way.second().receiveMessage(in.data(ByteBuffer.allocateDirect(1)), 0));
        assertEquals(2, in.descriptorCount());
    }

    /** All the ways to come by a socket, and to give it away. */
    static void births(Crew crew) throws IOException {
        Socket socket = crew.own(Socket.tcp6());
        Socket second = crew.own(socket.dup());
        int fd = second.release();
        Socket adopted;
        try {
            adopted = crew.own(Socket.adopt(fd));
        } catch (IOException e) {
            try (Descriptor stays = Descriptor.own(fd)) {
                assertTrue(stays.isOpen());
            }
            throw e;
        }
        assertEquals(SocketType.STREAM, adopted.type());
        Socket borrowed = crew.own(Socket.borrow(socket.fd()));
        assertEquals(Domain.INET6, borrowed.domain());
        crew.own(Socket.unixSeqpacket());
        Descriptor plain = crew.own(Descriptor.own(crew.own(Socket.udp6()).dup().release()));
        crew.own(Socket.adopt(plain));
        EventFd event = crew.own(EventFd.semaphore(2));
        assertEquals(1, event.read());
    }

    static void options(Crew crew) throws IOException {
        Socket socket = crew.own(Socket.tcp());
        socket.setOption(SocketOptions.SO_RCVBUF, 40_000);
        assertTrue(socket.getOption(SocketOptions.SO_RCVBUF) >= 40_000);
        socket.setOption(StandardSocketOptions.SO_LINGER, 3);
        assertEquals(3, socket.getOption(StandardSocketOptions.SO_LINGER));
        socket.setOption(TcpOptions.TCP_USER_TIMEOUT, 1000L);
        assertNotNull(socket.getOption(TcpOptions.TCP_CONGESTION));
        assertNotNull(socket.getOption(TcpOptions.TCP_INFO));
        socket.setOption(StandardSocketOptions.IP_TOS, 8);
    }

    static void names(Crew crew) throws IOException {
        int index = Interfaces.index("lo");
        assertEquals("lo", Interfaces.name(index));
        Socket socket = crew.own(Socket.udp());
        socket.setOption(SocketOptions.SO_BINDTODEVICE, "lo");
        assertEquals("lo", socket.getOption(SocketOptions.SO_BINDTODEVICE));
    }
}
