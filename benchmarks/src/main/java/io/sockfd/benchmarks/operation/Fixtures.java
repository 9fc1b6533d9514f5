package io.sockfd.benchmarks.operation;

import io.sockfd.Domain;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.benchmarks.Ends;
import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * For the rows of calls that fail, as calls of busy servers do all the time: sockets on which they fail in the same way each
 * time, and what becomes of the error, a result code in C and often an exception in Java.
 */
final class Fixtures {
    /** Bytes of each datagram and each write. */
    static final int SIZE = 64;

    /** What becomes of the error, where that is an exception. */
    static final String EXCEPTION = "throws an exception with its stack trace";

    private static final String CODE = "a result code, no exception";
    private static final int ATTEMPTS = 1000;

    private Fixtures() {}

    /** Says what the raw backends do with the error. */
    static Row raw(Row row) {
        return row.note(Who.FFM, CODE).note(Who.JNI, CODE).note(Who.JNR, CODE);
    }

    /** An address of the loopback interface with a port of the kernel's choice. */
    static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /**
     * Holds a port where nobody answers: a TCP socket that is bound and does not listen, a UDP socket that takes only what
     * a third one sends.
     */
    static Socket deadPort(boolean tcp) throws IOException {
        Socket socket = tcp ? Socket.tcp() : Socket.udp();
        socket.bind(anyPort());
        if (!tcp) {
            socket.connect(socket.getLocalAddress());
        }
        return socket;
    }

    /** Two connected sockets: {@code unix} or {@code tcp} streams, or {@code udp}. */
    static Socket.Pair pair(String kind) throws IOException {
        if (!kind.equals("udp")) {
            return Ends.sockets(kind.equals("tcp"));
        }
        Socket first = Socket.open(Domain.INET, SocketType.DGRAM).bind(anyPort());
        Socket second = Socket.open(Domain.INET, SocketType.DGRAM).bind(anyPort());
        first.connect(second.getLocalAddress());
        second.connect(first.getLocalAddress());
        return new Socket.Pair(first, second);
    }

    /** The same as descriptors, which do not block and belong to the caller. */
    static int[] descriptors(String kind) throws IOException {
        Socket.Pair pair = pair(kind);
        int[] fds = {pair.first().release(), pair.second().release()};
        for (int fd : fds) {
            Libc.get().fcntl(fd, Linux.F_SETFL, Linux.O_NONBLOCK);
        }
        return fds;
    }

    /** A stream whose peer is gone; each send gives EPIPE. */
    static Socket broken(boolean tcp) throws IOException {
        Socket.Pair pair = Ends.sockets(tcp);
        pair.second().close();
        ByteBuffer bytes = ByteBuffer.allocateDirect(SIZE);
        untilFails(() -> pair.first().send(bytes.clear(), 0));
        return pair.first();
    }

    /** The same as a descriptor, which blocks and belongs to the caller. */
    static int brokenDescriptor(boolean tcp) throws IOException {
        return blocking(broken(tcp));
    }

    /** A UDP socket that is connected to a port where nobody answers; it blocks and belongs to the caller. */
    static int refusedDescriptor(Socket dead) throws IOException {
        Socket socket = Socket.udp();
        socket.connect(dead.getLocalAddress());
        return blocking(socket);
    }

    private static int blocking(Socket socket) throws IOException {
        int fd = socket.release();
        Libc.get().fcntl(fd, Linux.F_SETFL, 0);
        return fd;
    }

    /** Sends until EPIPE is all there is: TCP takes the first send, whose answer is a reset, which may be told once. */
    static void untilFails(Sending sending) throws IOException {
        int failures = 0;
        for (int i = 0; i < ATTEMPTS && failures < 2; i++) {
            try {
                sending.send();
            } catch (IOException e) {
                failures++;
            }
        }
        if (failures < 2) {
            throw new IOException("the peer is closed, but " + ATTEMPTS + " sends did not fail");
        }
    }

    /** One send. */
    interface Sending {
        void send() throws IOException;
    }
}
