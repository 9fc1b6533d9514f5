package io.sockfd.packet;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Messages of DNS, DHCP, DHCPv6, IGMP and MLD, written by their RFCs and not by the library. */
final class RandomMessages {
    private final Dice dice;
    private final ByteBuffer b = ByteBuffer.allocate(8192);
    /** Where names begin that may be pointed to. */
    private final List<Integer> names = new ArrayList<>();

    RandomMessages(Dice dice) {
        this.dice = dice;
    }

    private byte[] written() {
        byte[] bytes = new byte[b.position()];
        b.flip().get(bytes).clear();
        return bytes;
    }

    private RandomMessages u8(int value) {
        b.put((byte) value);
        return this;
    }

    private RandomMessages u16(int value) {
        b.putShort((short) value);
        return this;
    }

    private RandomMessages u32(long value) {
        b.putInt((int) value);
        return this;
    }

    byte[] dns() {
        names.clear();
        int answers = dice.below(4);
        int authorities = dice.below(3);
        int additionals = dice.below(3);
        boolean response = dice.flip();
        int flags = (response ? 0x8000 : 0) | (dice.u16() & 0x07b0) | dice.of(0, 0, 0, 3, 5);
        u16(dice.u16()).u16(flags).u16(1).u16(response ? answers : 0);
        u16(response ? authorities : 0).u16(response ? additionals : 0);
        name();
        u16(dice.of(1, 2, 5, 6, 12, 15, 16, 28, 33, 255)).u16(1);
        for (int i = response ? answers + authorities + additionals : 0; i > 0; i--) {
            dnsRecord();
        }
        return written();
    }

    private void dnsRecord() {
        int type = dice.of(1, 1, 2, 5, 6, 12, 15, 16, 28, 28, 33, 39);
        name();
        u16(type).u16(1).u32(dice.u32() >>> 1).u16(0);
        int begin = b.position();
        switch (type) {
            case 1 -> u32(dice.u32());
            case 28 -> b.put(Ip.v6(dice.v6()));
            case 15 -> {
                u16(dice.u16());
                name();
            }
            case 33 -> {
                u16(dice.u16()).u16(dice.u16()).u16(dice.u16());
                name();
            }
            case 16 -> {
                for (int i = 1 + dice.below(2); i > 0; i--) {
                    string(dice.word());
                }
            }
            case 6 -> {
                name();
                name();
                for (int i = 0; i < 5; i++) {
                    u32(dice.u32() >>> 1);
                }
            }
            default -> name();
        }
        b.putShort(begin - 2, (short) (b.position() - begin));
    }

    private void string(String text) {
        u8(text.length());
        b.put(text.getBytes(US_ASCII));
    }

    private void name() {
        if (dice.oneIn(20)) {
            u8(0);
            return;
        }
        int begin = b.position();
        for (int i = 1 + dice.below(3); i > 0; i--) {
            string(dice.word());
        }
        if (!names.isEmpty() && dice.flip()) {
            u16(0xc000 | names.get(dice.below(names.size())));
        } else {
            u8(0);
        }
        names.add(begin);
    }

    byte[] dhcp() {
        boolean request = dice.flip();
        u8(request ? 1 : 2).u8(1).u8(6).u8(dice.below(4)).u32(dice.u32());
        u16(dice.u16()).u16(dice.flip() ? 0x8000 : 0);
        for (int i = 0; i < 4; i++) {
            u32(dice.flip() ? 0 : dice.u32());
        }
        b.put(dice.mac().bytes()).put(new byte[10]).put(new byte[192]).putInt(0x6382_5363);
        u8(53).u8(1).u8(request ? dice.of(1, 3, 4, 7, 8) : dice.of(2, 5, 6));
        for (int code : new int[] {50, 0, 54, 51, 12}) {
            if (dice.flip()) {
                continue;
            }
            switch (code) {
                case 0 -> u8(0);
                case 12 -> {
                    u8(12);
                    string(dice.word());
                }
                default -> u8(code).u8(4).u32(dice.u32() >>> 1);
            }
        }
        u8(255);
        return written();
    }

    byte[] dhcp6() {
        int type = 1 + dice.below(13);
        if (type >= 12) {
            u8(type).u8(dice.below(8));
            b.put(Ip.v6(dice.v6())).put(Ip.v6(dice.v6()));
            u16(9).u16(0);
            int begin = b.position();
            client(1 + dice.below(11));
            b.putShort(begin - 2, (short) (b.position() - begin));
        } else {
            client(type);
        }
        return written();
    }

    private void client(int type) {
        u32((long) type << 24 | dice.below(1 << 24));
        u16(1).u16(10).u16(3).u16(1);
        b.put(dice.mac().bytes());
        if (dice.flip()) {
            u16(8).u16(2).u16(dice.u16());
        }
        if (dice.flip()) {
            u16(3).u16(12 + 28).u32(dice.u32()).u32(dice.u32() >>> 1).u32(dice.u32() >>> 1);
            u16(5).u16(24);
            b.put(Ip.v6(dice.v6()));
            u32(dice.u32() >>> 1).u32(dice.u32() >>> 1);
        }
        if (dice.flip()) {
            u16(6).u16(4).u16(23).u16(24);
        }
    }

    /** With its checksum. */
    byte[] igmp() {
        int type = dice.of(Igmp.QUERY, Igmp.QUERY, Igmp.REPORT_1, Igmp.REPORT_2, Igmp.LEAVE, Igmp.REPORT_3);
        int group = 0xe0000000 | dice.below(1 << 28);
        u8(type);
        if (type == Igmp.REPORT_3) {
            int records = dice.below(4);
            u8(0).u16(0).u16(0).u16(records);
            for (int i = 0; i < records; i++) {
                int sources = dice.below(4);
                u8(1 + dice.below(6)).u8(0).u16(sources).u32(0xe0000000 | dice.below(1 << 28));
                for (int s = 0; s < sources; s++) {
                    u32(dice.u32());
                }
            }
        } else {
            u8(type == Igmp.REPORT_1 ? 0 : 1 + dice.below(255)).u16(0).u32(group);
            if (type == Igmp.QUERY && dice.flip()) {
                int sources = dice.below(4);
                u8(dice.below(16)).u8(dice.u8()).u16(sources);
                for (int s = 0; s < sources; s++) {
                    u32(dice.u32());
                }
            }
        }
        b.putShort(2, (short) Checksum.of(b, 0, b.position()));
        return written();
    }

    /** What follows the first eight bytes of ICMPv6, of which the last two count the records. */
    byte[] multicastRecords(int records) {
        for (int i = 0; i < records; i++) {
            int sources = dice.below(4);
            u8(1 + dice.below(6)).u8(0).u16(sources);
            b.put(group6());
            for (int s = 0; s < sources; s++) {
                b.put(Ip.v6(dice.v6()));
            }
        }
        return written();
    }

    /** The group of MLD, and with {@code second} what a query of its second version has more. */
    byte[] listener(boolean second) {
        b.put(group6());
        if (second) {
            int sources = dice.below(4);
            u8(dice.below(16)).u8(dice.u8()).u16(sources);
            for (int s = 0; s < sources; s++) {
                b.put(Ip.v6(dice.v6()));
            }
        }
        return written();
    }

    private static byte[] group6() {
        return Ip.v6("ff02::1:3");
    }

    /** An INIT of SCTP and a chunk of data; its checksum is not what is compared. */
    byte[] sctp() {
        u16(dice.port()).u16(dice.port()).u32(dice.u32()).u32(0);
        u8(1).u8(0).u16(20).u32(dice.u32()).u32(0x10000).u16(10).u16(10).u32(dice.u32());
        return written();
    }
}
