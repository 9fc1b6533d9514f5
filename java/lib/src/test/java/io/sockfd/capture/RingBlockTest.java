package io.sockfd.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.SockaddrLl;
import io.sockfd.raw.struct.Tpacket3Hdr;
import io.sockfd.raw.struct.TpacketBlockDesc;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** Blocks written by hand: what no healthy kernel writes must not lead out of them. */
class RingBlockTest {
    private static final int SIZE = 4096;
    private static final int FIRST = 64;
    private static final int MAC = 96;
    private static final int STEP = 256;

    private final ByteBuffer memory = ByteBuffer.allocateDirect(SIZE).order(ByteOrder.nativeOrder());
    private final RingBlock block = new RingBlock(memory, false);

    private void block(int packets) {
        TpacketBlockDesc.num_pkts(memory, 0, packets);
        TpacketBlockDesc.offset_to_first_pkt(memory, 0, FIRST);
        TpacketBlockDesc.block_status(memory, 0, Linux.TP_STATUS_USER);
    }

    private void packet(int head, int step, int mac, int snaplen, int status) {
        Tpacket3Hdr.tp_next_offset(memory, head, step);
        Tpacket3Hdr.tp_mac(memory, head, mac);
        Tpacket3Hdr.tp_snaplen(memory, head, snaplen);
        Tpacket3Hdr.tp_len(memory, head, snaplen);
        Tpacket3Hdr.tp_status(memory, head, status);
        SockaddrLl.sll_hatype(memory, head + Tpacket3Hdr.SIZE, Linux.ARPHRD_ETHER);
    }

    private void assertMalformed() {
        block.open();
        IOException e = assertThrows(IOException.class, () -> {
            while (block.hasNext()) {
                RingPacket ignored = block.next();
            }
        });
        assertTrue(e.toString().contains("malformed"), e.toString());
        assertFalse(block.hasNext());
    }

    @Test
    void walksThroughThePacketsAndGivesTheBlockBack() throws IOException {
        block(2);
        packet(FIRST, STEP, MAC, 60, Linux.TP_STATUS_USER | Linux.TP_STATUS_LOSING);
        packet(FIRST + STEP, 0, MAC, 61, Linux.TP_STATUS_USER);
        Tpacket3Hdr.tp_sec(memory, FIRST, 0xffff_ffffL);
        Tpacket3Hdr.tp_nsec(memory, FIRST, 999_999_999);
        assertTrue(block.isOurs());
        block.open();
        CapturedPacket first = block.next();
        assertEquals(FIRST + MAC, first.data().position());
        assertEquals(60, first.data().remaining());
        assertEquals(ByteOrder.BIG_ENDIAN, first.data().order());
        assertEquals(4_294_967_295_999_999_999L, first.timestampNanos());
        assertTrue(first.losing());
        assertEquals(CapturedPacket.ABSENT, first.vlanTci());
        CapturedPacket second = block.next();
        assertEquals(61, second.capturedLength());
        assertFalse(second.losing());
        assertFalse(block.hasNext());
        block.giveBack();
        assertFalse(block.isOurs());
    }

    @Test
    void putsTheTagBack() throws IOException {
        block(1);
        int status = Linux.TP_STATUS_USER | Linux.TP_STATUS_VLAN_VALID | Linux.TP_STATUS_VLAN_TPID_VALID;
        packet(FIRST, 0, MAC, 20, status);
        Tpacket3Hdr.tp_vlan_tci(memory, FIRST, 0xa123);
        Tpacket3Hdr.tp_vlan_tpid(memory, FIRST, Linux.ETH_P_8021AD);
        for (int i = 0; i < 20; i++) {
            memory.put(FIRST + MAC + i, (byte) (i + 1));
        }
        block.open();
        CapturedPacket packet = block.next();
        byte[] bytes = new byte[24];
        packet.data().get(bytes);
        assertFalse(packet.data().hasRemaining());
        assertEquals(
                "0102030405060708090a0b0c88a8a1230d0e0f1011121314",
                java.util.HexFormat.of().formatHex(bytes));
        assertEquals(24, packet.length());
        assertEquals(0xa123, packet.vlanTci());
        assertEquals(Linux.ETH_P_8021AD, packet.vlanTpid());
    }

    @Test
    void leavesTheTagOutWhereThereIsNoRoomOrNoEthernet() throws IOException {
        block(1);
        packet(FIRST, 0, RingPacket.HEAD + VlanTag.SIZE - 1, 60, Linux.TP_STATUS_VLAN_VALID);
        block.open();
        assertEquals(60, block.next().capturedLength());
        packet(FIRST, 0, MAC, 60, Linux.TP_STATUS_VLAN_VALID);
        SockaddrLl.sll_hatype(memory, FIRST + Tpacket3Hdr.SIZE, Linux.ARPHRD_NONE);
        block.open();
        assertEquals(60, block.next().capturedLength());
        packet(FIRST, 0, MAC, 11, Linux.TP_STATUS_VLAN_VALID);
        block.open();
        assertEquals(11, block.next().capturedLength());
    }

    @Test
    void theFirstPacketMayNotBeOutside() {
        for (int first :
                new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 0, TpacketBlockDesc.SIZE - 1, SIZE - 1, SIZE}) {
            block(1);
            TpacketBlockDesc.offset_to_first_pkt(memory, 0, first);
            assertMalformed();
        }
    }

    @Test
    void theNextPacketMayNotBeOutsideOrBefore() {
        for (int step : new int[] {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, SIZE, SIZE - FIRST - 1}) {
            block(2);
            packet(FIRST, step, MAC, 60, 0);
            assertMalformed();
        }
    }

    @Test
    void theBytesMayNotBeOutside() {
        for (int snaplen : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, SIZE - FIRST - MAC + 1}) {
            block(1);
            packet(FIRST, 0, MAC, snaplen, 0);
            assertMalformed();
        }
        for (int mac : new int[] {0, RingPacket.HEAD - 1, 0xffff}) {
            block(1);
            packet(FIRST, 0, mac, 0, 0);
            assertMalformed();
        }
    }

    @Test
    void moreOrFewerThanNoPacketsEnd() throws IOException {
        block(-1);
        for (int head = FIRST; head < SIZE; head += STEP) {
            packet(head, STEP, MAC, 60, 0);
        }
        assertMalformed();
        block(0);
        block.open();
        assertFalse(block.hasNext());
    }
}
