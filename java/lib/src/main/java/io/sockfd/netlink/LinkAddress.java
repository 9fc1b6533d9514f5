package io.sockfd.netlink;

import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.IfaCacheinfo;
import io.sockfd.raw.struct.Ifaddrmsg;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An Internet address of an interface as RTM_NEWADDR tells it.
 *
 * @param index of the interface
 * @param address the address itself
 * @param prefixLength bits of the network
 * @param peer the other end of a point-to-point link; null elsewhere
 * @param broadcast IPv4's broadcast address; null where there is none
 * @param label IPv4's name for it; empty where there is none
 * @param scope an {@code RT_SCOPE_} number
 * @param flags {@code IFA_F_} flags
 * @param validSeconds how long it stays; {@link #FOREVER}
 * @param preferredSeconds how long it is used for new connections; {@link #FOREVER}
 */
public record LinkAddress(
        int index,
        InetAddress address,
        int prefixLength,
        @Nullable InetAddress peer,
        @Nullable InetAddress broadcast,
        String label,
        int scope,
        int flags,
        long validSeconds,
        long preferredSeconds) {
    /** The lifetime that does not end. */
    public static final long FOREVER = 0xffff_ffffL;

    /** IFA_F_TENTATIVE: duplicate address detection goes on, and it cannot be used yet. */
    public boolean isTentative() {
        return (flags & Linux.IFA_F_TENTATIVE) != 0;
    }

    static LinkAddress decode(NetlinkMessage message) throws MalformedMessageException {
        Attributes a = message.attributes(Ifaddrmsg.SIZE);
        ByteBuffer b = message.buffer();
        int at = message.payloadOffset();
        InetAddress local = null;
        InetAddress address = null;
        InetAddress broadcast = null;
        String label = "";
        int flags = Ifaddrmsg.ifa_flags(b, at);
        long valid = FOREVER;
        long preferred = FOREVER;
        while (a.next()) {
            switch (a.type()) {
                case Linux.IFA_LOCAL -> local = a.inetAddress();
                case Linux.IFA_ADDRESS -> address = a.inetAddress();
                case Linux.IFA_BROADCAST -> broadcast = a.inetAddress();
                case Linux.IFA_LABEL -> label = a.string();
                case Linux.IFA_FLAGS -> flags = a.s32();
                case Linux.IFA_CACHEINFO -> {
                    int info = a.atLeast(IfaCacheinfo.SIZE);
                    valid = IfaCacheinfo.ifa_valid(b, info);
                    preferred = IfaCacheinfo.ifa_prefered(b, info);
                }
                default -> {}
            }
        }
        // IFA_ADDRESS is the prefix's address: the peer's where IFA_LOCAL differs, and the only one in IPv6
        InetAddress own = local == null ? address : local;
        if (own == null) {
            throw new MalformedMessageException(
                    "an address of interface " + Ifaddrmsg.ifa_index(b, at) + " has neither IFA_LOCAL nor IFA_ADDRESS");
        }
        return new LinkAddress(
                Ifaddrmsg.ifa_index(b, at),
                own,
                Ifaddrmsg.ifa_prefixlen(b, at),
                own.equals(address) ? null : address,
                broadcast,
                label,
                Ifaddrmsg.ifa_scope(b, at),
                flags,
                valid,
                preferred);
    }
}
