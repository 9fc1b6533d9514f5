package io.sockfd.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Errno;
import io.sockfd.Socket;
import io.sockfd.option.NetlinkOptions;
import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.Ifinfomsg;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The connection, and the watch on top of it. */
@Timeout(60)
@Tag("once")
class NetlinkIT {
    private static final int LONG = 48 * 1024; // than the 32 KiB of a dump

    private static int dumpLinks(Netlink netlink) throws IOException {
        int unused = netlink.dump(Linux.RTM_GETLINK, 0).struct(Ifinfomsg.SIZE);
        netlink.send();
        int messages = 0;
        while (netlink.next()) {
            assertEquals(Linux.RTM_NEWLINK, netlink.message().type());
            assertEquals(netlink.portId(), netlink.message().portId());
            assertNotEquals("", Link.decode(netlink.message()).name());
            messages++;
        }
        return messages;
    }

    @Test
    void aReplyMayBeLong() throws IOException {
        try (Netlink netlink = Netlink.open(Linux.NETLINK_ROUTE)) {
            netlink.socket().setOption(NetlinkOptions.NETLINK_CAP_ACK, false); // an error quotes the whole request
            NetlinkRequest request = netlink.request(0x7ff0, 0);
            int unused = request.struct(LONG);
            NetlinkException e = assertThrows(NetlinkException.class, netlink::execute);
            assertEquals(Errno.EOPNOTSUPP, e.errno());
            assertTrue(dumpLinks(netlink) > 0);
        }
    }

    @Test
    void aRequestMayBeSentWhileRepliesAreLeft() throws IOException {
        try (Netlink netlink = Netlink.open(Linux.NETLINK_ROUTE)) {
            for (int i = 0; i < 20; i++) {
                int unused = netlink.dump(Linux.RTM_GETLINK, 0).struct(Ifinfomsg.SIZE);
                netlink.send();
                assertTrue(i % 2 == 0 || netlink.next());
            }
            assertTrue(dumpLinks(netlink) > 0);
            assertFalse(netlink.dumpInterrupted());
            assertEquals(ExtendedAck.NONE, netlink.warning());
        }
    }

    @Test
    void anUnknownRequestIsRefusedAndTheConnectionGoesOn() throws IOException {
        try (Netlink netlink = Netlink.open(Linux.NETLINK_ROUTE)) {
            int unused = netlink.request(0x7ff0, 0).struct(Ifinfomsg.SIZE);
            NetlinkException e = assertThrows(NetlinkException.class, netlink::execute);
            assertEquals(Errno.EOPNOTSUPP, e.errno());
            assertEquals("netlink(type 32752): EOPNOTSUPP (Operation not supported)", e.getMessage());
            // strict: a header that asks for nothing known
            int at = netlink.dump(Linux.RTM_GETLINK, 0).struct(Ifinfomsg.SIZE);
            Ifinfomsg.ifi_flags(netlink.dump(Linux.RTM_GETLINK, 0).buffer(), at, 1);
            assertTrue(dumpLinks(netlink) > 0);
        }
        assertEquals(
                Errno.EPROTONOSUPPORT,
                io.sockfd.Errors.errnoOf(assertThrows(IOException.class, () -> Netlink.open(31)))
                        .orElseThrow());
    }

    @Test
    @SuppressWarnings("try") // closed while another thread waits
    void waitsEndByTimeAndByClose() throws Exception {
        try (RtWatch watch = RtWatch.open(Linux.RTNLGRP_NSID)) {
            watch.timeout(Duration.ofMillis(20));
            assertThrows(SocketTimeoutException.class, watch::next);
            watch.timeout(Socket.NON_BLOCKING);
            assertNull(watch.next());
            watch.timeout(Socket.BLOCKING);
            CompletableFuture<Change> waiting = CompletableFuture.supplyAsync(() -> {
                try {
                    return watch.next();
                } catch (IOException e) {
                    throw new java.util.concurrent.CompletionException(e);
                }
            });
            assertThrows(java.util.concurrent.TimeoutException.class, () -> waiting.get(50, TimeUnit.MILLISECONDS));
            watch.close();
            ExecutionException e = assertThrows(ExecutionException.class, () -> waiting.get(10, TimeUnit.SECONDS));
            assertInstanceOf(ClosedChannelException.class, e.getCause());
        }
    }

    @Test
    void changesAreSeenAsTheyHappen() throws Exception {
        try (Namespaces net = Namespaces.alone();
                RtWatch watch = net.get(0)
                        .call(() -> RtWatch.open(
                                Linux.RTNLGRP_LINK,
                                Linux.RTNLGRP_IPV4_IFADDR,
                                Linux.RTNLGRP_IPV4_ROUTE,
                                Linux.RTNLGRP_NEIGH))) {
            watch.timeout(Duration.ofMillis(500));
            RtNetlink rt = net.get(0).rt();
            rt.create(NewLink.veth("watched", "end").up());
            int index = rt.link("watched").index();
            rt.setUp(rt.link("end").index());
            rt.addAddress(index, InetAddress.getByName("192.0.2.1"), 24);
            rt.deleteAddress(index, InetAddress.getByName("192.0.2.1"), 24);
            rt.deleteLink(index);
            List<Change> changes = new ArrayList<>();
            boolean over = false;
            while (!over && changes.size() < 100) {
                Change change = watch.next();
                assertNotNull(change);
                changes.add(change);
                over = change instanceof Change.OfLink link
                        && link.gone()
                        && link.link().name().equals("watched");
            }
            assertTrue(changes.stream()
                    .anyMatch(c -> c instanceof Change.OfLink link
                            && !link.gone()
                            && link.link().index() == index));
            for (boolean gone : new boolean[] {false, true}) {
                assertTrue(
                        changes.stream()
                                .anyMatch(c -> c instanceof Change.OfAddress a
                                        && a.gone() == gone
                                        && a.address()
                                                .address()
                                                .getHostAddress()
                                                .equals("192.0.2.1")),
                        () -> changes.toString());
                assertTrue(
                        changes.stream()
                                .anyMatch(c -> c instanceof Change.OfRoute r
                                        && r.gone() == gone
                                        && r.route().outputIndex() == index),
                        () -> changes.toString());
            }
        }
    }

    @Test
    void lostChangesAreTold() throws Exception {
        try (Namespaces net = Namespaces.alone();
                RtWatch watch = net.get(0).call(() -> RtWatch.open(Linux.RTNLGRP_LINK))) {
            watch.socket().setOption(java.net.StandardSocketOptions.SO_RCVBUF, 4096);
            watch.timeout(Duration.ofSeconds(5));
            RtNetlink rt = net.get(0).rt();
            rt.create(NewLink.veth("d", "end"));
            int index = rt.link("d").index();
            for (int i = 0; i < 100; i++) {
                rt.setMtu(index, 1000 + i);
            }
            NetlinkOverrunException e = assertThrows(NetlinkOverrunException.class, () -> {
                for (int i = 0; i < 200; i++) {
                    assertNotNull(watch.next());
                }
            });
            assertEquals(Errno.ENOBUFS, e.errno());
            watch.timeout(Socket.NON_BLOCKING);
            for (int i = 0; i < 200 && watch.next() != null; i++) {}
            rt.setMtu(index, 999);
            watch.timeout(Duration.ofSeconds(5));
            assertTrue(watch.next() instanceof Change.OfLink link && link.link().mtu() == 999, "it goes on");
        }
    }

    /** Dumps while the table changes all the time: whatever is given back is consistent. */
    @Test
    void aListIsRepeatedUntilItIsConsistent() throws Exception {
        try (Namespaces net = Namespaces.alone();
                RtNetlink other = net.get(0).call(RtNetlink::open)) {
            RtNetlink rt = net.get(0).rt();
            int count = 20;
            for (int i = 0; i < count; i++) {
                rt.create(NewLink.veth("d" + i, "e" + i));
            }
            CompletableFuture<Integer> changing = CompletableFuture.supplyAsync(() -> {
                try {
                    for (int i = 0; i < 30; i++) {
                        other.create(NewLink.veth("x", "y"));
                        other.deleteLink(other.link("x").index());
                    }
                    return 0;
                } catch (IOException e) {
                    throw new java.util.concurrent.CompletionException(e);
                }
            });
            int lists = 0;
            while (!changing.isDone() && lists < 100_000) {
                try {
                    List<String> names = rt.links().stream().map(Link::name).toList();
                    assertEquals(names.size(), names.stream().distinct().count());
                    assertEquals(
                            count,
                            names.stream().filter(n -> n.matches("d[0-9]+")).count());
                } catch (NetlinkException e) {
                    assertEquals(Errno.EINTR, e.errno(), "it says that it could not");
                }
                lists++;
            }
            assertEquals(0, changing.get(10, TimeUnit.SECONDS));
            assertTrue(lists > 0);
        }
    }

    @Test
    void threeInARowReachEachOther() throws Exception {
        try (Namespaces net = Namespaces.row(3)) {
            for (boolean six : new boolean[] {false, true}) {
                InetAddress to = six ? net.left6(2) : net.left4(2);
                try (Socket server = net.get(2)
                                .call(six ? Socket::udp6 : Socket::udp)
                                .bind(new java.net.InetSocketAddress(to, 0))
                                .timeout(Duration.ofSeconds(10));
                        Socket client = net.get(0).call(six ? Socket::udp6 : Socket::udp)) {
                    assertEquals(1, client.sendTo(java.nio.ByteBuffer.allocate(1), server.getLocalAddress(), 0));
                    java.net.SocketAddress from = server.receive(java.nio.ByteBuffer.allocate(1));
                    assertEquals(
                            six ? net.right6(0) : net.right4(0),
                            from instanceof java.net.InetSocketAddress inet ? inet.getAddress() : null);
                }
            }
        }
    }
}
