package io.sockfd.netlink;

import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.Nlmsghdr;
import java.nio.ByteBuffer;

/**
 * A received message, where it lies: header fields, and a payload that begins with a struct of its type and goes on with
 * {@link #attributes}. Good until its {@link Netlink} goes on.
 */
public final class NetlinkMessage {
    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

    private ByteBuffer buffer = EMPTY;
    private int next;
    private int end;
    private int offset;
    private int length;

    NetlinkMessage() {}

    /** Starts over with the messages between {@code start} and {@code end}. */
    NetlinkMessage set(ByteBuffer buffer, int start, int end) {
        this.buffer = buffer;
        this.next = start;
        this.end = end;
        return this;
    }

    /** Leaves out whatever follows. */
    void dropRest() {
        next = end;
    }

    /** Goes on to the next message of the datagram; every step takes at least a header, so this ends. */
    boolean advance() throws MalformedMessageException {
        int left = end - next;
        if (left <= 0) {
            return false;
        }
        int size = left < Nlmsghdr.SIZE ? left : Nlmsghdr.nlmsg_len(buffer, next);
        if (size < Nlmsghdr.SIZE || size > left) {
            dropRest();
            throw new MalformedMessageException("a message says that it has " + Integer.toUnsignedString(size)
                    + " bytes: it needs " + Nlmsghdr.SIZE + " and there are " + left);
        }
        offset = next;
        length = size;
        next = Attributes.align(size) >= left ? end : next + Attributes.align(size);
        return true;
    }

    /** RTM_NEWLINK …: what follows depends on it and on the protocol. */
    public int type() {
        return Nlmsghdr.nlmsg_type(buffer, offset);
    }

    /** NLM_F_ flags. */
    public int flags() {
        return Nlmsghdr.nlmsg_flags(buffer, offset);
    }

    /** The number of the request that this answers; 0 in most notifications. */
    public int sequence() {
        return Nlmsghdr.nlmsg_seq(buffer, offset);
    }

    /** The port id of the request's sender; 0 when the kernel itself caused the message. */
    public int portId() {
        return Nlmsghdr.nlmsg_pid(buffer, offset);
    }

    /** What it lies in, with the datagram's other messages. */
    public ByteBuffer buffer() {
        return buffer;
    }

    /** Where in {@link #buffer} the payload begins. */
    public int payloadOffset() {
        return offset + Nlmsghdr.SIZE;
    }

    /** Bytes of payload. */
    public int payloadLength() {
        return length - Nlmsghdr.SIZE;
    }

    /**
     * That the payload has at least so many bytes.
     *
     * @return {@link #payloadOffset}
     * @throws MalformedMessageException when it has fewer
     */
    public int atLeast(int bytes) throws MalformedMessageException {
        if (payloadLength() < bytes) {
            throw new MalformedMessageException("a message of type " + type() + " has " + payloadLength()
                    + " bytes of payload where " + bytes + " are needed");
        }
        return payloadOffset();
    }

    /**
     * Points {@code into} at the attributes.
     *
     * @param headerSize the size of the struct that comes before them
     * @throws MalformedMessageException when the payload is shorter than that
     */
    public Attributes attributes(int headerSize, Attributes into) throws MalformedMessageException {
        int from = atLeast(headerSize) + Attributes.align(headerSize);
        return into.set(buffer, from, offset + length);
    }

    /** As {@link #attributes(int, Attributes)} with a new cursor. */
    public Attributes attributes(int headerSize) throws MalformedMessageException {
        return attributes(headerSize, new Attributes());
    }

    boolean has(int flag) {
        return (flags() & flag) != 0;
    }

    /** Whether it is netlink's own: NLMSG_ERROR, NLMSG_DONE … */
    boolean isControl() {
        return type() < Linux.NLMSG_MIN_TYPE;
    }

    @Override
    public String toString() {
        return length == 0
                ? "NetlinkMessage[none]"
                : "NetlinkMessage[type " + type() + ", flags 0x" + Integer.toHexString(flags()) + ", sequence "
                        + Integer.toUnsignedString(sequence()) + ", " + payloadLength() + " bytes]";
    }
}
