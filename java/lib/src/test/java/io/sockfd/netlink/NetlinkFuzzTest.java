package io.sockfd.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.Ifaddrmsg;
import io.sockfd.raw.struct.Ifinfomsg;
import io.sockfd.raw.struct.InetDiagMsg;
import io.sockfd.raw.struct.Ndmsg;
import io.sockfd.raw.struct.NetlinkDiagMsg;
import io.sockfd.raw.struct.Nlmsghdr;
import io.sockfd.raw.struct.PacketDiagMsg;
import io.sockfd.raw.struct.Rtmsg;
import io.sockfd.raw.struct.RtnlLinkStats64;
import io.sockfd.raw.struct.UnixDiagMsg;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Damaged replies: whatever is in them, every decoder either reads them or throws the documented exceptions, and ends.
 * {@code -Dnetlink.fuzz=1000000} for more of it, {@code -Dnetlink.fuzz.seed=…} for the same again.
 */
@Timeout(600)
class NetlinkFuzzTest {
    private static final int RUNS = Integer.getInteger("netlink.fuzz", 100_000);
    private static final long SEED = Long.getLong("netlink.fuzz.seed", System.nanoTime());
    private static final int SEQUENCE = 5;
    private static final int PORT = 6;
    private static final int MOST_MESSAGES = 1 << 12;

    private final Random random = new Random(SEED);
    private int strangers;
    private int read;
    private int malformed;

    /** Whole messages, one of each kind, all of them readable. */
    private static List<byte[]> samples() throws IOException {
        InetAddress four = InetAddress.getByName("192.0.2.1");
        InetAddress six = InetAddress.getByName("2001:db8::1");
        List<byte[]> all = new ArrayList<>();
        NetlinkRequest r = new NetlinkRequest();
        r.start(Linux.RTM_NEWLINK, Linux.NLM_F_MULTI).struct(Ifinfomsg.SIZE);
        r.string(Linux.IFLA_IFNAME, "veth0").u32(Linux.IFLA_MTU, 1500).bytes(Linux.IFLA_ADDRESS, new byte[6]);
        r.bytes(Linux.IFLA_STATS64, new byte[RtnlLinkStats64.SIZE]).u8(Linux.IFLA_OPERSTATE, 6);
        r.begin(Linux.IFLA_LINKINFO).string(Linux.IFLA_INFO_KIND, "vlan").begin(Linux.IFLA_INFO_DATA);
        r.u16(Linux.IFLA_VLAN_ID, 7).end().end().begin(Linux.IFLA_PROP_LIST);
        r.string(Linux.IFLA_ALT_IFNAME, "a long name").end();
        all.add(bytes(r));
        int at = r.start(Linux.RTM_NEWADDR, 0).struct(Ifaddrmsg.SIZE);
        Ifaddrmsg.ifa_family(r.buffer(), at, Linux.AF_INET);
        r.inetAddress(Linux.IFA_LOCAL, four)
                .inetAddress(Linux.IFA_ADDRESS, four)
                .string(Linux.IFA_LABEL, "veth0");
        r.u32(Linux.IFA_FLAGS, 128).bytes(Linux.IFA_CACHEINFO, new byte[16]);
        all.add(bytes(r));
        at = r.start(Linux.RTM_NEWROUTE, 0).struct(Rtmsg.SIZE);
        Rtmsg.rtm_family(r.buffer(), at, Linux.AF_INET6);
        r.inetAddress(Linux.RTA_DST, six).u32(Linux.RTA_TABLE, 254).u32(Linux.RTA_OIF, 1);
        r.begin(Linux.RTA_METRICS).u32(Linux.RTAX_MTU, 1400).end();
        all.add(bytes(r));
        r.start(Linux.RTM_NEWROUTE, 0);
        Route.Hop hop = new Route.Hop(four, 1, 2, 0);
        Route.Hop other = new Route.Hop(six, 2, 1, 0);
        RouteRequests.write(
                r,
                "RTM_NEWROUTE",
                Route.to(four, 32).hops(List.of(hop, other)).from(four).via(six));
        all.add(bytes(r));
        at = r.start(Linux.RTM_NEWNEIGH, 0).struct(Ndmsg.SIZE);
        Ndmsg.ndm_family(r.buffer(), at, Linux.AF_INET);
        r.inetAddress(Linux.NDA_DST, four)
                .bytes(Linux.NDA_LLADDR, new byte[6])
                .bytes(Linux.NDA_CACHEINFO, new byte[16]);
        all.add(bytes(r));
        at = r.start(Linux.SOCK_DIAG_BY_FAMILY, 0).struct(InetDiagMsg.SIZE);
        r.buffer().put(at, (byte) Linux.AF_INET6);
        r.bytes(Linux.INET_DIAG_INFO, new byte[248]).string(Linux.INET_DIAG_CONG, "cubic");
        r.bytes(Linux.INET_DIAG_SKMEMINFO, new byte[36])
                .u8(Linux.INET_DIAG_SHUTDOWN, 0)
                .u64(Linux.INET_DIAG_CGROUP_ID, 1);
        r.u32(Linux.INET_DIAG_MARK, 0).u16(Linux.INET_DIAG_SOCKOPT, 0).bytes(Linux.INET_DIAG_VEGASINFO, new byte[16]);
        r.begin(Linux.INET_DIAG_ULP_INFO)
                .string(Linux.INET_ULP_INFO_NAME, "tls")
                .end();
        all.add(bytes(r));
        at = r.start(Linux.SOCK_DIAG_BY_FAMILY, 0).struct(UnixDiagMsg.SIZE);
        r.buffer().put(at, (byte) Linux.AF_UNIX);
        r.string(Linux.UNIX_DIAG_NAME, "/run/x").u64(Linux.UNIX_DIAG_VFS, 1).u32(Linux.UNIX_DIAG_PEER, 1);
        r.u64(Linux.UNIX_DIAG_ICONS, 1).u64(Linux.UNIX_DIAG_RQLEN, 1).u32(Linux.UNIX_DIAG_UID, 0);
        all.add(bytes(r));
        at = r.start(Linux.SOCK_DIAG_BY_FAMILY, 0).struct(PacketDiagMsg.SIZE);
        r.buffer().put(at, (byte) Linux.AF_PACKET);
        r.bytes(Linux.PACKET_DIAG_INFO, new byte[24]).bytes(Linux.PACKET_DIAG_RX_RING, new byte[28]);
        r.u32(Linux.PACKET_DIAG_FANOUT, 1).bytes(Linux.PACKET_DIAG_FILTER, new byte[16]);
        all.add(bytes(r));
        at = r.start(Linux.SOCK_DIAG_BY_FAMILY, 0).struct(NetlinkDiagMsg.SIZE);
        r.buffer().put(at, (byte) Linux.AF_NETLINK);
        r.bytes(Linux.NETLINK_DIAG_GROUPS, new byte[16]).u32(Linux.NETLINK_DIAG_FLAGS, 1);
        all.add(bytes(r));
        r.start(Linux.NLMSG_ERROR, Linux.NLM_F_CAPPED | Linux.NLM_F_ACK_TLVS).struct(20);
        r.buffer().putInt(16, -Linux.EINVAL);
        r.string(Linux.NLMSGERR_ATTR_MSG, "no")
                .u32(Linux.NLMSGERR_ATTR_OFFS, 16)
                .bytes(Linux.NLMSGERR_ATTR_COOKIE, four.getAddress());
        all.add(bytes(r));
        r.start(Linux.NLMSG_DONE, Linux.NLM_F_MULTI).struct(4);
        all.add(bytes(r));
        return all;
    }

    private static byte[] bytes(NetlinkRequest request) {
        ByteBuffer b = request.finish(SEQUENCE);
        Nlmsghdr.nlmsg_pid(b, 0, PORT);
        byte[] copy = new byte[b.remaining()];
        b.get(0, copy);
        return copy;
    }

    @Test
    void everySampleIsReadable() throws IOException {
        for (byte[] sample : samples()) {
            decode(ByteBuffer.wrap(sample).order(ByteOrder.nativeOrder()));
            assertEquals(0, malformed, () -> "damaged: " + HexFormat.of().formatHex(sample));
        }
        assertTrue(read > 0);
    }

    @Test
    void nothingButTheDocumentedExceptions() throws IOException {
        List<byte[]> samples = samples();
        strangers = 1;
        for (int run = 0; run < RUNS; run++) {
            ByteBuffer damaged = damage(samples);
            try {
                decode(damaged);
            } catch (RuntimeException | Error | IOException e) {
                byte[] all = new byte[damaged.capacity()];
                damaged.get(0, all);
                throw new AssertionError(
                        "run " + run + " of -Dnetlink.fuzz.seed=" + SEED + ": "
                                + HexFormat.of().formatHex(all),
                        e);
            }
        }
        assertTrue(read > RUNS / 20, "too few were readable to test anything: " + read);
        assertTrue(malformed > RUNS / 20, "too few were damaged enough: " + malformed);
    }

    /** One to three messages, cut, overwritten at a few places, with lengths that are nearly right. */
    private ByteBuffer damage(List<byte[]> samples) {
        byte[][] parts = new byte[1 + random.nextInt(3)][];
        int size = 0;
        for (int i = 0; i < parts.length; i++) {
            parts[i] = samples.get(random.nextInt(samples.size()));
            size += parts[i].length;
        }
        ByteBuffer b = ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
        for (byte[] part : parts) {
            b.put(part);
        }
        b.clear();
        for (int i = random.nextInt(6); i > 0; i--) {
            int at = random.nextInt(size - 1);
            switch (random.nextInt(5)) {
                case 0 -> b.put(at, (byte) random.nextInt());
                case 1 -> b.put(at, (byte) random.nextInt(10));
                case 2 -> b.putShort(at & ~3, (short) random.nextInt(64));
                case 3 -> b.putShort(at & ~3, (short) -random.nextInt(3));
                default -> b.put(at, (byte) (b.get(at) ^ 1 << random.nextInt(8)));
            }
        }
        return random.nextInt(4) == 0 ? b.limit(random.nextInt(size)) : b;
    }

    private void decode(ByteBuffer b) throws IOException {
        Replies replies = new Replies(new NetlinkRequest().start(Linux.RTM_GETLINK, 0));
        replies.portId(PORT);
        replies.begin(SEQUENCE);
        replies.received(b, b.limit());
        int messages = 0;
        try {
            while (replies.next() == Replies.Step.MESSAGE) {
                assertTrue(++messages < MOST_MESSAGES, "it does not end");
                message(replies.message());
            }
        } catch (NetlinkException e) {
            read++;
        } catch (MalformedMessageException e) {
            malformed++;
        }
    }

    /** As every kind, whatever it says that it is. */
    private void message(NetlinkMessage message) {
        List<Step> decoders = List.of(
                () -> Link.decode(message).toString(),
                () -> LinkAddress.decode(message).toString(),
                () -> Route.decode(message).toString(),
                () -> Neighbour.decode(message).toString(),
                () -> Change.decode(message).toString(),
                () -> {
                    InetSocketView view = new InetSocketView();
                    view.set(message, Linux.IPPROTO_TCP);
                    return view.copy() + " " + view.tcpInfo() + view.tcpCcInfo() + view.congestion() + view.memory()
                            + view.upperLayer() + view.mark() + view.cgroupId() + view.timerName() + view.shutdown();
                },
                () -> {
                    UnixSocketView view = new UnixSocketView();
                    view.set(message);
                    return view.copy() + " " + view.waiting().length + view.fileInode() + view.receiveQueue()
                            + view.memory() + view.uid();
                },
                () -> {
                    PacketSocketView view = new PacketSocketView();
                    view.set(message);
                    return view.copy() + " " + view.version() + view.fanout() + view.memory();
                },
                () -> {
                    NetlinkSocketView view = new NetlinkSocketView();
                    view.set(message);
                    return view.copy() + " " + view.groups() + view.flags() + view.memory();
                });
        for (int i = 0; i <= strangers; i++) {
            Step step = decoders.get(i == 0 ? fitting(message) : random.nextInt(decoders.size()));
            try {
                read += step.text().isEmpty() ? 0 : 1;
            } catch (MalformedMessageException e) {
                malformed++;
            }
        }
    }

    /** The decoder for what the message says that it is. */
    private static int fitting(NetlinkMessage message) {
        if (message.type() != Linux.SOCK_DIAG_BY_FAMILY || message.payloadLength() == 0) {
            return 4;
        }
        return switch (message.buffer().get(message.payloadOffset())) {
            case Linux.AF_INET -> 4; // RTM_NEWADDR has the same number, and the samples of sock_diag are of IPv6
            case Linux.AF_UNIX -> 6;
            case Linux.AF_PACKET -> 7;
            case Linux.AF_NETLINK -> 8;
            default -> 5;
        };
    }

    private interface Step {
        String text() throws MalformedMessageException;
    }
}
