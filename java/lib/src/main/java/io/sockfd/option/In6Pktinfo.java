package io.sockfd.option;

import static io.sockfd.raw.struct.In6Pktinfo.SIZE;
import static io.sockfd.raw.struct.In6Pktinfo.ipi6_addr;
import static io.sockfd.raw.struct.In6Pktinfo.ipi6_ifindex;

import io.sockfd.Codec;
import io.sockfd.Codecs;
import java.net.Inet6Address;

/**
 * IPV6_PKTINFO: from where to send. See <a href="https://www.rfc-editor.org/rfc/rfc3542#section-6">RFC 3542 section
 * 6</a>.
 *
 * @param address the source; {@code ::} leaves it to the kernel
 * @param ifindex the interface's index; 0 leaves it to the kernel
 */
public record In6Pktinfo(Inet6Address address, int ifindex) {
    static final Codec<In6Pktinfo> CODEC = Codecs.encoding(In6Pktinfo.class, SIZE, (value, b) -> {
        ipi6_addr(b, 0, value.address.getAddress());
        ipi6_ifindex(b, 0, value.ifindex);
        return SIZE;
    });
}
