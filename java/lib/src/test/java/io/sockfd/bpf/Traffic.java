package io.sockfd.bpf;

import static io.sockfd.raw.Linux.*;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;

/** Packets of all encapsulations that filters know, from a seed, some of them cut. */
final class Traffic {
    private static final String[] MACS = {"020000000001", "020000000002", "ffffffffffff", "01005e000001"};
    private static final int[] IP4 = {
        0x0a00_0001, 0x0a00_0002, 0xc0a8_0105, 0xc0a8_01ff, 0xe000_0001, 0x7f00_0001, 0x0a01_0003
    };
    private static final String[] IP6 = {
        "20010db8000000000000000000000001",
        "20010db8000000000000000000000002",
        "fe800000000000000000000000000001",
        "ff020000000000000000000000000001",
        "00000000000000000000000000000001",
    };
    private static final int[] PORTS = {80, 443, 53, 22, 21, 20, 123, 6081, 4789, 1024};
    private static final int[] PROTOCOLS = {
        IPPROTO_TCP,
        IPPROTO_TCP,
        IPPROTO_TCP,
        IPPROTO_UDP,
        IPPROTO_UDP,
        IPPROTO_UDP,
        IPPROTO_ICMP,
        IPPROTO_ICMPV6,
        IPPROTO_SCTP,
        IPPROTO_IGMP,
        IPPROTO_ESP,
        IPPROTO_PIM,
        112,
        9,
    };
    private static final int DEEPEST = 3;

    private final Random random;
    private final ByteBuffer frame = ByteBuffer.allocate(2048);
    private int depth;

    Traffic(long seed) {
        random = new Random(seed);
    }

    /** The next packet. */
    byte[] next(Framing link) {
        frame.clear();
        depth = 0;
        switch (link) {
            case ETHERNET -> ethernet();
            case LINUX_SLL -> {
                frame.putShort((short) random.nextInt(5)).put(new byte[12]);
                typed();
            }
            case LINUX_SLL2 -> {
                int at = frame.position();
                frame.position(at + 18);
                typed();
                short type = frame.getShort(at + 18);
                System.arraycopy(frame.array(), at + 20, frame.array(), at + 18, frame.position() - at - 20);
                frame.position(frame.position() - 2);
                byte[] rest = new byte[frame.position() - at - 18];
                frame.get(at + 18, rest);
                frame.position(at);
                frame.putShort(type)
                        .putShort((short) 0)
                        .putInt(random.nextInt(4))
                        .putShort((short) 1);
                frame.put((byte) random.nextInt(5)).put(new byte[9]).put(rest);
            }
            case PPP, PPP_HDLC -> {
                frame.putShort((short) 0xff03);
                ppp();
            }
            case PPP_ETHER -> {
                frame.putShort((short) 0x1100).putShort((short) 5).putShort((short) 64);
                ppp();
            }
            case C_HDLC -> {
                frame.putShort((short) 0x0f00);
                typed();
            }
            case NULL, LOOP -> {
                boolean four = random.nextBoolean();
                int family = four ? 2 : 10;
                frame.putInt(link == Framing.LOOP ? family : Integer.reverseBytes(family));
                ip(four);
            }
            default -> ip(random.nextBoolean());
        }
        frame.flip();
        int kept = random.nextInt(6) == 0 ? random.nextInt(frame.limit() + 1) : frame.limit();
        byte[] bytes = new byte[kept];
        frame.get(bytes);
        return bytes;
    }

    private void ethernet() {
        hex(MACS[random.nextInt(MACS.length)]);
        hex(MACS[random.nextInt(2)]);
        while (random.nextInt(4) == 0) {
            frame.putShort((short) (random.nextBoolean() ? ETH_P_8021Q : ETH_P_8021AD));
            frame.putShort((short) (random.nextInt(8) << 13 | random.nextInt(3) + 4));
        }
        if (random.nextInt(8) == 0) {
            llc();
        } else {
            typed();
        }
    }

    private void llc() {
        frame.putShort((short) (40 + random.nextInt(100)));
        switch (random.nextInt(6)) {
            case 0 -> frame.putInt(0xfefe_0383).put(new byte[3]).put((byte) (14 + random.nextInt(14)));
            case 1 -> frame.putInt(0x4242_0300);
            case 2 -> {
                frame.putInt(0xaaaa_0300).put((byte) 0);
                typed();
            }
            case 3 -> frame.putInt(0xaaaa_0308).putInt(0x0007_809b);
            case 4 -> frame.putShort((short) 0xe0e0).put((byte) random.nextInt(256));
            default -> frame.putShort((short) 0xf0f0).put((byte) random.nextInt(256));
        }
        tail();
    }

    /** An Ethernet type and what it says. */
    private void typed() {
        int kind = random.nextInt(16);
        if (kind < 6) {
            frame.putShort((short) ETH_P_IP);
            ip(true);
        } else if (kind < 10) {
            frame.putShort((short) ETH_P_IPV6);
            ip(false);
        } else if (kind == 10) {
            frame.putShort((short) (random.nextBoolean() ? ETH_P_ARP : ETH_P_RARP));
            arp();
        } else if (kind == 11) {
            frame.putShort((short) 0x8847);
            mpls();
        } else if (kind == 12) {
            frame.putShort((short) 0x8864).putShort((short) 0x1100);
            frame.putShort((short) (4 + random.nextInt(3))).putShort((short) 64);
            ppp();
        } else if (kind == 13) {
            frame.putShort((short) 0x6003).put(new byte[] {0x26, 0});
            frame.put((byte) (random.nextBoolean() ? 2 : 6))
                    .put((byte) 2)
                    .put((byte) 4)
                    .put((byte) 2)
                    .put((byte) 4);
            tail();
        } else {
            int[] types = {0x8863, 0x809b, 0x80f3, 0x8137, 0x6002, 0x6004, 0x9000, 0x88cc, 4, 1};
            frame.putShort((short) types[random.nextInt(types.length)]);
            tail();
        }
    }

    private void ppp() {
        int kind = random.nextInt(6);
        int[] types = {0x0021, 0x0057, 0x0281, 0x0023, 0xc021, 0x002b};
        frame.putShort((short) types[kind]);
        if (kind < 2) {
            ip(kind == 0);
        } else if (kind == 2) {
            mpls();
        } else {
            frame.put((byte) 0x83).put(new byte[3]).put((byte) (14 + random.nextInt(14)));
            tail();
        }
    }

    private void mpls() {
        int labels = 1 + random.nextInt(3);
        for (int i = 1; i <= labels; i++) {
            frame.putInt((random.nextInt(3) + 5) << 12 | (i == labels ? 0x100 : 0) | 64);
        }
        ip(random.nextBoolean());
    }

    private void ip(boolean four) {
        if (four) {
            ip4();
        } else {
            ip6();
        }
    }

    private void ip4() {
        int words = 5 + (random.nextInt(4) == 0 ? random.nextInt(3) : 0);
        frame.put((byte) (0x40 | words)).put((byte) random.nextInt(8)).putShort((short) (20 + random.nextInt(80)));
        frame.putShort((short) random.nextInt());
        frame.putShort((short) (random.nextInt(6) == 0 ? random.nextInt(0x2004) : 0x4000));
        int protocol = pick(PROTOCOLS);
        frame.put((byte) random.nextInt(8)).put((byte) protocol);
        frame.putShort((short) 0).putInt(pick(IP4)).putInt(pick(IP4));
        for (int i = 5; i < words; i++) {
            frame.putInt(0x0101_0101);
        }
        transport(protocol);
    }

    private void ip6() {
        int protocol = pick(PROTOCOLS);
        int at = frame.position();
        frame.putInt(0x6000_0000).putShort((short) 40).put((byte) protocol).put((byte) 64);
        hex(IP6[random.nextInt(IP6.length)]);
        hex(IP6[random.nextInt(IP6.length)]);
        int next = at + 6;
        for (int i = random.nextInt(3) == 0 ? random.nextInt(4) : 0; i > 0; i--) {
            int[] headers = {IPPROTO_HOPOPTS, IPPROTO_DSTOPTS, IPPROTO_ROUTING, IPPROTO_FRAGMENT};
            int header = pick(headers);
            frame.put(next, (byte) header);
            next = frame.position();
            int units = header == IPPROTO_FRAGMENT ? 0 : random.nextInt(2);
            frame.put((byte) protocol).put((byte) units).put(new byte[6 + units * 8]);
        }
        transport(protocol);
    }

    private void transport(int protocol) {
        int destination = pick(PORTS);
        if (protocol == IPPROTO_ICMP || protocol == IPPROTO_ICMPV6) {
            frame.put((byte) (random.nextBoolean() ? 8 : random.nextBoolean() ? 128 : 0))
                    .put(new byte[7]);
            tail();
            return;
        }
        frame.putShort((short) pick(PORTS)).putShort((short) destination);
        if (protocol == IPPROTO_TCP) {
            frame.putInt(random.nextInt()).putInt(random.nextInt());
            frame.put((byte) ((5 + random.nextInt(3)) << 4))
                    .put((byte) random.nextInt(64))
                    .put(new byte[6]);
        } else {
            frame.putShort((short) random.nextInt(40)).putShort((short) 0);
            if (protocol == IPPROTO_UDP && (destination == 6081 || destination == 4789) && depth < DEEPEST) {
                depth++;
                tunnel(destination == 6081);
                return;
            }
        }
        tail();
    }

    private void tunnel(boolean geneve) {
        boolean inner = !geneve || random.nextBoolean();
        boolean four = random.nextBoolean();
        int words = geneve ? random.nextInt(3) : 0;
        frame.put((byte) (geneve ? words : random.nextInt(8) == 0 ? 0 : 8)).put((byte) 0);
        frame.putShort((short) (!geneve ? 0 : inner ? 0x6558 : four ? ETH_P_IP : ETH_P_IPV6));
        frame.putInt((4 + random.nextInt(3)) << 8).put(new byte[4 * words]);
        if (inner) {
            ethernet();
        } else {
            ip(four);
        }
    }

    private void arp() {
        frame.putInt(0x0001_0800).putShort((short) 0x0604).putShort((short) (1 + random.nextInt(2)));
        hex(MACS[0]);
        frame.putInt(pick(IP4));
        hex(MACS[1]);
        frame.putInt(pick(IP4));
        tail();
    }

    private void tail() {
        byte[] tail = new byte[random.nextInt(64)];
        random.nextBytes(tail);
        frame.put(tail);
    }

    private int pick(int[] values) {
        return values[random.nextInt(values.length)];
    }

    private void hex(String digits) {
        frame.put(HexFormat.of().parseHex(digits));
    }
}
