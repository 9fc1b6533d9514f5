/**
 * Header views: the headers of the Internet's protocols, read and written in place. A view is an object over a {@link
 * java.nio.ByteBuffer}, heap or direct, that is wrapped around one header after another; its methods are called as the
 * RFC calls the fields. Fields are in network byte order whatever the buffer's order is; the buffer's position, limit
 * and order are neither used nor changed. Numbers are unsigned: 8 and 16 bits come as {@code int}, 32 bits as {@code
 * long}, an IPv4 address as the {@code int} of its four bytes.
 *
 * <p>Reading a captured frame:
 *
 * <pre>{@code
 * Packet packet = new Packet();
 * packet.wrap(frame, LinkType.EN10MB);
 * Tcp tcp = packet.tcp();
 * if (tcp != null && tcp.syn()) {
 *     System.out.println(packet); // IP 10.0.0.1.40000 > 10.0.0.2.80: Flags [S], seq 1, win 64240, length 0
 * }
 * }</pre>
 *
 * Writing the answer, lengths and checksums included:
 *
 * <pre>{@code
 * ByteBuffer synAck = new PacketBuilder()
 *         .ethernet(e -> e.replyTo(packet.ethernet()))
 *         .ipv4(ip -> ip.replyTo(packet.ipv4()))
 *         .tcp(t -> t.replyTo(tcp).syn(true).sequenceNumber(1000).options().mss(1460))
 *         .build();
 * }</pre>
 *
 * <b>Malformed input.</b> No length from the wire is believed. A view's {@code wrap} checks the header whole, and so does
 * {@code next} for each option; what does not hold is an {@link io.sockfd.packet.PacketException} that says why, and no
 * other exception comes from any content. {@link io.sockfd.packet.Packet} meets malformed packets as a matter of course:
 * it never throws for them, shows the layers before the damage, and gives the same text as {@link
 * io.sockfd.packet.Packet#problem}. An offset outside of the buffer, a value that its field does not hold, a header that
 * does not fit where it is to be written are mistakes of the caller: {@link java.lang.IndexOutOfBoundsException}, {@link
 * java.lang.IllegalArgumentException}.
 *
 * <p>A header is checked when it is wrapped. Its length is remembered then, so that memory that somebody else writes (a
 * ring shared with the kernel) can give wrong values later but nothing worse.
 *
 * <p>Wrapping and reading numbers allocate nothing. Methods that give an {@link java.net.InetAddress}, a {@link
 * io.sockfd.address.HardwareAddress} or a text allocate it. Nothing here is for several threads, and nothing calls native
 * code.
 *
 * <p>A header and the view of its options know each other in pairs, because the header hands out the view, which reads the
 * header's memory and changes its length: Ipv4 and Ipv4Options, Ipv6Extension and Ipv6OptionList, Icmp6 and NdOptions, Tcp
 * and TcpOptionList.
 * So do a message of DNS and its line of text, which reads the message: Dns and DnsText.
 *
 * @since 0.1
 */
@NullMarked
package io.sockfd.packet;

import org.jspecify.annotations.NullMarked;
