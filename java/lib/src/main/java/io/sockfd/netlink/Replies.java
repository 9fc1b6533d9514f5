package io.sockfd.netlink;

import io.sockfd.Errno;
import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.Nlmsgerr;
import io.sockfd.raw.struct.Nlmsghdr;
import java.nio.ByteBuffer;

/** Which of the messages that come in answer the current request, and which one ends it. Knows no socket. */
final class Replies {
    /** What there is to do next. */
    enum Step {
        MESSAGE,
        RECEIVE,
        END
    }

    private final NetlinkMessage message = new NetlinkMessage();
    private final Attributes attributes = new Attributes();
    private final NetlinkRequest request;
    private int portId;
    private int sequence;
    private boolean pending;
    private boolean interrupted;
    private ExtendedAck warning = ExtendedAck.NONE;

    Replies(NetlinkRequest request) {
        this.request = request;
    }

    void portId(int id) {
        portId = id;
    }

    NetlinkMessage message() {
        return message;
    }

    /** A request was sent, or is about to be. */
    void begin(int number) {
        sequence = number;
        pending = true;
        interrupted = false;
        warning = ExtendedAck.NONE;
    }

    /** Whether the end of the current request's replies has not come yet. */
    boolean pending() {
        return pending;
    }

    /** Nothing more is expected. */
    void abandon() {
        pending = false;
        message.dropRest();
    }

    boolean interrupted() {
        return interrupted;
    }

    ExtendedAck warning() {
        return warning;
    }

    /** A datagram came. */
    void received(ByteBuffer buffer, int length) {
        message.set(buffer, 0, length);
    }

    Step next() throws NetlinkException, MalformedMessageException {
        if (!pending) {
            return Step.END;
        }
        try {
            while (message.advance()) {
                if (message.sequence() != sequence || message.portId() != portId) {
                    continue; // of an earlier request, or a notification
                }
                interrupted |= message.has(Linux.NLM_F_DUMP_INTR);
                if (!message.isControl()) {
                    return Step.MESSAGE;
                } else if (control()) {
                    abandon();
                    return Step.END;
                }
            }
            return Step.RECEIVE;
        } catch (NetlinkException | MalformedMessageException e) {
            abandon();
            throw e;
        }
    }

    /** Whether it is the end. */
    private boolean control() throws NetlinkException, MalformedMessageException {
        switch (message.type()) {
            case Linux.NLMSG_ERROR -> {
                int at = message.atLeast(Nlmsgerr.SIZE);
                conclude(Nlmsgerr.error(message.buffer(), at), Nlmsgerr.MSG + quoted(at));
                return true;
            }
            case Linux.NLMSG_DONE -> {
                // before Linux 2.6.37 it could be empty
                boolean empty = message.payloadLength() == 0;
                conclude(empty ? 0 : message.buffer().getInt(message.atLeast(Integer.BYTES)), Integer.BYTES);
                return true;
            }
            case Linux.NLMSG_OVERRUN -> throw new NetlinkOverrunException(request.context());
            default -> {
                return false;
            }
        }
    }

    /** How much of our request an error carries with it: its header only (NETLINK_CAP_ACK, or success), or all. */
    private int quoted(int at) throws MalformedMessageException {
        int error = Nlmsgerr.error(message.buffer(), at);
        if (error == 0 || message.has(Linux.NLM_F_CAPPED)) {
            return Nlmsghdr.SIZE;
        }
        int size = Nlmsghdr.nlmsg_len(message.buffer(), at + Nlmsgerr.MSG);
        if (size < Nlmsghdr.SIZE || size > message.payloadLength() - Nlmsgerr.MSG) {
            throw new MalformedMessageException(
                    "an error quotes " + Integer.toUnsignedString(size) + " bytes of the request and has fewer");
        }
        return Attributes.align(size);
    }

    private void conclude(int error, int attributesAt) throws NetlinkException, MalformedMessageException {
        ExtendedAck ack = message.has(Linux.NLM_F_ACK_TLVS) && message.payloadLength() > attributesAt
                ? ExtendedAck.read(message.attributes(attributesAt, attributes), request.buffer(), request.length())
                : ExtendedAck.NONE;
        if (error < 0) {
            throw new NetlinkException(Errno.ofResult(error), request.call(), request.context(), ack);
        }
        warning = ack;
    }
}
