package io.sockfd.option;

import static io.sockfd.Codecs.BOOL;
import static io.sockfd.Codecs.INT;

import io.sockfd.Option;
import io.sockfd.raw.Linux;

/**
 * The options of UDP: IPPROTO_UDP.
 *
 * <pre>{@code
 * try (Socket udp = Socket.udp()) {
 *     udp.setOption(UdpOptions.UDP_SEGMENT, 1200).connect(address);
 *     udp.send(ByteBuffer.allocateDirect(4 * 1200), 0); // four datagrams
 * }
 * }</pre>
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/udp.7.html">udp(7)</a>, section "Socket options"
 */
public final class UdpOptions {
    private static final Level LEVEL = new Level(Linux.IPPROTO_UDP);

    /** Gather what is sent into one datagram until it is cleared. */
    public static final Option<Boolean> UDP_CORK = LEVEL.rw("UDP_CORK", Linux.UDP_CORK, BOOL);

    /** The encapsulation of IPsec and others: UDP_ENCAP_ESPINUDP …; ENOPROTOOPT for one that is not there. */
    public static final Option<Integer> UDP_ENCAP = LEVEL.rw("UDP_ENCAP", Linux.UDP_ENCAP, INT);

    /** Receive several datagrams of one size as one, with a control message (int) of that size. Linux 5.0. */
    public static final Option<Boolean> UDP_GRO = LEVEL.rw("UDP_GRO", Linux.UDP_GRO, BOOL);

    /** Take datagrams over IPv6 that have no checksum. Linux 3.16. */
    public static final Option<Boolean> UDP_NO_CHECK6_RX = LEVEL.rw("UDP_NO_CHECK6_RX", Linux.UDP_NO_CHECK6_RX, BOOL);

    /** Send over IPv6 without a checksum. Linux 3.16. */
    public static final Option<Boolean> UDP_NO_CHECK6_TX = LEVEL.rw("UDP_NO_CHECK6_TX", Linux.UDP_NO_CHECK6_TX, BOOL);

    /** Cut each send into datagrams of this many bytes, 0 to 65535; 0 is off. As a control message u16. Linux 4.18. */
    public static final Option<Integer> UDP_SEGMENT = LEVEL.rw("UDP_SEGMENT", Linux.UDP_SEGMENT, INT);

    private UdpOptions() {}
}
