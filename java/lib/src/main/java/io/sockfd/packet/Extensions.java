package io.sockfd.packet;

import io.sockfd.raw.Linux;

/** The headers between IP and what it carries: the extension headers of IPv6, and AH over IPv4 too. */
final class Extensions {
    static final int MOBILITY = 135;
    static final int HIP = 139;
    static final int SHIM6 = 140;

    final Ipv6Extension hopByHop = new Ipv6Extension();
    final Ipv6Extension destinationOptions = new Ipv6Extension();
    final Ipv6Routing routing = new Ipv6Routing();
    final Ipv6Fragment fragment = new Ipv6Fragment();
    final Ah ah = new Ah();
    /** Mobility, HIP and Shim6 begin alike, with the next header and a length in units of 8 bytes. */
    final ExtensionHeader other = new ExtensionHeader();

    boolean hasHopByHop;
    boolean hasDestinationOptions;
    boolean hasRouting;
    boolean hasFragment;
    boolean hasAh;
    /** The protocol number of {@link #other}, -1 for none. */
    int otherProtocol;
    /** What comes after them. */
    int protocol;

    void clear() {
        hasHopByHop = false;
        hasDestinationOptions = false;
        hasRouting = false;
        hasFragment = false;
        hasAh = false;
        otherProtocol = -1;
        protocol = -1;
    }

    /**
     * Goes past them. Each has at least 8 bytes: this ends. A view that fails the second time lost its first header.
     *
     * @param first the protocol number in the IP header
     * @return false when one of them is damaged
     */
    boolean walk(Cursor p, int first, boolean ip6) {
        protocol = first;
        while (true) {
            if (protocol == Linux.IPPROTO_AH) {
                hasAh = p.enter(ah);
                if (!hasAh) {
                    return false;
                }
                protocol = ah.nextHeader();
            } else if (!ip6 || !isExtension(protocol)) {
                return true;
            } else if (!extension(p)) {
                return false;
            } else if (hasFragment && fragment.fragmentOffset() != 0) {
                return true;
            }
        }
    }

    private static boolean isExtension(int protocol) {
        return switch (protocol) {
            case Linux.IPPROTO_HOPOPTS,
                    Linux.IPPROTO_DSTOPTS,
                    Linux.IPPROTO_ROUTING,
                    Linux.IPPROTO_FRAGMENT,
                    MOBILITY,
                    HIP,
                    SHIM6 -> true;
            default -> false;
        };
    }

    private boolean extension(Cursor p) {
        switch (protocol) {
            case Linux.IPPROTO_HOPOPTS -> {
                hasHopByHop = p.enter(hopByHop);
                protocol = hasHopByHop ? hopByHop.nextHeader() : protocol;
                return hasHopByHop;
            }
            case Linux.IPPROTO_DSTOPTS -> {
                hasDestinationOptions = p.enter(destinationOptions);
                protocol = hasDestinationOptions ? destinationOptions.nextHeader() : protocol;
                return hasDestinationOptions;
            }
            case Linux.IPPROTO_ROUTING -> {
                hasRouting = p.enter(routing);
                protocol = hasRouting ? routing.nextHeader() : protocol;
                return hasRouting;
            }
            case Linux.IPPROTO_FRAGMENT -> {
                hasFragment = p.enter(fragment);
                protocol = hasFragment ? fragment.nextHeader() : protocol;
                return hasFragment;
            }
            default -> {
                boolean whole = p.enter(other);
                otherProtocol = whole ? protocol : -1;
                protocol = whole ? other.nextHeader() : protocol;
                return whole;
            }
        }
    }

    boolean isFragment() {
        return hasFragment && fragment.isFragment();
    }
}
