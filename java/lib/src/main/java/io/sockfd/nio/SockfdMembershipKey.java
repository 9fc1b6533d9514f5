package io.sockfd.nio;

import io.sockfd.option.MulticastGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.channels.MembershipKey;
import java.nio.channels.MulticastChannel;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A group that a channel has joined at an interface, for one sender or for all but those that are blocked. */
final class SockfdMembershipKey extends MembershipKey {
    private final Memberships memberships;
    private final InetAddress group;
    private final NetworkInterface networkInterface;
    private final @Nullable InetAddress source;
    final Set<InetAddress> blocked = new HashSet<>(); // protected by the monitor of the memberships

    SockfdMembershipKey(Memberships memberships, InetAddress group, NetworkInterface at, @Nullable InetAddress source) {
        this.memberships = memberships;
        this.group = group;
        this.networkInterface = at;
        this.source = source;
    }

    MulticastGroup at(@Nullable InetAddress sender) {
        MulticastGroup all = MulticastGroup.of(group, networkInterface);
        return sender == null ? all : all.from(sender);
    }

    @Override
    public boolean isValid() {
        return memberships.contains(this);
    }

    @Override
    public void drop() {
        memberships.drop(this);
    }

    @Override
    public MembershipKey block(InetAddress sender) throws IOException {
        if (source != null) {
            throw new IllegalStateException("key is source-specific");
        }
        memberships.block(this, sender);
        return this;
    }

    @Override
    public MembershipKey unblock(InetAddress sender) {
        memberships.unblock(this, sender);
        return this;
    }

    @Override
    public MulticastChannel channel() {
        return memberships.channel();
    }

    @Override
    public InetAddress group() {
        return group;
    }

    @Override
    public NetworkInterface networkInterface() {
        return networkInterface;
    }

    @Override
    public @Nullable InetAddress sourceAddress() {
        return source;
    }

    @Override
    public String toString() {
        return "<" + group.getHostAddress() + "," + networkInterface.getName()
                + (source == null ? "" : "," + source.getHostAddress()) + ">";
    }
}
