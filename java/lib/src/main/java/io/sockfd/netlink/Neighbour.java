package io.sockfd.netlink;

import io.sockfd.address.HardwareAddress;
import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.NdaCacheinfo;
import io.sockfd.raw.struct.Ndmsg;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * An entry of the neighbour tables (ARP, neighbour discovery) as RTM_NEWNEIGH tells it.
 *
 * @param index of the interface
 * @param address the neighbour's Internet address
 * @param hardware its link-layer address; empty while unknown
 * @param state {@code NUD_} flags
 * @param flags {@code NTF_} flags
 * @param type an {@code RTN_} number
 * @param confirmedMillis when it was confirmed to be reachable, in milliseconds before now; -1 when not told
 * @param usedMillis when it was used, likewise
 * @param updatedMillis when it was changed, likewise
 * @param probes how often it was asked in vain
 */
public record Neighbour(
        int index,
        InetAddress address,
        HardwareAddress hardware,
        int state,
        int flags,
        int type,
        long confirmedMillis,
        long usedMillis,
        long updatedMillis,
        long probes) {
    private static final int USER_HZ_MILLIS = 10;

    static Neighbour decode(NetlinkMessage message) throws MalformedMessageException {
        Attributes a = message.attributes(Ndmsg.SIZE);
        ByteBuffer b = message.buffer();
        int at = message.payloadOffset();
        InetAddress address = null;
        HardwareAddress hardware = HardwareAddress.NONE;
        long confirmed = -1;
        long used = -1;
        long updated = -1;
        long probes = 0;
        while (a.next()) {
            switch (a.type()) {
                case Linux.NDA_DST -> address = a.inetAddress();
                case Linux.NDA_LLADDR -> {
                    if (a.length() > HardwareAddress.MAX_BYTES) {
                        throw new MalformedMessageException("a hardware address of " + a.length() + " bytes");
                    }
                    hardware = HardwareAddress.of(a.bytes());
                }
                case Linux.NDA_PROBES -> probes = a.u32();
                case Linux.NDA_CACHEINFO -> {
                    int info = a.atLeast(NdaCacheinfo.SIZE);
                    confirmed = NdaCacheinfo.ndm_confirmed(b, info) * USER_HZ_MILLIS;
                    used = NdaCacheinfo.ndm_used(b, info) * USER_HZ_MILLIS;
                    updated = NdaCacheinfo.ndm_updated(b, info) * USER_HZ_MILLIS;
                }
                default -> {}
            }
        }
        if (address == null) {
            throw new MalformedMessageException(
                    "a neighbour on interface " + Ndmsg.ndm_ifindex(b, at) + " has no NDA_DST");
        }
        return new Neighbour(
                Ndmsg.ndm_ifindex(b, at),
                address,
                hardware,
                Ndmsg.ndm_state(b, at),
                Ndmsg.ndm_flags(b, at),
                Ndmsg.ndm_type(b, at),
                confirmed,
                used,
                updated,
                probes);
    }
}
