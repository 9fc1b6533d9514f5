package io.sockfd;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a socket's error queue, which MSG_ERRQUEUE reads: an ICMP error (IP_RECVERR), a transmit timestamp
 * (SO_TIMESTAMPING) or a zero-copy completion.
 *
 * @param errno the error; {@code new Errno(0)} for a completion, {@code ENOMSG} for a timestamp
 * @param origin who reports it: SO_EE_ORIGIN_LOCAL, _ICMP, _ICMP6, _TIMESTAMPING, _ZEROCOPY …
 * @param type the ICMP type
 * @param code the ICMP code; for a completion SO_EE_CODE_ZEROCOPY_COPIED
 * @param info an unsigned 32-bit number: the MTU of EMSGSIZE, the kind of a timestamp, the first completed send
 * @param data an unsigned 32-bit number: the timestamp's key (SOF_TIMESTAMPING_OPT_ID), the last completed send
 * @param offender the node that reported the error, or null where the kernel names none
 * @see <a href="https://man7.org/linux/man-pages/man7/ip.7.html">ip(7)</a>, IP_RECVERR
 */
public record SockExtendedErr(
        Errno errno,
        int origin,
        int type,
        int code,
        long info,
        long data,
        @Nullable InetAddress offender) {}
