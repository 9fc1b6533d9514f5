package io.sockfd.option;

import io.sockfd.Option;
import io.sockfd.raw.Linux;

/**
 * The options of raw sockets of ICMP and ICMPv6: which types they receive.
 *
 * <pre>{@code
 * try (Socket raw = Socket.raw(Protocol.ICMP)) {
 *     raw.setOption(IcmpOptions.ICMP_FILTER, IcmpTypes.only(ICMP_ECHOREPLY));
 * }
 * }</pre>
 */
public final class IcmpOptions {
    /** For a raw socket of {@code IPPROTO_ICMPV6}. See RFC 3542, section 3.2. */
    public static final Option<IcmpTypes> ICMPV6_FILTER =
            new Level(Linux.IPPROTO_ICMPV6).rw("ICMPV6_FILTER", Linux.ICMPV6_FILTER, IcmpTypes.ICMPV6);

    /** For a raw socket of {@code IPPROTO_ICMP}; types from 32 on always pass. See raw(7). */
    public static final Option<IcmpTypes> ICMP_FILTER =
            new Level(Linux.SOL_RAW).rw("ICMP_FILTER", Linux.ICMP_FILTER, IcmpTypes.ICMP);

    private IcmpOptions() {}
}
