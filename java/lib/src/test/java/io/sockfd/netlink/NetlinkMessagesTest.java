package io.sockfd.netlink;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.Nlattr;
import io.sockfd.raw.struct.Nlmsghdr;
import java.lang.reflect.RecordComponent;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is written is what is read, and what cannot be read says so. */
class NetlinkMessagesTest {
    static final int TYPE = 100;

    static NetlinkMessage only(ByteBuffer bytes) throws MalformedMessageException {
        NetlinkMessage message = new NetlinkMessage().set(bytes, 0, bytes.limit());
        assertTrue(message.advance());
        return message;
    }

    private static Attributes attributes(NetlinkRequest request) throws MalformedMessageException {
        return only(request.finish(1)).attributes(0);
    }

    @Test
    void everyKindOfAttribute() throws Exception {
        NetlinkRequest r = new NetlinkRequest().start(TYPE, Linux.NLM_F_REQUEST);
        InetAddress six = InetAddress.getByName("2001:db8::1");
        r.u8(1, 200).u16(2, 60_000).be16(3, 0x1234).u32(4, -2).u64(5, Long.MIN_VALUE);
        r.string(6, "grün").bytes(7, new byte[] {1, 2, 3}).flag(8).inetAddress(9, six);
        r.begin(10).u8(1, 1).begin(2).u8(3, 3).end().end().string(11, "");
        Attributes a = attributes(r);
        assertTrue(a.next());
        assertEquals(200, a.u8());
        assertTrue(a.next());
        assertEquals(60_000, a.u16());
        assertTrue(a.next());
        assertEquals(0x1234, a.be16());
        assertArrayEquals(new byte[] {0x12, 0x34}, a.bytes());
        assertTrue(a.next());
        assertEquals(0xffff_fffeL, a.u32());
        assertEquals(-2, a.s32());
        assertTrue(a.next());
        assertEquals(Long.MIN_VALUE, a.u64());
        assertTrue(a.next());
        assertEquals("grün", a.string());
        assertEquals(6, a.length(), "5 bytes and NUL");
        assertTrue(a.next());
        assertArrayEquals(new byte[] {1, 2, 3}, a.bytes());
        assertTrue(a.next());
        assertEquals(8, a.type());
        assertEquals(0, a.length());
        assertTrue(a.next());
        assertEquals(six, a.inetAddress());
        assertTrue(a.next());
        assertTrue(a.isMarkedNested());
        assertEquals(10, a.type());
        Attributes inner = a.nested();
        assertTrue(inner.next());
        assertEquals(1, inner.u8());
        assertTrue(inner.next());
        Attributes innermost = inner.nested();
        assertTrue(innermost.next());
        assertEquals(3, innermost.type());
        assertFalse(innermost.next());
        assertFalse(inner.next());
        assertTrue(a.next());
        assertEquals("", a.string());
        assertFalse(a.next());
        assertFalse(a.next(), "the end stays the end");
    }

    @Test
    void theHeadIsComplete() throws Exception {
        NetlinkRequest r = new NetlinkRequest().start(TYPE, Linux.NLM_F_REQUEST | Linux.NLM_F_ACK);
        r.u8(1, 1);
        NetlinkMessage message = only(r.finish(77));
        assertEquals(TYPE, message.type());
        assertEquals(Linux.NLM_F_REQUEST | Linux.NLM_F_ACK, message.flags());
        assertEquals(77, message.sequence());
        assertEquals(0, message.portId());
        assertEquals(8, message.payloadLength(), "padded");
        assertFalse(message.advance());
    }

    @Test
    void aBufferGrowsAndIsCleanWhenUsedAgain() throws Exception {
        NetlinkRequest r = new NetlinkRequest().start(TYPE, 0);
        byte[] large = new byte[65_531];
        java.util.Arrays.fill(large, (byte) -1);
        r.u8(1, 7).bytes(2, large).u8(3, 9);
        Attributes a = attributes(r);
        assertTrue(a.next());
        assertEquals(7, a.u8());
        assertTrue(a.next());
        assertArrayEquals(large, a.bytes());
        assertTrue(a.next());
        assertEquals(9, a.u8());
        r.start(TYPE, 0).struct(8);
        assertEquals(0, r.buffer().getLong(Nlmsghdr.SIZE));
        r.u8(1, 1);
        assertEquals(1, r.buffer().get(Nlmsghdr.SIZE + 8 + Nlattr.SIZE));
        assertEquals(0, r.buffer().get(Nlmsghdr.SIZE + 8 + Nlattr.SIZE + 1), "padding");
    }

    @Test
    void whatCannotBeWrittenIsRefused() {
        NetlinkRequest r = new NetlinkRequest().start(TYPE, 0);
        assertThrows(IllegalArgumentException.class, () -> r.bytes(1, new byte[65_532]));
        assertThrows(IllegalArgumentException.class, () -> r.string(1, "a\0b"));
        assertThrows(IllegalStateException.class, r::end);
        r.begin(1);
        assertThrows(IllegalStateException.class, () -> r.finish(1));
        r.bytes(2, new byte[40_000]).bytes(2, new byte[40_000]);
        assertThrows(IllegalArgumentException.class, r::end);
        assertThrows(IllegalArgumentException.class, () -> NewLink.dummy("sixteen-bytes-xx"));
        assertThrows(IllegalArgumentException.class, () -> NewLink.dummy(""));
        assertThrows(IllegalArgumentException.class, () -> NewLink.vlan("v", 1, 4095));
        assertThrows(IllegalArgumentException.class, () -> Route.to(InetAddress.getByName("10.0.0.0"), 33));
        assertThrows(
                IllegalArgumentException.class,
                () -> InetQuery.of(Linux.AF_INET, 6).ports(65_536, 0));
        assertThrows(IllegalArgumentException.class, RtWatch::open);
    }

    /** Each method that changes a route changes one component, and keeps the other fourteen. */
    @Test
    void aChangedRouteIsOtherwiseTheSame() throws Exception {
        InetAddress network = InetAddress.getByName("10.0.0.0");
        InetAddress gateway = InetAddress.getByName("192.0.2.1");
        InetAddress source = InetAddress.getByName("192.0.2.2");
        InetAddress other = InetAddress.getByName("192.0.2.3");
        List<Route.Hop> hops = List.of(new Route.Hop(gateway, 1, 2, 3));
        Route route = new Route(network, 8, gateway, 1, source, 2, 3, 4, 5, 6, 7, 8, 9, 10, hops);
        Map<String, Route> changed = Map.of(
                "gateway", route.via(other),
                "outputIndex", route.dev(99),
                "preferredSource", route.from(other),
                "metric", route.metric(99),
                "table", route.table(99),
                "type", route.type(99),
                "hops", route.hops(List.of()));
        for (Map.Entry<String, Route> change : changed.entrySet()) {
            List<String> different = new ArrayList<>();
            for (RecordComponent component : Route.class.getRecordComponents()) {
                Object before = component.getAccessor().invoke(route);
                if (!Objects.equals(before, component.getAccessor().invoke(change.getValue()))) {
                    different.add(component.getName());
                }
            }
            assertEquals(List.of(change.getKey()), different);
        }
        Route added = Route.to(network, 8);
        assertEquals(
                new Route(
                        network,
                        8,
                        null,
                        0,
                        null,
                        0,
                        Linux.RT_TABLE_MAIN,
                        Linux.RTPROT_BOOT,
                        -1,
                        Linux.RTN_UNICAST,
                        0,
                        0,
                        0,
                        -1,
                        List.of()),
                added);
    }

    @Test
    void lengthsThatCannotBe() {
        for (int length : new int[] {0, 3, 9, 0xffff}) {
            ByteBuffer b = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder());
            Nlattr.nla_len(b, 0, length);
            Attributes a = new Attributes().set(b, 0, b.capacity());
            assertThrows(MalformedMessageException.class, a::next, "attribute of " + length);
        }
        assertThrows(
                MalformedMessageException.class,
                () -> new Attributes().set(ByteBuffer.allocate(3), 0, 3).next());
        for (int length : new int[] {0, 15, 33, -1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            ByteBuffer b = ByteBuffer.allocate(32).order(ByteOrder.nativeOrder());
            Nlmsghdr.nlmsg_len(b, 0, length);
            NetlinkMessage message = new NetlinkMessage().set(b, 0, b.capacity());
            assertThrows(MalformedMessageException.class, message::advance, "message of " + length);
            try {
                assertFalse(message.advance(), "nothing after it can be read");
            } catch (MalformedMessageException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void valuesThatAreTooShort() throws Exception {
        NetlinkRequest r = new NetlinkRequest().start(TYPE, 0);
        r.bytes(1, new byte[] {1, 2, 3});
        Attributes a = attributes(r);
        assertTrue(a.next());
        assertEquals(1, a.u8());
        assertThrows(MalformedMessageException.class, a::u32);
        assertThrows(MalformedMessageException.class, a::u64);
        assertThrows(MalformedMessageException.class, a::inetAddress);
        assertThrows(MalformedMessageException.class, () -> a.nestedBehind(8, new Attributes()));
        assertThrows(MalformedMessageException.class, () -> only(r.finish(1)).attributes(100));
        byte[] text = {'a', 'b'};
        r.start(TYPE, 0).bytes(1, text);
        Attributes b = attributes(r);
        assertTrue(b.next());
        assertEquals("ab", b.string(), "a string without NUL ends with its attribute");
    }

    @Test
    void severalMessagesInOneDatagram() throws Exception {
        ByteBuffer b = ByteBuffer.allocate(16 + 20 + 17).order(ByteOrder.nativeOrder());
        Nlmsghdr.nlmsg_len(b, 0, 16);
        Nlmsghdr.nlmsg_type(b, 0, 20);
        Nlmsghdr.nlmsg_len(b, 16, 20);
        Nlmsghdr.nlmsg_type(b, 16, 21);
        Nlmsghdr.nlmsg_len(b, 36, 17);
        Nlmsghdr.nlmsg_type(b, 36, 22);
        NetlinkMessage message = new NetlinkMessage().set(b, 0, b.capacity());
        for (int type = 20; type < 23; type++) {
            assertTrue(message.advance());
            assertEquals(type, message.type());
        }
        assertEquals(1, message.payloadLength(), "the last one is not padded");
        assertFalse(message.advance());
    }
}
