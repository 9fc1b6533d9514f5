package io.sockfd;

import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.GroupFilter;
import io.sockfd.raw.struct.IpMsfilter;
import io.sockfd.raw.struct.SockFilter;
import io.sockfd.raw.struct.SockaddrStorage;
import java.nio.ByteBuffer;

/**
 * How much memory the kernel touches for an option. It is not always as many bytes as it was offered: some options count
 * their length in something else, some take a number of elements from the value, some hold addresses.
 */
final class Extents {
    /** The most that a kernel's answer is believed to need. */
    private static final int MOST = 1 << 24;

    // netfilter's tables, whose set brings an address for the old counters and whose ebt_replace has one for all
    private static final int IPT_REPLACE = 64;
    private static final int ARPT_REPLACE = 96;
    private static final int EBT_FIRST = 128;
    private static final int EBT_LAST = 131;

    private static final String OPTIONS = Codec.class.getPackageName() + ".option";

    private final String name;
    private final int level;
    private final int optname;
    private final Codec<?> codec;
    private final boolean ours;

    /** Those of an option with this name, these numbers and this codec. */
    Extents(String name, int level, int optname, Codec<?> codec) {
        this.name = name;
        this.level = level;
        this.optname = optname;
        this.codec = codec;
        this.ours = isOurs(codec);
    }

    /** Whether the codec is the library's own, written for its option, and shows the kernel's memory to nobody. */
    boolean isOurs() {
        return ours;
    }

    private static boolean isOurs(Codec<?> codec) {
        return codec.getClass().getPackageName().equals(OPTIONS)
                || (codec.getClass().getName().startsWith(PlainCodecs.class.getName())
                        && !(codec instanceof PlainCodecs.Struct));
    }

    /** Whether a getsockopt gives an int, whatever the value was before, and neither more nor addresses. */
    boolean isSimple() {
        boolean plain = codec instanceof PlainCodecs.Int || codec instanceof PlainCodecs.Bool;
        boolean filter = (level == Linux.SOL_IP && optname == Linux.IP_MSFILTER)
                || ((level == Linux.SOL_IP || level == Linux.SOL_IPV6) && optname == Linux.MCAST_MSFILTER);
        return plain && !filter && unit() == 1 && !holdsAddresses(false);
    }

    /** The bytes that one of the option's length stands for, in a getsockopt. */
    int unit() {
        return level == Linux.SOL_SOCKET && optname == Linux.SO_GET_FILTER ? SockFilter.SIZE : 1;
    }

    /**
     * Only the library's own codec of an option with addresses is taken: those addresses are of the same memory.
     *
     * @throws IllegalArgumentException for another's
     */
    void checkAddresses(boolean set) {
        if (holdsAddresses(set)
                && !codec.getClass().getPackageName().equals(OPTIONS)
                && !(codec instanceof PlainCodecs.Int)) {
            throw new IllegalArgumentException(name + ": this value holds addresses of memory that the kernel would"
                    + " use; take the constant of io.sockfd.option, or io.sockfd.raw.Libc, which asks nothing");
        }
    }

    private boolean holdsAddresses(boolean set) {
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
    void checkSources(ByteBuffer value) {
        boolean ip = level == Linux.SOL_IP;
        if (ip && optname == Linux.IP_MSFILTER) {
            int sources = IpMsfilter.imsf_numsrc(value, 0);
            checkSources(value, sources, IpMsfilter.IMSF_SLIST, Integer.BYTES);
        } else if ((ip || level == Linux.SOL_IPV6) && optname == Linux.MCAST_MSFILTER) {
            int sources = GroupFilter.gf_numsrc(value, 0);
            checkSources(value, sources, GroupFilter.GF_SLIST, SockaddrStorage.SIZE);
        }
    }

    private void checkSources(ByteBuffer value, int sources, int head, int each) {
        int room = (value.capacity() - head) / each;
        if (!ours || sources < 0 || sources > room) {
            throw new IllegalArgumentException(name + ": the kernel writes as many sources as the request says, and"
                    + " there is room for " + Math.max(0, room) + ", not "
                    + Integer.toUnsignedString(sources) + "; take the constant of io.sockfd.option");
        }
    }

    /**
     * What a codec says about lengths, when it is true.
     *
     * @throws IllegalArgumentException when it is not
     */
    int checkLength(int length, int room) {
        if (length < 0 || length > room) {
            throw new IllegalArgumentException(name + ": its codec ("
                    + codec.getClass().getName() + ") speaks of " + length + " bytes of a memory of " + room);
        }
        return length;
    }

    /** What a codec says of the memory that it needs; otherwise as {@link #checkLength}. */
    int checkSize(int size) {
        return checkLength(size, MOST);
    }
}
