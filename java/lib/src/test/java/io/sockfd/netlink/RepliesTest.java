package io.sockfd.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Errno;
import io.sockfd.netlink.Replies.Step;
import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.Nlmsghdr;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which messages answer a request, and how it ends. */
class RepliesTest {
    private static final int PORT = 4711;
    private static final int SEQUENCE = 9;
    private static final int MTU_AT = 40;

    private final NetlinkRequest request = new NetlinkRequest();
    private final Replies replies = new Replies(request);
    private final ByteBuffer b = ByteBuffer.allocate(512).order(ByteOrder.nativeOrder());
    private int end;

    @BeforeEach
    void aRequest() {
        request.start(Linux.RTM_NEWLINK, Linux.NLM_F_REQUEST).describe("RTM_NEWLINK", "veth0");
        int unused = request.struct(MTU_AT - Nlmsghdr.SIZE);
        request.u32(Linux.IFLA_MTU, 1);
        request.finish(SEQUENCE).clear();
        replies.portId(PORT);
        replies.begin(SEQUENCE);
    }

    /** Appends a message whose payload is words. */
    private RepliesTest add(int type, int flags, int sequence, int port, int... words) {
        Nlmsghdr.nlmsg_len(b, end, Nlmsghdr.SIZE + words.length * Integer.BYTES);
        Nlmsghdr.nlmsg_type(b, end, type);
        Nlmsghdr.nlmsg_flags(b, end, flags);
        Nlmsghdr.nlmsg_seq(b, end, sequence);
        Nlmsghdr.nlmsg_pid(b, end, port);
        end += Nlmsghdr.SIZE;
        for (int word : words) {
            b.putInt(end, word);
            end += Integer.BYTES;
        }
        return this;
    }

    private static int attribute(int type, int length) {
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? type << 16 | length : length << 16 | type;
    }

    private Step next() throws Exception {
        return replies.next();
    }

    private void receive() {
        replies.received(b, end);
    }

    @Test
    void messagesUntilDone() throws Exception {
        add(Linux.NLMSG_NOOP, 0, SEQUENCE, PORT);
        add(20, Linux.NLM_F_MULTI, SEQUENCE, PORT, 1).add(20, Linux.NLM_F_MULTI, SEQUENCE, PORT, 2);
        assertEquals(Step.RECEIVE, next());
        receive();
        assertEquals(Step.MESSAGE, next());
        assertEquals(Step.MESSAGE, next());
        assertEquals(2, b.getInt(replies.message().payloadOffset()));
        assertEquals(Step.RECEIVE, next());
        end = 0;
        add(Linux.NLMSG_DONE, Linux.NLM_F_MULTI, SEQUENCE, PORT, 0).add(20, 0, SEQUENCE, PORT, 3);
        receive();
        assertEquals(Step.END, next());
        assertEquals(Step.END, next(), "what follows the end is nothing");
        assertFalse(replies.interrupted());
    }

    @Test
    void othersMessagesArePassedOver() throws Exception {
        add(20, 0, SEQUENCE - 1, PORT, 1).add(20, 0, SEQUENCE, PORT + 1, 2).add(20, 0, 0, 0, 3);
        add(Linux.NLMSG_ERROR, 0, SEQUENCE - 1, PORT, -Linux.EPERM, 0, 0, 0, 0);
        add(20, 0, SEQUENCE, PORT, 4);
        receive();
        assertEquals(Step.MESSAGE, next());
        assertEquals(4, b.getInt(replies.message().payloadOffset()));
        assertEquals(Step.RECEIVE, next());
    }

    @Test
    void anInterruptedDumpIsTold() throws Exception {
        add(20, Linux.NLM_F_MULTI | Linux.NLM_F_DUMP_INTR, SEQUENCE, PORT).add(Linux.NLMSG_DONE, 0, SEQUENCE, PORT, 0);
        receive();
        assertEquals(Step.MESSAGE, next());
        assertEquals(Step.END, next());
        assertTrue(replies.interrupted());
        replies.begin(SEQUENCE + 1);
        assertFalse(replies.interrupted());
        end = 0;
        add(Linux.NLMSG_DONE, Linux.NLM_F_DUMP_INTR, SEQUENCE + 1, PORT, 0);
        receive();
        assertEquals(Step.END, next());
        assertTrue(replies.interrupted(), "the end may tell it, too");
    }

    @Test
    void aRefusalHasTheKernelsWords() {
        add(
                Linux.NLMSG_ERROR,
                Linux.NLM_F_CAPPED | Linux.NLM_F_ACK_TLVS,
                SEQUENCE,
                PORT,
                -Linux.EINVAL,
                48, // the quoted head
                0,
                0,
                0,
                attribute(Linux.NLMSGERR_ATTR_MSG, 8),
                ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? 0x006f6f74 : 0x746f6f00, // "too"
                attribute(Linux.NLMSGERR_ATTR_OFFS, 8),
                MTU_AT,
                attribute(Linux.NLMSGERR_ATTR_MISS_TYPE, 8),
                77,
                attribute(Linux.NLMSGERR_ATTR_MISS_NEST, 8),
                16,
                attribute(Linux.NLMSGERR_ATTR_COOKIE, 6),
                0);
        receive();
        NetlinkException e = assertThrows(NetlinkException.class, this::next);
        assertEquals(Errno.EINVAL, e.errno());
        ExtendedAck ack = e.extendedAck();
        assertEquals("too", ack.text());
        assertEquals(MTU_AT, ack.offset());
        assertEquals(Linux.IFLA_MTU, ack.attributeType());
        assertEquals(77, ack.missingType());
        assertEquals(16, ack.missingNest());
        assertEquals(2, ack.cookie().remaining());
        assertEquals(
                "RTM_NEWLINK(veth0): EINVAL (Invalid argument): too (at byte 40, attribute 4)"
                        + " (attribute 77 is missing in the nest at byte 16) (cookie 0000)",
                e.getMessage());
        assertFalse(replies.pending());
    }

    @Test
    void aRefusalThatQuotesTheRequest() {
        add(
                Linux.NLMSG_ERROR,
                Linux.NLM_F_ACK_TLVS,
                SEQUENCE,
                PORT,
                -Linux.EPERM,
                20,
                0,
                0,
                0,
                1, // the quoted request has one word of payload
                attribute(Linux.NLMSGERR_ATTR_OFFS, 8),
                1000);
        receive();
        NetlinkException e = assertThrows(NetlinkException.class, this::next);
        assertEquals(1000, e.extendedAck().offset());
        assertEquals(-1, e.extendedAck().attributeType(), "outside of the request");
        assertEquals(Errno.EPERM, e.errno());
        assertEquals("RTM_NEWLINK", e.call());
    }

    @Test
    void successMayWarn() throws Exception {
        add(
                Linux.NLMSG_ERROR,
                Linux.NLM_F_CAPPED | Linux.NLM_F_ACK_TLVS,
                SEQUENCE,
                PORT,
                0,
                20,
                0,
                0,
                0,
                attribute(Linux.NLMSGERR_ATTR_MSG, 6),
                ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? 'w' : 'w' << 24);
        receive();
        assertEquals(Step.END, next());
        assertEquals("w", replies.warning().text());
    }

    @Test
    void aDumpMayFailAtItsEnd() {
        add(Linux.NLMSG_DONE, Linux.NLM_F_MULTI, SEQUENCE, PORT, -Linux.ENOENT);
        receive();
        assertEquals(
                Errno.ENOENT, assertThrows(NetlinkException.class, this::next).errno());
    }

    @Test
    void lostMessagesAreTold() {
        add(Linux.NLMSG_OVERRUN, 0, SEQUENCE, PORT);
        receive();
        assertEquals(
                Errno.ENOBUFS,
                assertThrows(NetlinkOverrunException.class, this::next).errno());
    }

    @Test
    void whatCannotBeReadEndsTheRequest() throws Exception {
        add(Linux.NLMSG_ERROR, 0, SEQUENCE, PORT, -Linux.EPERM, 20, 0); // too short for a quoted head
        receive();
        assertThrows(MalformedMessageException.class, this::next);
        assertEquals(Step.END, next());
        replies.begin(SEQUENCE);
        end = 0;
        add(Linux.NLMSG_ERROR, 0, SEQUENCE, PORT, -Linux.EPERM, 1 << 30, 0, 0, 0); // quotes more than there is
        receive();
        assertThrows(MalformedMessageException.class, this::next);
        replies.begin(SEQUENCE);
        end = 0;
        add(20, 0, SEQUENCE, PORT);
        Nlmsghdr.nlmsg_len(b, 0, 0);
        receive();
        assertThrows(MalformedMessageException.class, this::next);
        assertEquals(Step.END, next());
    }
}
