package io.sockfd.raw;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sockfd.raw.struct.Cmsghdr;
import io.sockfd.raw.struct.Icmp6Filter;
import io.sockfd.raw.struct.SockaddrIn;
import io.sockfd.raw.struct.SockaddrIn6;
import io.sockfd.raw.struct.SockaddrL2;
import io.sockfd.raw.struct.SockaddrLl;
import io.sockfd.raw.struct.SockaddrTipc;
import io.sockfd.raw.struct.SockaddrUn;
import io.sockfd.raw.struct.TcpAoGetsockopt;
import io.sockfd.raw.struct.TcpAoInfoOpt;
import io.sockfd.raw.struct.TcpInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What the accessors put into memory, byte by byte. */
class FlyweightTest {
    private static final boolean LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    private static final int AT = 8;

    private final ByteBuffer b = ByteBuffer.allocateDirect(512).order(ByteOrder.nativeOrder());

    @Test
    void sockaddrInIsInNetworkOrder() {
        SockaddrIn.sin_family(b, AT, 2);
        SockaddrIn.sin_port(b, AT, 0xabcd);
        SockaddrIn.sin_addr(b, AT, 0xc0a80001);
        SockaddrIn.sin_zero(b, AT, new byte[] {9, 9});

        assertBytes(family(2), 0xab, 0xcd, 192, 168, 0, 1, 9, 9, 0, 0, 0, 0, 0, 0);
        assertEquals(2, SockaddrIn.sin_family(b, AT));
        assertEquals(0xabcd, SockaddrIn.sin_port(b, AT));
        assertEquals(0xc0a80001, SockaddrIn.sin_addr(b, AT));
    }

    @Test
    void sockaddrIn6HasItsScopeAloneInHostOrder() {
        byte[] address = new byte[16];
        address[0] = (byte) 0xfe;
        address[1] = (byte) 0x80;
        address[15] = 1;
        SockaddrIn6.sin6_family(b, AT, 10);
        SockaddrIn6.sin6_port(b, AT, 443);
        SockaddrIn6.sin6_flowinfo(b, AT, 0x000abcde);
        SockaddrIn6.sin6_addr(b, AT, address);
        SockaddrIn6.sin6_scope_id(b, AT, 3);

        int[] tail = LITTLE_ENDIAN ? new int[] {3, 0, 0, 0} : new int[] {0, 0, 0, 3};
        assertBytes(
                family(10),
                concat(new int[] {1, 0xbb, 0, 0x0a, 0xbc, 0xde, 0xfe, 0x80}, new int[13], new int[] {1}, tail));
        assertEquals(443, SockaddrIn6.sin6_port(b, AT));
        assertEquals(0x000abcde, SockaddrIn6.sin6_flowinfo(b, AT));
        assertArrayEquals(address, SockaddrIn6.sin6_addr(b, AT));
        assertEquals(3, SockaddrIn6.sin6_scope_id(b, AT));
    }

    @Test
    void sockaddrLlHasItsProtocolAloneInNetworkOrder() {
        SockaddrLl.sll_family(b, AT, 17);
        SockaddrLl.sll_protocol(b, AT, 0x88cc);
        SockaddrLl.sll_ifindex(b, AT, 7);
        SockaddrLl.sll_hatype(b, AT, 1);
        SockaddrLl.sll_pkttype(b, AT, 4);
        SockaddrLl.sll_halen(b, AT, 6);
        SockaddrLl.sll_addr(b, AT, new byte[] {2, 0, 0, 0, 0, 1});

        int[] numbers = LITTLE_ENDIAN ? new int[] {7, 0, 0, 0, 1, 0} : new int[] {0, 0, 0, 7, 0, 1};
        assertBytes(family(17), concat(new int[] {0x88, 0xcc}, numbers, new int[] {4, 6, 2, 0, 0, 0, 0, 1, 0, 0}));
        assertEquals(0x88cc, SockaddrLl.sll_protocol(b, AT));
        assertEquals(7, SockaddrLl.sll_ifindex(b, AT));
        assertEquals(6, SockaddrLl.sll_halen(b, AT));
    }

    @Test
    void bluetoothIsLittleEndian() {
        SockaddrL2.l2_psm(b, AT, 0x1234);
        SockaddrL2.l2_cid(b, AT, 0xfffe);
        assertBytes(family(0), 0x34, 0x12, 0, 0, 0, 0, 0, 0, 0xfe, 0xff, 0, 0);
        assertEquals(0x1234, SockaddrL2.l2_psm(b, AT));
        assertEquals(0xfffe, SockaddrL2.l2_cid(b, AT));
    }

    @Test
    void theScopeOfTipcIsTheOneSignedByte() {
        SockaddrTipc.scope(b, AT, -2);
        assertEquals(-2, SockaddrTipc.scope(b, AT));
    }

    @Test
    void countersAreUnsigned() {
        b.putInt(AT + TcpInfo.TCPI_RTT, -1);
        assertEquals(0xffff_ffffL, TcpInfo.tcpi_rtt(b, AT));
    }

    @Test
    void bitFieldsLieWhereTheCompilerPutsThem() {
        b.put(AT + TcpInfo.TCPI_WSCALE, (byte) 0x7a);
        assertEquals(LITTLE_ENDIAN ? 10 : 7, TcpInfo.tcpi_snd_wscale(b, AT));
        assertEquals(LITTLE_ENDIAN ? 7 : 10, TcpInfo.tcpi_rcv_wscale(b, AT));
        b.put(AT + TcpInfo.TCPI_FLAGS, (byte) (LITTLE_ENDIAN ? 0b0000_0100 : 0b0100_0000));
        assertEquals(0, TcpInfo.tcpi_delivery_rate_app_limited(b, AT));
        assertEquals(2, TcpInfo.tcpi_fastopen_client_fail(b, AT));
        b.put(AT + TcpInfo.TCPI_FLAGS, (byte) (LITTLE_ENDIAN ? 0b0000_0011 : 0b1010_0000));
        assertEquals(1, TcpInfo.tcpi_delivery_rate_app_limited(b, AT));
        assertEquals(1, TcpInfo.tcpi_fastopen_client_fail(b, AT));
    }

    @Test
    void aBitIsSetAlone() {
        TcpAoInfoOpt.flags(b, AT, -1);
        TcpAoInfoOpt.ao_required(b, AT, 0);
        assertEquals(0, TcpAoInfoOpt.ao_required(b, AT));
        assertEquals(LITTLE_ENDIAN ? ~(1 << 2) : ~(1 << 29), TcpAoInfoOpt.flags(b, AT));
        TcpAoInfoOpt.flags(b, AT, 0);
        TcpAoInfoOpt.accept_icmps(b, AT, 1);
        assertEquals(1, TcpAoInfoOpt.accept_icmps(b, AT));
        assertEquals(LITTLE_ENDIAN ? 1 << 4 : 1 << 27, TcpAoInfoOpt.flags(b, AT));
        TcpAoGetsockopt.get_all(b, AT, 1);
        assertEquals(LITTLE_ENDIAN ? 1 << 2 : 1 << 13, TcpAoGetsockopt.flags(b, AT));
    }

    @Test
    void arraysAreFilledWithZeroesAndNeverOverrun() {
        byte[] full = new byte[SockaddrUn.SUN_PATH_BYTES];
        Arrays.fill(full, (byte) 'x');
        SockaddrUn.sun_path(b, AT, full);
        assertArrayEquals(full, SockaddrUn.sun_path(b, AT));
        assertEquals(0, b.get(AT + SockaddrUn.SIZE));

        SockaddrUn.sun_path(b, AT, new byte[] {'a'});
        full = new byte[SockaddrUn.SUN_PATH_BYTES];
        full[0] = 'a';
        assertArrayEquals(full, SockaddrUn.sun_path(b, AT));
        assertThrows(IllegalArgumentException.class, () -> SockaddrUn.sun_path(b, AT, new byte[109]));
    }

    @Test
    void anIndexOutsideOfTheArrayIsRefused() {
        Icmp6Filter.data(b, AT, 7, -1);
        assertEquals(-1, Icmp6Filter.data(b, AT, 7));
        assertThrows(IndexOutOfBoundsException.class, () -> Icmp6Filter.data(b, AT, 8));
        assertThrows(IndexOutOfBoundsException.class, () -> Icmp6Filter.data(b, AT, -1, 0));
        assertEquals(0, b.getInt(AT + Icmp6Filter.SIZE));
    }

    @Test
    void ancillaryMessagesAreSpacedAsInC() {
        assertEquals(20, Cmsghdr.cmsg_len(4));
        assertEquals(24, Cmsghdr.cmsg_space(4));
        assertEquals(16, Cmsghdr.cmsg_space(0));
        assertEquals(32, Cmsghdr.cmsg_space(12));
        assertEquals(32, Cmsghdr.cmsg_align(32));
        assertEquals(40, Cmsghdr.cmsg_align(33));
    }

    private void assertBytes(int[] first, int... rest) {
        int[] expected = concat(new int[AT], first, rest, new int[64]);
        int[] actual = new int[expected.length];
        for (int i = 0; i < actual.length; i++) {
            actual[i] = b.get(i) & 0xff;
        }
        assertArrayEquals(expected, actual);
    }

    private static int[] family(int value) {
        return LITTLE_ENDIAN ? new int[] {value, 0} : new int[] {0, value};
    }

    private static int[] concat(int[]... parts) {
        return Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray();
    }
}
