package io.sockfd.option;

import io.sockfd.Codec;
import io.sockfd.Codecs;
import io.sockfd.raw.struct.SockaddrIn6;
import java.net.InetAddress;

/**
 * IPV6_PATHMTU. See <a href="https://www.rfc-editor.org/rfc/rfc3542#section-11.4">RFC 3542 section 11.4</a>.
 *
 * @param destination where the path leads; Linux answers getsockopt with {@code ::}
 * @param mtu in bytes
 */
public record Ip6Mtuinfo(InetAddress destination, long mtu) {
    static final Codec<Ip6Mtuinfo> CODEC = Codecs.decoding(
            Ip6Mtuinfo.class,
            io.sockfd.raw.struct.Ip6Mtuinfo.SIZE,
            (b, length) -> new Ip6Mtuinfo(
                    Sockaddrs.inet(SockaddrIn6.sin6_addr(b, 0), SockaddrIn6.sin6_scope_id(b, 0)),
                    Integer.toUnsignedLong(io.sockfd.raw.struct.Ip6Mtuinfo.ip6m_mtu(b, 0))));
}
