package io.sockfd.nio;

import io.sockfd.Domain;
import io.sockfd.Option;
import io.sockfd.Socket;
import io.sockfd.option.IpOptions;
import io.sockfd.option.Ipv6Options;
import io.sockfd.option.MulticastGroup;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.MembershipKey;
import java.nio.channels.MulticastChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The groups that a channel has joined. Its monitor protects them, and what the kernel knows of them. */
final class Memberships {
    private final MulticastChannel channel;
    private final Socket socket;
    private final List<SockfdMembershipKey> keys = new ArrayList<>();

    Memberships(MulticastChannel channel, Socket socket) {
        this.channel = channel;
        this.socket = socket;
    }

    /** The existing key when the group was joined in this way already. */
    synchronized MembershipKey join(InetAddress group, NetworkInterface at, @Nullable InetAddress source)
            throws IOException {
        check(group, source);
        if (!channel.isOpen()) {
            throw new ClosedChannelException();
        }
        Objects.requireNonNull(at);
        for (SockfdMembershipKey key : keys) {
            if (key.group().equals(group) && key.networkInterface().equals(at)) {
                if ((source == null) != (key.sourceAddress() == null)) {
                    throw new IllegalStateException("already a member of " + group.getHostAddress()
                            + (source == null ? " for one source" : " for all sources"));
                } else if (Objects.equals(source, key.sourceAddress())) {
                    return key;
                }
            }
        }
        if (group instanceof Inet4Address && at.inetAddresses().noneMatch(Inet4Address.class::isInstance)) {
            throw new IOException("Network interface not configured for IPv4");
        }
        SockfdMembershipKey key = new SockfdMembershipKey(this, group, at, source);
        set(
                source == null
                        ? pick(group, IpOptions.MCAST_JOIN_GROUP, Ipv6Options.MCAST_JOIN_GROUP)
                        : pick(group, IpOptions.MCAST_JOIN_SOURCE_GROUP, Ipv6Options.MCAST_JOIN_SOURCE_GROUP),
                key.at(source));
        keys.add(key);
        return key;
    }

    synchronized void joinOnce(InetAddress group, NetworkInterface at) throws IOException {
        if (find(group, at) != null) {
            throw new SocketException("Already a member of group");
        }
        MembershipKey ignored = join(group, at, null);
    }

    synchronized void leave(InetAddress group, NetworkInterface at) throws SocketException {
        SockfdMembershipKey key = find(group, at);
        if (key == null) {
            throw new SocketException("Not a member of group");
        }
        drop(key);
    }

    private @Nullable SockfdMembershipKey find(InetAddress group, NetworkInterface at) {
        for (SockfdMembershipKey key : keys) {
            if (key.group().equals(group) && key.networkInterface().equals(at)) {
                return key;
            }
        }
        return null;
    }

    private void check(InetAddress group, @Nullable InetAddress source) {
        if (!group.isMulticastAddress()) {
            throw new IllegalArgumentException("Group not a multicast address");
        } else if (!Families.isInet(socket.domain())) {
            throw new UnsupportedOperationException(socket.domain() + " has no multicast");
        } else if (group instanceof Inet6Address && socket.domain().equals(Domain.INET)) {
            throw new IllegalArgumentException("Only IPv6 sockets can join IPv6 multicast group");
        } else if (source != null) {
            checkSource(group, source);
        }
    }

    private static void checkSource(InetAddress group, InetAddress source) {
        if (source.isAnyLocalAddress()) {
            throw new IllegalArgumentException("Source address is a wildcard address");
        } else if (source.isMulticastAddress()) {
            throw new IllegalArgumentException("Source address is multicast address");
        } else if (group instanceof Inet4Address != source instanceof Inet4Address) {
            throw new IllegalArgumentException("Source address is different type to group");
        }
    }

    private static Option<MulticastGroup> pick(
            InetAddress group, Option<MulticastGroup> inet, Option<MulticastGroup> inet6) {
        return group instanceof Inet4Address ? inet : inet6;
    }

    private void set(Option<MulticastGroup> option, MulticastGroup value) throws IOException {
        try {
            socket.setOption(option, value);
        } catch (IOException e) {
            throw Failures.of(e);
        }
    }

    synchronized boolean contains(SockfdMembershipKey key) {
        return keys.contains(key);
    }

    synchronized void block(SockfdMembershipKey key, InetAddress source) throws IOException {
        checkValid(key);
        checkSource(key.group(), source);
        if (key.blocked.contains(source)) {
            return;
        }
        set(pick(key.group(), IpOptions.MCAST_BLOCK_SOURCE, Ipv6Options.MCAST_BLOCK_SOURCE), key.at(source));
        key.blocked.add(source);
    }

    synchronized void unblock(SockfdMembershipKey key, InetAddress source) {
        checkValid(key);
        if (!key.blocked.remove(source)) {
            throw new IllegalStateException("not blocked");
        }
        try {
            set(pick(key.group(), IpOptions.MCAST_UNBLOCK_SOURCE, Ipv6Options.MCAST_UNBLOCK_SOURCE), key.at(source));
        } catch (IOException e) {
            throw new AssertionError(e); // it was blocked, and the channel is open
        }
    }

    private void checkValid(SockfdMembershipKey key) {
        if (!keys.contains(key)) {
            throw new IllegalStateException("key is no longer valid");
        }
    }

    synchronized void drop(SockfdMembershipKey key) {
        if (!keys.remove(key)) {
            return;
        }
        InetAddress source = key.sourceAddress();
        try {
            set(
                    source == null
                            ? pick(key.group(), IpOptions.MCAST_LEAVE_GROUP, Ipv6Options.MCAST_LEAVE_GROUP)
                            : pick(
                                    key.group(),
                                    IpOptions.MCAST_LEAVE_SOURCE_GROUP,
                                    Ipv6Options.MCAST_LEAVE_SOURCE_GROUP),
                    key.at(source));
        } catch (IOException e) {
            // closed, or the interface is gone: in either case no member any more
        }
    }

    /** At the channel's end: the kernel has forgotten them. */
    synchronized void end() {
        keys.clear();
    }

    MulticastChannel channel() {
        return channel;
    }
}
