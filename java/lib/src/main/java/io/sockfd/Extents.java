package io.sockfd;

import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.GroupFilter;
import io.sockfd.raw.struct.IpMsfilter;
import io.sockfd.raw.struct.SockFilter;
import io.sockfd.raw.struct.SockaddrStorage;
import java.nio.ByteBuffer;

/**
 * The options with which the kernel touches other memory than as many bytes as it was offered: some count their length in
 * something else, some take a number of elements from the value, some hold addresses.
 */
final class Extents {
    /** The most that a kernel's answer is believed to need. */
    private static final int MOST = 1 << 24;

    // netfilter's tables, whose set brings an address for the old counters and whose ebt_replace has one for all
    private static final int IPT_REPLACE = 64;
    private static final int ARPT_REPLACE = 96;
    private static final int EBT_FIRST = 128;
    private static final int EBT_LAST = 131;

    private static final String OPTIONS = Option.class.getPackageName() + ".option";

    private Extents() {}

    /** Whether a codec is the library's own, written for its option, and shows the kernel's memory to nobody. */
    static boolean isOurs(Codec<?> codec) {
        return codec.getClass().getPackageName().equals(OPTIONS)
                || (codec.getClass().getName().startsWith(PlainCodecs.class.getName())
                        && !(codec instanceof PlainCodecs.Struct));
    }

    /** The bytes that one of the option's length stands for, in a getsockopt. */
    static int unit(int level, int optname) {
        return level == Linux.SOL_SOCKET && optname == Linux.SO_GET_FILTER ? SockFilter.SIZE : 1;
    }

    /**
     * Only the library's own codec of an option with addresses is taken: those addresses are of the same memory.
     *
     * @throws IllegalArgumentException for another's
     */
    static void checkAddresses(Option<?> option, boolean set) {
        if (holdsAddresses(option.level(), option.optname(), set)
                && !option.codec().getClass().getPackageName().equals(OPTIONS)
                && !(option.codec() instanceof PlainCodecs.Int)) {
            throw new IllegalArgumentException(option + ": this value holds addresses of memory that the kernel would"
                    + " use; take the constant of io.sockfd.option, or io.sockfd.raw.Libc, which asks nothing");
        }
    }

    private static boolean holdsAddresses(int level, int optname, boolean set) {
        return switch (level) {
            case Linux.SOL_SOCKET ->
                set && (optname == Linux.SO_ATTACH_FILTER || optname == Linux.SO_ATTACH_REUSEPORT_CBPF);
            case Linux.SOL_PACKET -> set && optname == Linux.PACKET_FANOUT_DATA;
            case Linux.SOL_TCP -> !set && optname == Linux.TCP_ZEROCOPY_RECEIVE;
            case Linux.SOL_MPTCP -> !set && optname == Linux.MPTCP_FULL_INFO;
            case Linux.SOL_SCTP -> !set && optname == Linux.SCTP_SOCKOPT_CONNECTX3;
            case Linux.SOL_IP ->
                (set && (optname == IPT_REPLACE || optname == ARPT_REPLACE))
                        || (optname >= EBT_FIRST && optname <= EBT_LAST);
            case Linux.SOL_IPV6 -> set && optname == IPT_REPLACE;
            case Linux.SOL_RDS -> true;
            default -> false;
        };
    }

    /**
     * A getsockopt of these writes as many sources as the value says, whatever the length.
     *
     * @throws IllegalArgumentException when they do not fit, or when somebody else may still change the value
     */
    static void checkSources(Option<?> option, ByteBuffer value, boolean ours) {
        boolean ip = option.level() == Linux.SOL_IP;
        if (ip && option.optname() == Linux.IP_MSFILTER) {
            int sources = IpMsfilter.imsf_numsrc(value, 0);
            checkSources(option, value, ours, sources, IpMsfilter.IMSF_SLIST, Integer.BYTES);
        } else if ((ip || option.level() == Linux.SOL_IPV6) && option.optname() == Linux.MCAST_MSFILTER) {
            int sources = GroupFilter.gf_numsrc(value, 0);
            checkSources(option, value, ours, sources, GroupFilter.GF_SLIST, SockaddrStorage.SIZE);
        }
    }

    private static void checkSources(
            Option<?> option, ByteBuffer value, boolean ours, int sources, int head, int each) {
        int room = (value.capacity() - head) / each;
        if (!ours || sources < 0 || sources > room) {
            throw new IllegalArgumentException(option + ": the kernel writes as many sources as the request says, and"
                    + " there is room for " + Math.max(0, room) + ", not "
                    + Integer.toUnsignedString(sources) + "; take the constant of io.sockfd.option");
        }
    }

    /**
     * What a codec says about lengths, when it is true.
     *
     * @throws IllegalArgumentException when it is not
     */
    static int checkLength(Option<?> option, int length, int room) {
        if (length < 0 || length > room) {
            throw new IllegalArgumentException(option + ": its codec ("
                    + option.codec().getClass().getName() + ") speaks of " + length + " bytes of a memory of " + room);
        }
        return length;
    }

    /** What a codec says of the memory that it needs; otherwise as {@link #checkLength}. */
    static int checkSize(Option<?> option, int size) {
        return checkLength(option, size, MOST);
    }
}
