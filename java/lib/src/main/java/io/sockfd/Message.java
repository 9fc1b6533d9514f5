package io.sockfd;

import io.sockfd.address.Sockaddr;
import io.sockfd.internal.memory.MessageBuffers;
import io.sockfd.internal.memory.MessageCall;
import io.sockfd.internal.memory.MessageHeader;
import io.sockfd.internal.memory.OneThread;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.Iovec;
import io.sockfd.raw.struct.Msghdr;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A message as sendmsg(2) and recvmsg(2) know it (struct msghdr): data in any number of buffers, an address, ancillary
 * data both ways, and flags. It is made once and used again; nothing is allocated while its buffers stay the same.
 *
 * <p><b>Data.</b> The bytes between position and limit of each buffer are sent or filled, and the positions move over
 * what was. Direct buffers are used in place. The bytes of heap buffers (and of arrays, as {@code ByteBuffer.wrap}) and of
 * memory segments whose arena can be closed are copied through memory that this object keeps and that grows to the most
 * that was ever needed; a stream's call moves at most 128 KiB of them.
 *
 * <p><b>Ancillary data.</b> {@link #outgoing()} writes what is sent, {@link #incoming()} reads what
 * came. Both use one control buffer of {@link #controlCapacity()} bytes, so receiving discards what was written for
 * sending.
 *
 * <p><b>Descriptors</b> that come with a message are close-on-exec and belong to this object until {@link
 * #takeDescriptors} hands them over; it closes them when it receives again, and in {@link #clear} and {@link #close}.
 * With MSG_CTRUNC those that did arrive are here as well.
 *
 * <p>Not safe for use by several threads at once: a call throws {@link IllegalStateException} while another thread is in
 * one with this message, as {@link #clear} does.
 *
 * <pre>{@code
 * try (Message message = new Message()) {
 *     message.data(ByteBuffer.allocateDirect(2048)).address(new Sockaddr());
 *     socket.receiveMessage(message, 0);
 *     System.out.println(message.length() + " bytes from " + message.address() + ", ttl " + message.incoming().ttl());
 * }
 * }</pre>
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/sendmsg.2.html">sendmsg(2)</a>
 * @see <a href="https://man7.org/linux/man-pages/man2/recvmsg.2.html">recvmsg(2)</a>
 */
public final class Message implements AutoCloseable {
    /**
     * Bytes of control data unless asked otherwise: 253 descriptors (1032), credentials (32), a pidfd (24) and a security
     * label of 256 bytes at once, or all that IP and UDP have to say.
     */
    public static final int CONTROL_CAPACITY = 1536;

    /** Data buffers unless asked otherwise. */
    public static final int BUFFERS = 8;

    private final OneThread calls;
    private final MessageHeader header;
    private final MessageBuffers data;
    private final ReceivedDescriptors descriptors = new ReceivedDescriptors();
    private final ControlWriter writer;
    private final ControlReader reader;
    private ByteBuffer control;
    private @Nullable Sockaddr address;
    private int controlReceived;
    private long length;
    private @Nullable ByteBuffer rest; // iovecs that the kernel uses
    private @Nullable Call call; // made once, and by whom it is asked for first
    private int flags;

    static {
        MessageCall.told(message -> ((Message) message).call());
    }

    /** A message of at most {@value #BUFFERS} buffers and {@value #CONTROL_CAPACITY} bytes of control data. */
    public Message() {
        this(BUFFERS, CONTROL_CAPACITY);
    }

    /**
     * A message of at most {@code buffers} data buffers and {@code controlCapacity} bytes of control data.
     *
     * <p>What finds no room is lost, and {@link #controlTruncated} tells; descriptors that find none are not installed.
     * Room for one (CMSG_SPACE(4), 24 bytes) is room for two, because of the padding.
     *
     * @throws IllegalArgumentException when {@code buffers} is outside of 0 to 1024 or the capacity is negative
     */
    public Message(int buffers, int controlCapacity) {
        this(new OneThread(), Memory.allocate(Msghdr.SIZE), 0, buffers, controlCapacity);
    }

    /** A message whose struct msghdr lies in a larger array, whose calls are its own too. */
    Message(OneThread calls, ByteBuffer header, int at, int buffers, int controlCapacity) {
        if (controlCapacity < 0) {
            throw new IllegalArgumentException("a control capacity of " + controlCapacity + " bytes");
        }
        data = new MessageBuffers(buffers);
        control = Memory.allocate(controlCapacity);
        this.calls = calls;
        this.header = new MessageHeader(header, at);
        writer = new ControlWriter(control);
        reader = new ControlReader(control);
    }

    // ---- data ----------------------------------------------------------------------------------------------------

    /** This buffer alone. It stays the caller's; it must not be used elsewhere while a call is under way. */
    public Message data(ByteBuffer buffer) {
        data.clear();
        data.add(buffer);
        return this;
    }

    /**
     * These buffers, in this order; none for a message without data.
     *
     * @throws IllegalStateException when there are more than the message takes, see {@link #reserveBuffers}
     */
    public Message data(ByteBuffer... buffers) {
        data.clear();
        for (ByteBuffer buffer : buffers) {
            data.add(buffer);
        }
        return this;
    }

    /** One buffer more, behind the others; throws as {@link #data(ByteBuffer...)}. */
    public Message addData(ByteBuffer buffer) {
        data.add(buffer);
        return this;
    }

    /** Bytes between position and limit of all buffers. */
    public long remaining() {
        return data.remaining();
    }

    /**
     * Makes room for that many buffers, if there is not enough already.
     *
     * @throws IllegalArgumentException when it is outside of 0 to 1024, the kernel's UIO_MAXIOV
     */
    public Message reserveBuffers(int buffers) {
        data.reserve(buffers);
        return this;
    }

    // ---- address -------------------------------------------------------------------------------------------------

    /**
     * Where to send to, and where the sender's address goes when receiving; it stays the caller's. Null, as at first: the
     * socket's peer, and the sender is not asked for.
     */
    public Message address(@Nullable Sockaddr address) {
        this.address = address;
        return this;
    }

    /** What {@link #address(Sockaddr)} set. Received on a connected stream it is empty. */
    public @Nullable Sockaddr address() {
        return address;
    }

    // ---- ancillary data ------------------------------------------------------------------------------------------

    /** What goes with the data when it is sent: {@code message.outgoing().clear().rights(fd)}. */
    public ControlWriter outgoing() {
        return writer;
    }

    /** What was received, by its meaning. The same object each time. */
    public ControlReader incoming() {
        return reader;
    }

    /** The most bytes of control data, heads and padding included. */
    public int controlCapacity() {
        return control.capacity();
    }

    /** Makes room for that many bytes of control data, if there is not enough already; what is there is kept. */
    public Message reserveControl(int bytes) {
        if (bytes > control.capacity()) {
            ByteBuffer larger = Memory.allocate(bytes);
            larger.put(0, control, 0, control.capacity());
            control = larger;
            writer.move(larger);
            reader.move(larger);
        }
        return this;
    }

    // ---- descriptors ---------------------------------------------------------------------------------------------

    /** How many received descriptors (SCM_RIGHTS) this message owns. */
    public int descriptorCount() {
        return descriptors.count();
    }

    /**
     * The number of one of them. It stays this message's, until {@link #takeDescriptors}.
     *
     * @throws IndexOutOfBoundsException when there are not as many
     */
    public int descriptor(int index) {
        return descriptors.get(index);
    }

    /**
     * All received descriptors, also those of a truncated message; the caller's to close from now on.
     *
     * @throws IllegalStateException while another thread is in a call with this message
     */
    public Descriptor[] takeDescriptors() {
        calls.begin();
        try {
            return descriptors.take(descriptors.count());
        } finally {
            calls.end();
        }
    }

    /**
     * Exactly so many received descriptors, the caller's to close from now on. If more arrived, those behind are closed.
     *
     * @throws TruncatedMessageException when fewer arrived or the control data was truncated (MSG_CTRUNC), which says how
     *     many did; they are closed then
     */
    public Descriptor[] takeDescriptors(int wanted) throws TruncatedMessageException {
        if (wanted < 0) {
            throw new IllegalArgumentException(wanted + " descriptors");
        }
        calls.begin();
        try {
            if (descriptors.count() < wanted || controlTruncated()) {
                int arrived = descriptors.arrived();
                boolean truncated = controlTruncated();
                descriptors.closeAll();
                throw new TruncatedMessageException(arrived, wanted, truncated, controlCapacity());
            }
            return descriptors.take(wanted);
        } finally {
            calls.end();
        }
    }

    /**
     * The sender's process (SCM_PIDFD, with SO_PASSPIDFD, Linux 6.5), the caller's to close from now on; null when none
     * came or the process had been reaped already.
     */
    public @Nullable PidFd takePidFd() {
        int fd = descriptors.takePidfd();
        return fd < 0 ? null : PidFd.own(fd);
    }

    // ---- the outcome ---------------------------------------------------------------------------------------------

    /**
     * Bytes that the last call sent or received; 0 after a failure. Received with MSG_TRUNC among the call's flags, it is
     * the datagram's real length, more than the buffers hold.
     */
    public long length() {
        return length;
    }

    /** The MSG_* flags that recvmsg(2) set: MSG_EOR, MSG_TRUNC, MSG_CTRUNC, MSG_OOB, MSG_ERRQUEUE … */
    public int flags() {
        return flags;
    }

    /** MSG_TRUNC: the datagram was longer than the buffers, the rest of it is lost. */
    public boolean truncated() {
        return (flags & Linux.MSG_TRUNC) != 0;
    }

    /**
     * MSG_CTRUNC: the control data was larger than the control buffer, or the process could not get as many descriptors
     * as were sent. The rest is lost; descriptors that did not arrive were closed by the kernel.
     */
    public boolean controlTruncated() {
        return (flags & Linux.MSG_CTRUNC) != 0;
    }

    /** Forgets data, address and control data, lets go of the buffers, and closes descriptors that nobody took. */
    public void clear() {
        calls.begin();
        try {
            forget();
        } finally {
            calls.end();
        }
    }

    /** As {@link #clear}, between {@link OneThread#begin} and {@link OneThread#end}. */
    void forget() {
        descriptors.closeAll();
        data.drop();
        header.drop();
        writer.clear();
        forgetReceived();
        address = null;
    }

    /** {@link #clear}. The message may be used again. */
    @Override
    public void close() {
        clear();
    }

    // ---- between this and the system call ------------------------------------------------------------------------

    MessageBuffers iovecs() {
        return data;
    }

    /** By sendmsg(2); one buffer without address and control data by send(2), which costs less. */
    long sendBy(Libc libc, int sockfd, int flags) {
        return header.isPlain()
                ? libc.send(sockfd, data.firstAddress(), data.firstLength(), flags)
                : libc.sendmsg(sockfd, header.address(), flags);
    }

    /** The address of the struct msghdr. Keep the message reachable until the call is over. */
    long header() {
        return header.address();
    }

    /**
     * MSG_DONTWAIT after an ENOBUFS that no wait would end, because of more control data than there is room for; else 0.
     */
    int neverWaits(long sent) {
        return sent == -Linux.ENOBUFS && writer.length() > ControlWriter.mostOfAll() / 2 ? Linux.MSG_DONTWAIT : 0;
    }

    /**
     * Fills the struct msghdr for sendmsg; {@link #afterSend} must follow.
     *
     * @param copyMax see {@link MessageBuffers#prepare}
     */
    void beforeSend(long copyMax) {
        calls.begin();
        try {
            prepareSend(copyMax);
        } catch (RuntimeException | Error e) {
            calls.end();
            throw e;
        }
    }

    /** As {@link #afterSend(long, ZeroCopyTickets)}, when nobody has to keep the buffers. */
    void afterSend(long sent) {
        afterSend(sent, null);
    }

    /**
     * Moves the positions over what was sent.
     *
     * @param sent what sendmsg returned, also when negative
     * @param keeper takes the buffers that were sent, unless they held nothing
     */
    void afterSend(long sent, @Nullable ZeroCopyTickets keeper) {
        if (calls.isMine()) {
            try {
                leavePassed();
                if (keeper != null && sent >= 0 && data.room() > 0) {
                    keeper.issue(data.held());
                }
                finishSend(sent);
            } finally {
                calls.end();
            }
        }
    }

    /** Fills the struct msghdr for recvmsg; otherwise as {@link #beforeSend}. */
    void beforeReceive(long copyMax) {
        calls.begin();
        try {
            prepareReceive(copyMax);
        } catch (RuntimeException | Error e) {
            calls.end();
            throw e;
        }
    }

    /** Reads the struct msghdr after recvmsg. {@code received}: what it returned, also when negative. */
    void afterReceive(long received) {
        if (calls.isMine()) {
            try {
                finishReceive(received);
            } finally {
                calls.end();
            }
        }
    }

    void prepareSend(long copyMax) {
        length = 0;
        Sockaddr to = address;
        ByteBuffer from = control;
        data.prepare(false, copyMax);
        header.fill(to, to == null ? 0 : to.length(), data, from, Math.min(writer.length(), from.capacity()));
        writer.passed().enter(from);
    }

    /** The first thing after {@link #prepareSend} and the call, if there was one. */
    void leavePassed() {
        writer.passed().exit();
    }

    void finishSend(long sent) {
        length = Math.max(0, sent);
        flags = 0;
        data.advance(false, length);
    }

    /** Closes what the message before brought and nobody took, too. */
    void prepareReceive(long copyMax) {
        Sockaddr from = address;
        ByteBuffer into = control;
        descriptors.closeAll();
        writer.clear();
        forgetReceived();
        data.prepare(true, copyMax);
        if (from != null) {
            from.reset();
        }
        header.fill(from, Sockaddr.CAPACITY, data, into, into.capacity());
    }

    void finishReceive(long received) {
        Sockaddr from = header.name();
        if (received < 0) {
            // nothing to read: the control buffer still holds what the message before had, and stays forgotten
            if (from != null) {
                from.length(0);
            }
            return;
        }
        length = received;
        flags = header.flags();
        if (from != null) {
            from.length(header.nameLength());
        }
        controlReceived = header.controlLength();
        reader.limit(controlReceived);
        descriptors.collect(reader.cursor());
        data.advance(true, Math.min(received, data.room()));
    }

    /**
     * Fills the struct msghdr for another recvmsg, behind the bytes that came already.
     *
     * @return undoes it, after a call that failed
     */
    Runnable beforeMore(long received) {
        rest = data.behind(received);
        return header.again(rest, rest.capacity() / Iovec.SIZE);
    }

    /** Instead of a recvmsg that would have given 0 bytes of nobody. */
    void receivesNothing() {
        header.nothing();
    }

    /** After recvmsg: whether ancillary data came. */
    boolean hasControl() {
        return header.controlLength() > 0;
    }

    private void arrived(
            ByteBuffer from, int nameAt, int nameLength, int controlAt, int controlLength, int itsFlags, long bytes) {
        Sockaddr peer = address;
        descriptors.closeAll();
        writer.clear();
        forgetReceived();
        if (peer != null) {
            peer.copyFrom(from, nameAt, Math.max(0, Math.min(nameLength, Sockaddr.CAPACITY)));
        }
        controlReceived = Math.max(0, Math.min(controlLength, control.capacity()));
        control.put(0, from, controlAt, controlReceived);
        reader.limit(controlReceived);
        descriptors.collect(reader.cursor());
        length = bytes;
        flags = itsFlags & ~Linux.MSG_CMSG_CLOEXEC;
    }

    private void forgetReceived() {
        rest = null;
        length = 0;
        flags = 0;
        controlReceived = 0;
        reader.limit(0);
    }

    private Call call() {
        Call made = call;
        if (made == null) {
            made = new Call();
            call = made;
        }
        return made;
    }

    /** For the packages above. */
    private final class Call extends MessageCall {
        @Override
        public long header() {
            return Message.this.header();
        }

        @Override
        public void data(long iovecs, int count) {
            header.data(iovecs, count);
        }

        @Override
        public void beforeSend(long copyMax) {
            Message.this.beforeSend(copyMax);
            calls.lend();
        }

        @Override
        public void afterSend(long sent) {
            calls.takeBack();
            Message.this.afterSend(sent);
        }

        @Override
        public void beforeReceive(long copyMax) {
            Message.this.beforeReceive(copyMax);
            calls.lend();
        }

        @Override
        public void afterReceive(long received) {
            calls.takeBack();
            Message.this.afterReceive(received);
        }

        @Override
        public void clear() {
            Message.this.clear();
        }

        @Override
        public void arrived(
                ByteBuffer from, int name, int nameLength, int controls, int controlLength, int itsFlags, long bytes) {
            calls.begin();
            try {
                Message.this.arrived(from, name, nameLength, controls, controlLength, itsFlags, bytes);
            } finally {
                calls.end();
            }
        }
    }
}
