package io.sockfd.packet;

import io.sockfd.raw.Linux;
import java.nio.ByteBuffer;

/** Seeded frames of every protocol that {@link Packet} knows, tunnels in tunnels included; all are sound. */
public final class RandomFrames {
    private static final int DEEPEST = 4;
    private static final int TAGGED = 0x88a8;

    private final Dice dice;
    private final RandomTransports transports;
    private final PacketBuilder builder = new PacketBuilder();

    public RandomFrames(long seed) {
        dice = new Dice(seed);
        transports = new RandomTransports(dice);
    }

    /** The next frame of a link type. */
    public ByteBuffer next(int linkType) {
        switch (linkType) {
            case LinkType.EN10MB -> ethernet(0);
            case LinkType.LINUX_SLL -> {
                builder.linuxSll(s -> s.packetType(dice.below(5))
                        .hardwareType(Linux.ARPHRD_ETHER)
                        .source(dice.mac()));
                network(0);
            }
            case LinkType.LINUX_SLL2 -> {
                builder.linuxSll2(s -> s.packetType(dice.below(5))
                        .hardwareType(Linux.ARPHRD_ETHER)
                        .interfaceIndex(dice.u8())
                        .source(dice.mac()));
                network(0);
            }
            case LinkType.RAW -> ip(0);
            case LinkType.LOOP, LinkType.NULL -> {
                boolean six = dice.flip();
                ByteBuffer family = ByteBuffer.allocate(4).putInt(0, six ? 24 : Linux.AF_INET);
                builder.payload(family);
                ip(0, six);
            }
            default -> throw new IllegalArgumentException("link type " + linkType);
        }
        return builder.build();
    }

    private void ethernet(int depth) {
        if (dice.oneIn(50)) {
            discovery();
            return;
        }
        boolean service = dice.oneIn(12);
        builder.ethernet(e -> e.source(dice.mac()).destination(dice.mac()).etherType(service ? TAGGED : 0));
        for (int tags = service ? 1 + dice.below(2) : dice.oneIn(4) ? 1 + dice.below(3) : 0; tags > 0; tags--) {
            builder.vlan(v -> v.vid(dice.below(4096)).pcp(dice.below(8)).dei(dice.flip()));
        }
        switch (dice.below(12)) {
            case 0 -> {
                if (dice.flip() && !service) { // tshark takes none behind a service tag
                    llc(depth);
                } else {
                    network(depth);
                }
            }
            case 1 -> {
                for (int labels = 1 + dice.below(3); labels > 0; labels--) {
                    builder.mpls(m -> m.label(16 + dice.below(1 << 19))
                            .trafficClass(dice.below(8))
                            .ttl(dice.u8()));
                }
                ip(depth);
            }
            case 2 -> pppoe(depth);
            default -> network(depth);
        }
    }

    private void llc(int depth) {
        if (dice.flip()) {
            builder.llc(l -> l.snap(0));
            network(depth);
        } else {
            builder.llc(l -> l.dsap(0x42).ssap(0x42).control(3)).payload(dice.data());
        }
    }

    /** Of PPPoE, a message of eight bytes with an empty tag. */
    private void discovery() {
        builder.ethernet(e -> e.source(dice.mac()).destination(dice.mac()).etherType(0x8863));
        builder.pppoe(p -> {
            p.put8(1, dice.of(0x09, 0x07, 0x19, 0x65, 0xa7), "code").sessionId(dice.u16());
            p.length = Pppoe.SIZE;
        });
        builder.payload((byte) 1, (byte) 1, (byte) 0, (byte) 0);
    }

    private void pppoe(int depth) {
        builder.pppoe(p -> p.sessionId(dice.u16()));
        ip(depth);
    }

    private void network(int depth) {
        if (dice.oneIn(12)) {
            builder.arp(a -> a.operation(1 + dice.below(4))
                    .senderHardware(dice.mac())
                    .senderProtocol(dice.v4())
                    .targetHardware(dice.mac())
                    .targetProtocol(dice.v4()));
        } else {
            ip(depth);
        }
    }

    private void ip(int depth) {
        ip(depth, dice.below(5) < 2);
    }

    private void ip(int depth, boolean six) {
        int deep = depth == DEEPEST ? 0 : dice.below(8);
        int protocol = deep != 0 || !dice.oneIn(6) ? 0 : six ? Linux.IPPROTO_SCTP : dice.of(Linux.IPPROTO_SCTP, 2);
        if (six) {
            ipv6(protocol);
        } else {
            ipv4(protocol);
        }
        boolean authentic = protocol == 0 && dice.oneIn(10);
        if (authentic) {
            builder.ah(a -> a.spi(dice.u32()).sequenceNumber(dice.u32()).icv(dice.bytes(4 * dice.below(4))));
        }
        if (protocol != 0) {
            builder.payload(protocol == 2 ? transports.igmp() : transports.sctp());
            return;
        }
        switch (deep) {
            case 1 -> gre(depth + 1);
            case 2 -> ip(depth + 1);
            case 3 -> {
                if (dice.flip()) {
                    vxlan(depth + 1);
                } else {
                    geneve(depth + 1);
                }
            }
            default -> transports.transport(builder, six);
        }
    }

    private void ipv4(int protocol) {
        builder.ipv4(ip -> {
            ip.source(dice.v4()).destination(dice.v4()).ttl(1 + dice.below(255)).tos(dice.u8());
            ip.identification(dice.u16()).dontFragment(dice.flip()).protocol(protocol);
            if (dice.oneIn(20)) {
                ip.moreFragments(dice.flip()).fragmentOffset(1 + dice.below(500));
            }
            Ipv4Options options = ip.options();
            switch (dice.below(40)) {
                case 0 -> options.routerAlert(dice.below(2));
                case 1 -> options.recordRoute(1 + dice.below(9));
                case 2 -> options.nop().looseSourceRoute(dice.v4(), dice.v4());
                case 3 -> options.timestamp(Ipv4Options.TIMESTAMPS_ONLY, 1 + dice.below(9));
                case 4 -> options.nop().strictSourceRoute(dice.v4());
                default -> {
                    // none
                }
            }
        });
    }

    private void ipv6(int protocol) {
        int headers = dice.oneIn(3) ? dice.below(32) : 0;
        builder.ipv6(ip -> {
            ip.source(dice.v6()).destination(dice.v6()).hopLimit(1 + dice.below(255));
            ip.trafficClass(dice.u8()).flowLabel(dice.below(1 << 20));
            if (protocol != 0 && headers == 0) {
                ip.nextHeader(protocol);
            }
        });
        boolean last = (headers & 16) != 0 || (protocol != 0 && headers != 0);
        if ((headers & 1) != 0) {
            builder.hopByHop(h -> {
                if (dice.flip()) {
                    h.options().routerAlert(dice.below(3));
                }
                h.options().append(0x3e, dice.bytes(dice.below(20)));
            });
        }
        if ((headers & 2) != 0) {
            builder.routing(this::route);
        }
        if ((headers & 4) != 0) {
            boolean later = (headers & 8) != 0;
            builder.fragment(f -> f.identification(dice.u32())
                    .fragmentOffset(later ? 1 + dice.below(500) : 0)
                    .moreFragments(dice.flip()));
        }
        if (last) {
            builder.destinationOptions(h -> {
                h.options().append(Ipv6OptionList.TUNNEL_ENCAPSULATION_LIMIT, (byte) dice.u8());
                if (protocol != 0) {
                    h.put8(0, protocol, "nextHeader");
                }
            });
        }
    }

    private void route(Ipv6Routing r) {
        int type = dice.of(Ipv6Routing.SOURCE_ROUTE, Ipv6Routing.MOBILE, Ipv6Routing.SEGMENT_ROUTING);
        if (type == Ipv6Routing.MOBILE) {
            r.route(type, dice.v6()).segmentsLeft(1);
        } else {
            r.route(type, dice.v6(), dice.v6()).segmentsLeft(dice.below(2));
        }
    }

    /** With any of the fields that it may have. */
    private void gre(int depth) {
        int flags = dice.flip() ? 0 : dice.of(0x8000, 0x2000, 0x1000, 0xa000, 0xb000, 0x3000);
        builder.gre(g -> {
            g.put16(0, flags, "flags");
            for (int field = Integer.bitCount(flags); field > 0; field--) {
                g.put32(g.length, dice.u32(), "a field");
                g.length += Integer.BYTES;
            }
        });
        carried(depth);
    }

    private void carried(int depth) {
        switch (dice.below(4)) {
            case 0 -> ethernet(depth);
            case 1 -> network(depth);
            default -> ip(depth);
        }
    }

    private void vxlan(int depth) {
        builder.udp(u -> u.sourcePort(dice.port()).destinationPort(Vxlan.PORT));
        builder.vxlan(v -> v.vni(dice.below(1 << 24)).put8(0, dice.of(8, 8, 8, 0), "flags"));
        ethernet(depth);
    }

    private void geneve(int depth) {
        builder.udp(u -> u.sourcePort(dice.port()).destinationPort(Geneve.PORT));
        builder.geneve(g -> {
            g.vni(dice.below(1 << 24)).put8(1, dice.of(0, 0x40), "flags");
            for (int options = dice.below(3); options > 0; options--) {
                int words = dice.below(4);
                g.put16(g.length, 0xfff0 + dice.below(16), "class").put8(g.length + 2, dice.below(128), "type");
                g.put8(g.length + 3, words, "length");
                g.put(g.length + 4, dice.bytes(4 * words));
                g.length += 4 + 4 * words;
            }
            g.put8(0, (g.length - Geneve.SIZE) / 4, "length of the options");
        });
        carried(depth);
    }
}
