package io.sockfd;

import static io.sockfd.raw.Linux.EAGAIN;
import static io.sockfd.raw.Linux.EINPROGRESS;
import static io.sockfd.raw.Linux.EINTR;
import static io.sockfd.raw.Linux.POLLHUP;
import static io.sockfd.raw.Linux.POLLOUT;

import io.sockfd.address.Sockaddr;
import io.sockfd.internal.jfr.OperationEvent;
import io.sockfd.internal.memory.CallMemory;
import io.sockfd.internal.wait.BlockedSleeper;
import io.sockfd.internal.wait.Wait;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.SockaddrIn;
import io.sockfd.raw.struct.SockaddrIn6;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ConnectionPendingException;
import java.nio.channels.NoConnectionPendingException;
import org.jspecify.annotations.Nullable;

/** How a socket is connected: connect(2), and the end of one that is under way. */
final class Connection {
    private static final Libc LIBC = Libc.getOrRefusing();

    private Connection() {}

    /** The patience is in nanoseconds, or {@link Patience#OF_SOCKET}. */
    static boolean connect(Endpoint socket, Sockaddr remote, long patience) throws IOException {
        if (socket.connecting) {
            throw new ConnectionPendingException();
        }
        Wait wait = null;
        int fd = socket.enter();
        OperationEvent event = Recorded.connect();
        socket.unsettle();
        socket.life.connecting();
        try {
            boolean atOnce = socket.type.equals(SocketType.DGRAM);
            boolean inside = !atOnce && patience == Patience.OF_SOCKET && socket.mayWaitInside(true);
            if (!atOnce && !inside) {
                socket.makeNonBlocking();
            }
            boolean unix = socket.domain.equals(Domain.UNIX);
            while (true) {
                int result = inside
                        ? (int) socket.call(BlockedSleeper.connect(remote, !unix))
                        : LIBC.connect(fd, remote.address(), remote.length());
                if (result == 0) {
                    socket.settle();
                    Recorded.end(event, socket, remote);
                    return true;
                } else if (result == BlockedSleeper.NOT_TRIED || (result == -EINTR && unix)) {
                    // a signal while it waited for room in the backlog, perhaps because the timeout was changed
                    inside = inside && socket.mayWaitInside(true);
                    if (!inside) {
                        socket.makeNonBlocking();
                    }
                    continue;
                } else if (result == -EINPROGRESS || result == -EINTR) {
                    // the attempt goes on without us: never a second connect(2)
                    socket.connecting = true;
                    boolean connected = Patience.nanos(socket, true, patience) != 0 && finish(socket, remote, patience);
                    if (connected) {
                        Recorded.end(event, socket, remote);
                    }
                    return connected;
                } else if (result != -EAGAIN || Patience.nanos(socket, true, patience) == 0) {
                    throw Errors.exception(result, "connect", Target.of(socket, remote));
                }
                // a UNIX listener with a full backlog, for which there is no readiness
                wait = Patience.begin(wait, socket, true, patience);
                if (!socket.pause(wait) && !wait.isNonBlocking()) {
                    throw Errors.timeout(Errno.EAGAIN, "connect", Target.of(socket, remote));
                }
            }
        } catch (IOException e) {
            Recorded.failed(event, socket, e, remote);
            throw e instanceof ClosedChannelException closed ? socket.closedMeanwhile(closed) : e;
        } finally {
            Wait.end(wait);
            socket.exit();
        }
    }

    static boolean finish(Endpoint socket) throws IOException {
        if (!socket.connecting) {
            throw new NoConnectionPendingException();
        }
        return finish(socket, null, Patience.OF_SOCKET);
    }

    private static boolean finish(Endpoint socket, @Nullable Sockaddr remote, long patience) throws IOException {
        Wait wait = null;
        socket.enter();
        try {
            wait = Patience.begin(null, socket, true, patience);
            if (patience == 0 && socket.poll(wait, POLLOUT) == 0) {
                return false;
            }
            return finish(socket, wait, remote, CallMemory.of(Probe.OPTION_SIZE));
        } finally {
            Wait.end(wait);
            socket.exit();
        }
    }

    /**
     * Ends a connect that is under way, inside of a call.
     *
     * @param memory {@link Probe#OPTION_SIZE} bytes
     * @return false when it may not wait and the connect is still under way
     */
    static boolean finish(Endpoint socket, Wait wait, @Nullable Sockaddr remote, ByteBuffer memory) throws IOException {
        int ready = socket.poll(wait, POLLOUT);
        if (ready == 0) {
            if (wait.isNonBlocking()) {
                return false;
            }
            throw Errors.timeout(Errno.EINPROGRESS, "connect", Target.of(socket, remote));
        }
        socket.connecting = false;
        int error = Probe.intOption(memory, socket.number(), Linux.SO_ERROR);
        boolean mayBeNone = (ready & POLLHUP) != 0 || socket.life.isShutForSending();
        if (error == 0 && mayBeNone && !socket.hasPeer()) {
            error = Linux.ECONNABORTED; // somebody has read the error already, or shut down: what connect(2) says then
        }
        if (error == 0) {
            socket.settle();
            return true;
        }
        IOException failure = Errors.exception(-error, "connect", Target.of(socket, remote)); // while the peer is known
        if (socket.isTcp()) {
            disconnect(socket.number()); // a blocking connect(2) does so, too; else the next one gives ECONNABORTED
            socket.renamed();
        }
        throw failure;
    }

    /** After a connect that failed: what is left of it would be the next one's answer. */
    private static int disconnect(int fd) {
        ByteBuffer unspecified = CallMemory.of(SockaddrIn.SIZE);
        for (int i = 0; i < SockaddrIn.SIZE; i++) {
            unspecified.put(i, (byte) 0);
        }
        return LIBC.connect(fd, Memory.address(unspecified), SockaddrIn.SIZE);
    }

    /**
     * Of datagrams: the port that the kernel chose goes with the peer, and is bound to again; and with it the interface of a
     * link-local address, without which there is no such address.
     */
    static void disconnect(Endpoint socket) throws IOException {
        int fd = socket.enter();
        try {
            Sockaddr before = Naming.getsockname(socket, new Sockaddr());
            Errors.check(disconnect(fd), "connect", socket);
            socket.unsettle();
            Sockaddr left = Naming.getsockname(socket, new Sockaddr());
            if (before.port() > 0 && left.port() == 0) {
                SockaddrIn.sin_port(left.buffer(), 0, before.port()); // of IPv6 at the same place
                if (left.family() == Linux.AF_INET6) {
                    SockaddrIn6.sin6_scope_id(left.buffer(), 0, SockaddrIn6.sin6_scope_id(before.buffer(), 0));
                }
                Naming.bind(socket, left);
            }
        } catch (ClosedChannelException e) {
            throw socket.closedMeanwhile(e);
        } finally {
            socket.exit();
        }
    }

    /**
     * After a send with MSG_FASTOPEN: its data may be in a SYN that nobody has answered, and whoever may wait is told of a
     * refusal here, as by a blocking send(2).
     */
    static void afterFastOpen(Endpoint socket, int flags, @Nullable Sockaddr to) throws IOException {
        try {
            socket.enter();
        } catch (ClosedChannelException e) {
            throw socket.closedMeanwhile(e);
        }
        try {
            if (!socket.isTcp() || socket.hasPeer()) {
                return;
            }
            socket.connecting = true;
            if (socket.timeoutNanos(true) != 0 && !socket.neverWaits(true, flags)) {
                Wait wait = Wait.beginFor(socket.life, Wait.SEND);
                try {
                    boolean ignored = finish(socket, wait, to, CallMemory.of(Probe.OPTION_SIZE));
                } catch (SocketTimeoutException e) {
                    // as send(2): what the SYN took is sent, and the attempt goes on
                } finally {
                    Wait.end(wait);
                }
            }
        } finally {
            socket.exit();
        }
    }
}
