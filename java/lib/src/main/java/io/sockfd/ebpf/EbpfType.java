package io.sockfd.ebpf;

import static io.sockfd.raw.Linux.BPF_PROG_TYPE_SK_LOOKUP;
import static io.sockfd.raw.Linux.BPF_PROG_TYPE_SK_MSG;
import static io.sockfd.raw.Linux.BPF_PROG_TYPE_SK_REUSEPORT;
import static io.sockfd.raw.Linux.BPF_PROG_TYPE_SK_SKB;
import static io.sockfd.raw.Linux.BPF_PROG_TYPE_SOCKET_FILTER;
import static io.sockfd.raw.Linux.BPF_PROG_TYPE_XDP;
import static io.sockfd.raw.Linux.BPF_SK_LOOKUP;
import static io.sockfd.raw.Linux.BPF_SK_MSG_VERDICT;
import static io.sockfd.raw.Linux.BPF_SK_REUSEPORT_SELECT;
import static io.sockfd.raw.Linux.BPF_SK_SKB_STREAM_PARSER;
import static io.sockfd.raw.Linux.BPF_SK_SKB_STREAM_VERDICT;
import static io.sockfd.raw.Linux.BPF_SK_SKB_VERDICT;
import static io.sockfd.raw.Linux.BPF_XDP;

/**
 * What a program is for, which decides what r1 points to when it begins, what it may call, and what its result means. Others
 * than those below can be made.
 *
 * @param name for messages
 * @param type {@code BPF_PROG_TYPE_*}
 * @param attach the place where it is attached, {@code BPF_XDP} for instance; 0 where the type says it
 */
public record EbpfType(String name, int type, int attach) {
    /** Looks at what a socket receives ({@code struct __sk_buff}), and says how many bytes of it are kept: 0 none. */
    public static final EbpfType SOCKET_FILTER = new EbpfType("SOCKET_FILTER", BPF_PROG_TYPE_SOCKET_FILTER, 0);

    /** Looks at a frame that comes to an interface ({@code struct xdp_md}): {@code XDP_PASS}, {@code XDP_DROP} … Linux 4.8. */
    public static final EbpfType XDP = new EbpfType("XDP", BPF_PROG_TYPE_XDP, BPF_XDP);

    /** Chooses the socket of an SO_REUSEPORT group ({@code struct sk_reuseport_md}): SK_PASS, SK_DROP. Linux 4.19. */
    public static final EbpfType REUSEPORT =
            new EbpfType("SK_REUSEPORT", BPF_PROG_TYPE_SK_REUSEPORT, BPF_SK_REUSEPORT_SELECT);

    /** Chooses the socket for what no connection waits for ({@code struct bpf_sk_lookup}): SK_PASS, SK_DROP. Linux 5.9. */
    public static final EbpfType SK_LOOKUP = new EbpfType("SK_LOOKUP", BPF_PROG_TYPE_SK_LOOKUP, BPF_SK_LOOKUP);

    /** Decides over what a socket of a sockmap received ({@code struct __sk_buff}), stream or datagram. Linux 5.13. */
    public static final EbpfType SK_SKB_VERDICT =
            new EbpfType("SK_SKB verdict", BPF_PROG_TYPE_SK_SKB, BPF_SK_SKB_VERDICT);

    /** As {@link #SK_SKB_VERDICT} for streams alone, with a parser or without. Linux 4.14. */
    public static final EbpfType SK_SKB_STREAM_VERDICT =
            new EbpfType("SK_SKB stream verdict", BPF_PROG_TYPE_SK_SKB, BPF_SK_SKB_STREAM_VERDICT);

    /** Says how long the message is that begins here, for a stream verdict. Linux 4.14. */
    public static final EbpfType SK_SKB_STREAM_PARSER =
            new EbpfType("SK_SKB stream parser", BPF_PROG_TYPE_SK_SKB, BPF_SK_SKB_STREAM_PARSER);

    /** Decides over what a socket of a sockmap is to send ({@code struct sk_msg_md}). Linux 4.17. */
    public static final EbpfType SK_MSG = new EbpfType("SK_MSG verdict", BPF_PROG_TYPE_SK_MSG, BPF_SK_MSG_VERDICT);

    @Override
    public String toString() {
        return name;
    }
}
