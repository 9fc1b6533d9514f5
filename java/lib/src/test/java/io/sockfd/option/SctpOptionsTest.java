package io.sockfd.option;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Message;
import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.SockaddrIn;
import io.sockfd.raw.struct.SockaddrIn6;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The layouts of SCTP's and CAN's typed values, without a socket. */
class SctpOptionsTest {
    private final ByteBuffer b = ByteBuffer.allocate(4096).order(ByteOrder.nativeOrder());

    private static InetSocketAddress address(String host, int port) throws Exception {
        return new InetSocketAddress(InetAddress.getByName(host), port);
    }

    @Test
    void addressesArePackedAndReadBack() throws Exception {
        InetSocketAddress[] both = {address("127.0.0.2", 80), address("::1", 80)};
        int length = PackedAddresses.CODEC.encode(both, b);
        assertEquals(SockaddrIn.SIZE + SockaddrIn6.SIZE, length);
        assertTrue(PackedAddresses.CODEC.size(both) >= length);
        ByteBuffer answer = ByteBuffer.allocate(4096).order(ByteOrder.nativeOrder());
        answer.putInt(0, 7).putInt(4, 2).put(8, b, 0, length);
        assertEquals(new SctpAddresses(7, List.of(both)), SctpAddresses.CODEC.decode(answer, length));
        assertThrows(IllegalStateException.class, () -> SctpAddresses.CODEC.decode(answer, length - 1));
    }

    @Test
    void noAddressAndAnUnresolvedOneAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> PackedAddresses.CODEC.encode(new InetSocketAddress[0], b));
        InetSocketAddress[] unresolved = {InetSocketAddress.createUnresolved("nowhere.invalid", 1)};
        assertThrows(IllegalArgumentException.class, () -> PackedAddresses.CODEC.encode(unresolved, b));
    }

    @Test
    void initmsgIsReadBackAndHasItsRange() {
        SctpInitmsg value = new SctpInitmsg(1, 65_535, 3, 4);
        assertEquals(value, SctpInitmsg.CODEC.decode(b, SctpInitmsg.CODEC.encode(value, b)));
        assertThrows(IllegalArgumentException.class, () -> new SctpInitmsg(65_536, 0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new SctpInitmsg(0, 0, 0, -1));
    }

    @Test
    void eventAndFilterAreReadBack() {
        SctpEvent event = new SctpEvent(5, Linux.SCTP_ASSOC_CHANGE, true);
        assertEquals(event, SctpEvent.CODEC.decode(b, SctpEvent.CODEC.encode(event, b)));
        CanFilter[] filters = {new CanFilter(0x123, 0x7ff), new CanFilter(Linux.CAN_INV_FILTER | 1, 1)};
        assertArrayEquals(filters, CanFilter.CODEC.decode(b, CanFilter.CODEC.encode(filters, b)));
        assertEquals("123/7FF", filters[0].toString());
    }

    @Test
    void streamsHave16Bits() {
        try (Message message = new Message()) {
            assertThrows(
                    IllegalArgumentException.class, () -> message.outgoing().sctpStream(65_536));
            assertThrows(
                    IllegalArgumentException.class, () -> message.outgoing().sctpStream(-1));
            assertEquals(0, message.outgoing().length(), "a failure adds nothing");
            message.outgoing().sctpStream(65_535);
            assertEquals(32, message.outgoing().length());
        }
    }
}
