package io.sockfd.netlink;

import static io.sockfd.raw.Linux.MSG_DONTWAIT;
import static io.sockfd.raw.Linux.MSG_TRUNC;

import io.sockfd.Errno;
import io.sockfd.ErrnoException;
import io.sockfd.Errors;
import io.sockfd.Option;
import io.sockfd.Socket;
import io.sockfd.address.NetlinkAddress;
import io.sockfd.address.Sockaddr;
import io.sockfd.internal.wait.Meanwhile;
import io.sockfd.option.NetlinkOptions;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.SockaddrNl;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;

/**
 * A netlink socket that asks the kernel and reads its answers, of any protocol.
 *
 * <pre>{@code
 * try (Netlink netlink = Netlink.open(NETLINK_ROUTE)) {
 *     netlink.dump(RTM_GETLINK, 0).struct(Ifinfomsg.SIZE);
 *     netlink.send();
 *     while (netlink.next()) {
 *         Attributes a = netlink.message().attributes(Ifinfomsg.SIZE);
 *         while (a.next()) {
 *             System.out.println(a.type());
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>Requests and replies lie in two buffers that are kept; that of the replies is a mapping of 1 MiB, of which only the pages
 * that were written take memory. Replies
 * are taken from the kernel only, and only when their sequence number and port id are those of the current request: a
 * request may be sent while replies to an earlier one are left, and these are dropped. The socket belongs to the network
 * namespace of the thread that opened it, whichever thread uses it later.
 *
 * <p>For one thread at a time, but for {@link #close}, which ends a wait. Requests are answered at once, and a wait is
 * only for the kernel's locks: after {@link #REPLY_TIMEOUT} without an answer they throw {@link
 * java.net.SocketTimeoutException}; {@link #timeout} changes that.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/netlink.7.html">netlink(7)</a>
 */
public final class Netlink implements AutoCloseable {
    /** How long a reply may take, unless told otherwise. */
    public static final Duration REPLY_TIMEOUT = Duration.ofSeconds(10);

    /**
     * The kernel fills at most 32 KiB for a dump unless a single message is longer. So much room costs nothing where it is not
     * used, and nobody has to ask first how long a reply is.
     */
    private static final int CAPACITY = 1024 * 1024;

    private static final int MAPPED = Linux.MAP_PRIVATE | Linux.MAP_ANONYMOUS | Linux.MAP_NORESERVE;

    private final Socket socket;
    private final Sockaddr sender = new Sockaddr();
    private final NetlinkRequest request = new NetlinkRequest();
    private final Replies replies = new Replies(request);
    private final ByteBuffer buffer;
    private int sequence = (int) System.nanoTime();
    private int portId;

    private Netlink(Socket socket) throws IOException {
        this.socket = socket;
        int access = Linux.PROT_READ | Linux.PROT_WRITE;
        long address = Libc.get().mmap(0, CAPACITY, access, MAPPED, -1, 0);
        buffer = Memory.mapped(Errors.check(address, "mmap", CAPACITY + " bytes for replies"), CAPACITY);
    }

    /**
     * Opens a socket of the calling thread's network namespace, binds it to a free port id, and asks for extended
     * acknowledgements, short ones, and strict checks of requests, as far as the kernel knows these.
     *
     * @param protocol a {@code NETLINK_} number
     * @throws IOException EPROTONOSUPPORT when the kernel does not have the protocol
     */
    public static Netlink open(int protocol) throws IOException {
        Socket socket = Socket.netlink(protocol);
        try {
            Netlink netlink = new Netlink(socket.timeout(REPLY_TIMEOUT));
            socket.bind(NetlinkAddress.KERNEL); // port id 0: any
            netlink.portId = ((NetlinkAddress) socket.getLocalAddress()).pid();
            netlink.replies.portId(netlink.portId);
            ask(socket, NetlinkOptions.NETLINK_EXT_ACK);
            ask(socket, NetlinkOptions.NETLINK_CAP_ACK);
            ask(socket, NetlinkOptions.NETLINK_GET_STRICT_CHK);
            return netlink;
        } catch (Throwable e) {
            socket.close();
            throw e;
        }
    }

    private static void ask(Socket socket, Option<Boolean> option) throws IOException {
        try {
            socket.setOption(option, true);
        } catch (UnsupportedOperationException e) {
            // an older kernel answers in the older way
        } catch (ErrnoException e) {
            if (e.errno().value() != Linux.ENOPROTOOPT) {
                throw e;
            }
        }
    }

    /** The socket: its options, for instance SO_RCVBUF, and its descriptor for an epoll. */
    public Socket socket() {
        return socket;
    }

    /** The port id that the kernel gave, unsigned. */
    public int portId() {
        return portId;
    }

    /** How long {@link #next} and {@link #receive} wait; see {@link Socket#timeout(Duration)}. */
    public Netlink timeout(Duration timeout) {
        socket.timeout(timeout);
        return this;
    }

    // ---- requests ------------------------------------------------------------------------------------------------

    /**
     * Begins a request that is acknowledged (NLM_F_REQUEST, NLM_F_ACK); write its struct and attributes, then {@link
     * #send} or {@link #execute} it.
     *
     * @param flags further {@code NLM_F_} flags, for instance NLM_F_CREATE
     */
    public NetlinkRequest request(int type, int flags) {
        return request.start(type, flags | Linux.NLM_F_REQUEST | Linux.NLM_F_ACK);
    }

    /** Begins a request for a dump (NLM_F_REQUEST, NLM_F_DUMP), which ends with NLMSG_DONE. */
    public NetlinkRequest dump(int type, int flags) {
        return request.start(type, flags | Linux.NLM_F_REQUEST | Linux.NLM_F_DUMP);
    }

    /**
     * Sends the request that was begun last. What is left of the replies to the one before is dropped.
     *
     * @throws IOException with the errno of send(2)
     */
    public void send() throws IOException {
        drain();
        ByteBuffer bytes = request.finish(++sequence);
        socket.send(bytes, 0);
        replies.begin(sequence);
    }

    /** {@link #send}, then waits for the end; messages in between are passed over. */
    public void execute() throws IOException {
        send();
        try {
            finish();
        } catch (ClosedChannelException e) {
            throw Meanwhile.closed(socket, e);
        }
    }

    /** Passes over what is left of the replies, and throws if the request failed. */
    public void finish() throws IOException {
        while (next()) {}
    }

    /**
     * Goes on to the next message that answers the request.
     *
     * @return false at the end; also when the socket is non-blocking and nothing has come yet
     * @throws NetlinkException the kernel refused the request; of a dump also in the middle of it
     * @throws NetlinkOverrunException messages were lost
     * @throws MalformedMessageException a reply cannot be read; the request is over
     * @throws java.net.SocketTimeoutException no answer came in time
     */
    public boolean next() throws IOException {
        while (true) {
            switch (replies.next()) {
                case MESSAGE -> {
                    return true;
                }
                case END -> {
                    return false;
                }
                case RECEIVE -> {
                    if (!fill(0)) {
                        return false;
                    }
                }
            }
        }
    }

    /** The message that {@link #next} or {@link #receive} came to. */
    public NetlinkMessage message() {
        return replies.message();
    }

    /** Whether what was dumped changed meanwhile (NLM_F_DUMP_INTR): entries may be missing or there twice. Repeat it. */
    public boolean dumpInterrupted() {
        return replies.interrupted();
    }

    /** What the kernel said with its success, mostly nothing. */
    public ExtendedAck warning() {
        return replies.warning();
    }

    // ---- notifications -------------------------------------------------------------------------------------------

    /**
     * Joins a multicast group, whose messages {@link #receive} reads. Use a connection of its own for that: {@link #send}
     * and {@link #next} drop notifications.
     *
     * @param group a number, from 1: RTNLGRP_LINK …
     */
    public Netlink join(int group) throws IOException {
        socket.setOption(NetlinkOptions.NETLINK_ADD_MEMBERSHIP, group);
        return this;
    }

    /** Leaves a multicast group; messages that are queued still come. */
    public Netlink leave(int group) throws IOException {
        socket.setOption(NetlinkOptions.NETLINK_DROP_MEMBERSHIP, group);
        return this;
    }

    /**
     * Waits for the next message of any kind from the kernel.
     *
     * @return false when the socket is non-blocking and there is none
     * @throws NetlinkOverrunException messages were lost; later ones can still be received
     * @throws java.net.SocketTimeoutException none came in time
     */
    public boolean receive() throws IOException {
        NetlinkMessage message = replies.message();
        while (true) {
            while (message.advance()) {
                if (!message.isControl()) {
                    return true;
                }
            }
            if (!fill(0)) {
                return false;
            }
        }
    }

    // ---- datagrams -----------------------------------------------------------------------------------------------

    /** The kernel has queued a reply before send(2) or recv(2) returns, so what is left can be taken without waiting. */
    private void drain() throws IOException {
        try {
            while (replies.pending() && (replies.next() != Replies.Step.RECEIVE || fill(MSG_DONTWAIT))) {}
        } catch (NetlinkException | MalformedMessageException e) {
            // of a request that nobody waits for any more
        }
        replies.abandon();
    }

    private boolean fill(int flags) throws IOException {
        boolean begun = false;
        try {
            while (true) {
                int size = socket.recvFrom(buffer.clear(), sender, MSG_TRUNC | flags);
                if (size == Socket.WOULD_BLOCK) {
                    return false;
                }
                begun = true;
                if (size > buffer.capacity()) {
                    replies.abandon();
                    throw new MalformedMessageException("a reply of " + size + " bytes was cut: there is room for "
                            + CAPACITY + "; ask for less at a time");
                } else if (size > 0 && SockaddrNl.nl_pid(sender.buffer(), 0) == 0) {
                    replies.received(buffer, size);
                    return true;
                }
            }
        } catch (ClosedChannelException e) {
            throw begun ? Meanwhile.closed(socket, e) : e;
        } catch (ErrnoException e) {
            if (!e.errno().equals(Errno.ENOBUFS)) {
                throw e;
            }
            replies.abandon();
            NetlinkOverrunException overrun = new NetlinkOverrunException(socket.toString());
            overrun.initCause(e);
            throw overrun;
        }
    }

    /** Closes the socket; a thread that waits on it gets {@link java.nio.channels.AsynchronousCloseException}. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
