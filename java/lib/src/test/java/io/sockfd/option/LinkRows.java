package io.sockfd.option;

import static io.sockfd.option.Family.NETLINK;
import static io.sockfd.option.Family.PACKET;
import static io.sockfd.option.Family.UDP;
import static io.sockfd.option.Family.UDP4;
import static io.sockfd.option.Family.VSOCK;
import static io.sockfd.option.Family.XDP;
import static io.sockfd.option.NetlinkOptions.*;
import static io.sockfd.option.PacketOptions.*;
import static io.sockfd.option.Row.row;
import static io.sockfd.option.Row.toggle;
import static io.sockfd.option.UdpOptions.*;
import static io.sockfd.option.VsockOptions.*;
import static io.sockfd.option.XdpOptions.*;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Errno;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.SockaddrLl;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/** UDP, packet, netlink, VSOCK and XDP sockets. */
final class LinkRows {
    private static final int LO = 1;
    private static final int BLOCK = 4096;
    private static final int FRAME = 2048;
    private static final TpacketReq RING = new TpacketReq(BLOCK, 4, FRAME, 8);
    private static final int ENTRIES = 64;
    private static final String VMCI = "VMware's VMCI";

    private LinkRows() {}

    static void add(List<Row<?>> rows) {
        udp(rows);
        packet(rows);
        packetSpecial(rows);
        netlink(rows);
        vsock(rows);
        xdp(rows);
    }

    private static void udp(List<Row<?>> rows) {
        rows.add(toggle(UDP_CORK, UDP));
        rows.add(row(UDP_ENCAP, UDP).reads(0).refuses(99, Errno.ENOPROTOOPT));
        rows.add(row(UDP_ENCAP, UDP4).sets(Linux.UDP_ENCAP_L2TPINUDP));
        rows.add(toggle(UDP_GRO, UDP));
        rows.add(toggle(UDP_NO_CHECK6_RX, UDP));
        rows.add(toggle(UDP_NO_CHECK6_TX, UDP));
        rows.add(row(UDP_SEGMENT, UDP).reads(0).sets(1400).sets(65_535).sets(0).refuses(65_536, Errno.EINVAL));
    }

    private static void packet(List<Row<?>> rows) {
        rows.add(toggle(PACKET_AUXDATA, PACKET));
        rows.add(row(PACKET_COPY_THRESH, PACKET).reads(0).sets(100));
        rows.add(toggle(PACKET_IGNORE_OUTGOING, PACKET));
        rows.add(toggle(PACKET_LOSS, PACKET));
        rows.add(toggle(PACKET_ORIGDEV, PACKET));
        rows.add(toggle(PACKET_QDISC_BYPASS, PACKET));
        rows.add(row(PACKET_RESERVE, PACKET).reads(0L).sets(64L).refuses(0xffff_ffffL, Errno.EINVAL));
        rows.add(row(PACKET_TIMESTAMP, PACKET).reads(0).sets(Linux.SOF_TIMESTAMPING_RAW_HARDWARE));
        rows.add(toggle(PACKET_TX_HAS_OFF, PACKET));
        rows.add(row(PACKET_VERSION, PACKET)
                .reads(Linux.TPACKET_V1)
                .sets(Linux.TPACKET_V3)
                .refuses(9, Errno.EINVAL)
                .then(fd -> PACKET_RX_RING.set(fd, RING))
                .refuses(Linux.TPACKET_V1, Errno.EBUSY));
        rows.add(toggle(PACKET_VNET_HDR, PACKET));
        rows.add(row(PACKET_VNET_HDR_SZ, PACKET)
                .since(6, 6)
                .reads(0)
                .sets(10)
                .sets(12)
                .sets(0)
                .refuses(11, Errno.EINVAL));
        rows.add(row(PACKET_HDRLEN, PACKET).readsFor(Linux.TPACKET_V2, 32).readsFor(Linux.TPACKET_V3, 48));
    }

    private static void packetSpecial(List<Row<?>> rows) {
        PacketMreq promiscuous = PacketMreq.promiscuous(LO);
        rows.add(row(PACKET_ADD_MEMBERSHIP, PACKET)
                .takes(promiscuous)
                .takes(PacketMreq.allMulticast(LO))
                .refuses(PacketMreq.promiscuous(1 << 30), Errno.ENODEV));
        rows.add(row(PACKET_DROP_MEMBERSHIP, PACKET)
                .then(fd -> PACKET_ADD_MEMBERSHIP.set(fd, promiscuous))
                .takes(promiscuous)
                .takes(promiscuous)); // one that is not there is no error
        // the group's number is this process's, since groups are of the whole network namespace
        int group = (int) (ProcessHandle.current().pid() & 0xffff);
        FanoutArgs fanout = new FanoutArgs(group, Linux.PACKET_FANOUT_HASH | Linux.PACKET_FANOUT_FLAG_ROLLOVER);
        rows.add(row(PACKET_FANOUT, PACKET)
                .reads(new FanoutArgs(0, 0))
                .refuses(fanout, Errno.EINVAL) // not bound
                .then(LinkRows::bindToLoopback)
                .sets(fanout));
        rows.add(row(PACKET_FANOUT_DATA, PACKET)
                .refuses(FilterProgram.accept(1), Errno.EINVAL) // not in a group
                .then(LinkRows::bindToLoopback)
                .then(fd -> PACKET_FANOUT.set(fd, new FanoutArgs(group ^ 1, Linux.PACKET_FANOUT_CBPF)))
                .takes(FilterProgram.accept(1)));
        rows.add(row(PACKET_ROLLOVER_STATS, PACKET)
                .unreadable(Errno.EINVAL)
                .then(LinkRows::bindToLoopback)
                .then(fd -> PACKET_FANOUT.set(fd, new FanoutArgs(group ^ 2, fanout.typeFlags())))
                .reads(new TpacketRolloverStats(0, 0, 0)));
        rows.add(row(PACKET_RX_RING, PACKET)
                .takes(RING)
                .takes(TpacketReq.NONE)
                .refuses(new TpacketReq(BLOCK + 1, 4, FRAME, 8), Errno.EINVAL));
        rows.add(row(PACKET_TX_RING, PACKET).takes(RING).takes(TpacketReq.NONE));
        rows.add(row(PACKET_STATISTICS, PACKET)
                .reads("two counters", s -> s.drops() == 0 && s.freezeQCount().isEmpty())
                .then(fd -> PACKET_VERSION.set(fd, Linux.TPACKET_V3))
                .reads("three counters", s -> s.freezeQCount().orElse(-1) == 0));
    }

    private static void bindToLoopback(int fd) throws java.io.IOException {
        ByteBuffer address = Memory.allocate(SockaddrLl.SIZE);
        SockaddrLl.sll_family(address, 0, Linux.AF_PACKET);
        SockaddrLl.sll_protocol(address, 0, Linux.ETH_P_ALL);
        SockaddrLl.sll_ifindex(address, 0, LO);
        Family.call("bind", address, at -> Libc.get().bind(fd, at, SockaddrLl.SIZE));
    }

    private static void netlink(List<Row<?>> rows) {
        rows.add(row(NETLINK_ADD_MEMBERSHIP, NETLINK)
                .takes(Linux.RTNLGRP_LINK)
                .then(fd -> assertTrue((NETLINK_LIST_MEMBERSHIPS.get(fd)[0] & 1) != 0))
                .refuses(100_000, Errno.EINVAL));
        rows.add(row(NETLINK_DROP_MEMBERSHIP, NETLINK)
                .then(fd -> NETLINK_ADD_MEMBERSHIP.set(fd, Linux.RTNLGRP_LINK))
                .takes(Linux.RTNLGRP_LINK)
                .then(fd -> assertArrayEquals(new int[2], head(NETLINK_LIST_MEMBERSHIPS.get(fd)))));
        rows.add(row(NETLINK_LIST_MEMBERSHIPS, NETLINK).reads(new int[0]));
        rows.add(toggle(NETLINK_BROADCAST_ERROR, NETLINK));
        rows.add(toggle(NETLINK_CAP_ACK, NETLINK));
        rows.add(toggle(NETLINK_EXT_ACK, NETLINK));
        rows.add(toggle(NETLINK_GET_STRICT_CHK, NETLINK));
        rows.add(toggle(NETLINK_LISTEN_ALL_NSID, NETLINK));
        rows.add(toggle(NETLINK_NO_ENOBUFS, NETLINK));
        rows.add(toggle(NETLINK_PKTINFO, NETLINK));
    }

    private static int[] head(int[] groups) {
        return java.util.Arrays.copyOf(groups, 2);
    }

    private static void vsock(List<Row<?>> rows) {
        rows.add(row(SO_VM_SOCKETS_BUFFER_MAX_SIZE, VSOCK)
                .reads("positive", n -> n > 0)
                .sets(1_000_000L));
        rows.add(row(SO_VM_SOCKETS_BUFFER_MIN_SIZE, VSOCK)
                .reads("positive", n -> n > 0)
                .sets(4096L));
        rows.add(row(SO_VM_SOCKETS_BUFFER_SIZE, VSOCK)
                .reads("positive", n -> n > 0)
                .sets(65_536L));
        rows.add(row(SO_VM_SOCKETS_CONNECT_TIMEOUT, VSOCK)
                .reads(Duration.ofSeconds(2))
                .sets(Duration.ofMillis(2500))
                .sets(Duration.ZERO, Duration.ofSeconds(2))); // 0 is the default
        rows.add(row(SO_VM_SOCKETS_CONNECT_TIMEOUT_NEW, VSOCK)
                .since(5, 16)
                .reads(Duration.ofSeconds(2))
                .sets(Duration.ofMillis(2500)));
        rows.add(row(SO_VM_SOCKETS_NONBLOCK_TXRX, VSOCK).sets(true).optional(VMCI));
        rows.add(row(SO_VM_SOCKETS_PEER_HOST_VM_ID, VSOCK)
                .reads("a number", n -> n >= 0)
                .optional(VMCI));
        rows.add(row(SO_VM_SOCKETS_TRUSTED, VSOCK).reads(false).optional(VMCI));
    }

    private static void xdp(List<Row<?>> rows) {
        rows.add(row(XDP_MMAP_OFFSETS, XDP)
                .reads("offsets", o -> o.rx().desc() > o.rx().consumer() && o.cr().flags() > 0));
        rows.add(row(XDP_OPTIONS, XDP).since(5, 3).reads(0));
        rows.add(row(XDP_STATISTICS, XDP).reads(new XdpStatistics(0, 0, 0, 0, 0, 0)));
        rows.add(row(XDP_RX_RING, XDP).takes(ENTRIES).refuses(ENTRIES, Errno.EINVAL)); // one is enough
        rows.add(row(XDP_TX_RING, XDP).refuses(ENTRIES - 1, Errno.EINVAL).takes(ENTRIES));
        rows.add(row(XDP_UMEM_FILL_RING, XDP).refuses(ENTRIES - 1, Errno.EINVAL).takes(ENTRIES));
        rows.add(row(XDP_UMEM_COMPLETION_RING, XDP)
                .refuses(ENTRIES - 1, Errno.EINVAL)
                .takes(ENTRIES));
        rows.add(row(XDP_UMEM_REG, XDP).then(LinkRows::register));
    }

    private static void register(int fd) throws Exception {
        long length = (long) BLOCK * ENTRIES;
        long address = Libc.get()
                .mmap(0, length, Linux.PROT_READ | Linux.PROT_WRITE, Linux.MAP_PRIVATE | Linux.MAP_ANONYMOUS, -1, 0);
        assertTrue(address > 0, () -> "mmap: " + address);
        try {
            XDP_UMEM_REG.set(fd, new XdpUmemReg(address, length, FRAME));
            XDP_UMEM_FILL_RING.set(fd, ENTRIES);
            XDP_UMEM_COMPLETION_RING.set(fd, ENTRIES);
        } finally {
            Libc.get().munmap(address, length);
        }
    }
}
