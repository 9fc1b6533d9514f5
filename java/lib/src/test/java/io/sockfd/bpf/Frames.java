package io.sockfd.bpf;

import static io.sockfd.raw.Linux.*;

import java.nio.ByteBuffer;
import java.util.Random;

/** Packets from a seed, in which the addresses, ports and flags that the tested filters ask for come up often. */
final class Frames {
    private static final String[] MACS = {
        "020000000001", "020000000002", "ffffffffffff", "01005e000001", "333300000001",
    };
    private static final int[] IP4 = {0x0a00_0001, 0x0a00_0002, 0xc0a8_0105, 0xc0a8_0201, 0xe000_0001, 0x0a00_0007};
    private static final String[] IP6 = {
        "20010db8000000000000000000000001",
        "20010db8000000000000000000000002",
        "fe800000000000000000000000000001",
        "ff020000000000000000000000000001",
        "20010db8000000070000000000000001",
    };
    private static final int[] PORTS = {80, 443, 53, 22, 1024, 1500, 21, 85};
    private static final int[] PROTOCOLS = {
        IPPROTO_TCP,
        IPPROTO_TCP,
        IPPROTO_UDP,
        IPPROTO_UDP,
        IPPROTO_ICMP,
        IPPROTO_ICMPV6,
        IPPROTO_SCTP,
        IPPROTO_GRE,
        IPPROTO_IGMP,
        IPPROTO_ESP,
        IPPROTO_AH,
    };
    private static final int[] TYPES = {
        ETH_P_IP, ETH_P_IP, ETH_P_IP, ETH_P_IPV6, ETH_P_IPV6, ETH_P_ARP, ETH_P_RARP, 0x88cc,
    };
    private static final int TAIL = 128;

    private final Random random;
    private final ByteBuffer frame = ByteBuffer.allocate(512);

    /** The tag that the kernel would have taken out of the last frame for PACKET_RAW, -1 for none. */
    int tagOutside;

    Frames(long seed) {
        random = new Random(seed);
    }

    /** The next packet, as this link type has it; no filter's load lies outside of it. */
    ByteBuffer next(Framing link) {
        frame.clear();
        tagOutside = -1;
        int type = pick(TYPES);
        switch (link) {
            case ETHERNET, PACKET_RAW -> {
                hex(MACS[random.nextInt(MACS.length)]);
                hex(MACS[random.nextInt(2)]);
                if (link == Framing.PACKET_RAW && random.nextInt(3) > 0) {
                    tagOutside = tag();
                }
                while (random.nextInt(3) == 0 && frame.position() < 30) {
                    frame.putShort((short) (random.nextBoolean() ? ETH_P_8021Q : ETH_P_8021AD));
                    frame.putShort((short) tag());
                }
                frame.putShort((short) type);
            }
            case LINUX_SLL -> frame.put(new byte[14]).putShort((short) type);
            case LINUX_SLL2 -> frame.putShort((short) type).put(new byte[18]);
            default -> type = random.nextBoolean() ? ETH_P_IP : ETH_P_IPV6;
        }
        if (type == ETH_P_IP) {
            ip4();
        } else if (type == ETH_P_IPV6) {
            ip6();
        } else {
            arp();
        }
        byte[] tail = new byte[TAIL + random.nextInt(64)];
        random.nextBytes(tail);
        return frame.put(tail).flip();
    }

    private int tag() {
        return random.nextInt(8) << 13 | (random.nextInt(3) == 0 ? 5 : random.nextBoolean() ? 7 : 0);
    }

    private void ip4() {
        int words = 5 + (random.nextInt(3) == 0 ? random.nextInt(11) : 0);
        frame.put((byte) (0x40 | words)).put((byte) random.nextInt(8));
        frame.putShort((short) (random.nextInt(4) == 0 ? words * 4 + 20 : 20 + random.nextInt(80)));
        frame.putShort((short) random.nextInt());
        frame.putShort((short) (random.nextInt(4) == 0 ? random.nextInt(0x4000) : 0x4000));
        int protocol = pick(PROTOCOLS);
        frame.put((byte) (random.nextBoolean() ? 64 : random.nextInt(8))).put((byte) protocol);
        frame.putShort((short) 0).putInt(pick(IP4)).putInt(pick(IP4));
        for (int i = 5; i < words; i++) {
            frame.putInt(0x0101_0101);
        }
        transport(protocol);
    }

    private void ip6() {
        int protocol = pick(PROTOCOLS);
        boolean fragment = random.nextInt(4) == 0;
        frame.putInt(0x6000_0000).putShort((short) 40);
        frame.put((byte) (fragment ? IPPROTO_FRAGMENT : protocol)).put((byte) 64);
        hex(IP6[random.nextInt(IP6.length)]);
        hex(IP6[random.nextInt(IP6.length)]);
        if (fragment) {
            frame.put((byte) protocol)
                    .put((byte) 0)
                    .putShort((short) random.nextInt(3))
                    .putInt(random.nextInt());
        }
        transport(protocol);
    }

    private void transport(int protocol) {
        if (protocol == IPPROTO_ICMP || protocol == IPPROTO_ICMPV6) {
            frame.put((byte) (random.nextBoolean() ? 8 : random.nextBoolean() ? 128 : 0))
                    .put(new byte[7]);
            return;
        }
        frame.putShort((short) pick(PORTS)).putShort((short) pick(PORTS));
        if (protocol == IPPROTO_TCP) {
            boolean twice = random.nextInt(8) == 0;
            frame.putInt(twice ? frame.getInt(frame.position() - 4) : random.nextInt())
                    .putInt(random.nextInt());
            frame.put((byte) ((5 + random.nextInt(4)) << 4))
                    .put((byte) random.nextInt(32))
                    .put(new byte[6]);
            if (random.nextBoolean()) {
                frame.putInt(0x4745_5420);
            }
        } else {
            frame.putShort((short) random.nextInt(40)).putShort((short) 0);
        }
    }

    private void arp() {
        frame.putInt(0x0001_0800).putShort((short) 0x0604).putShort((short) (1 + random.nextInt(2)));
        hex(MACS[0]);
        frame.putInt(pick(IP4));
        hex(MACS[1]);
        frame.putInt(pick(IP4));
    }

    private int pick(int[] values) {
        return values[random.nextInt(values.length)];
    }

    private void hex(String digits) {
        frame.put(java.util.HexFormat.of().parseHex(digits));
    }
}
