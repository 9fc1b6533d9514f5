package io.sockfd.option;

import static io.sockfd.raw.struct.IpMsfilter.IMSF_INTERFACE;
import static io.sockfd.raw.struct.IpMsfilter.IMSF_MULTIADDR;
import static io.sockfd.raw.struct.IpMsfilter.IMSF_SLIST;
import static io.sockfd.raw.struct.IpMsfilter.imsf_fmode;
import static io.sockfd.raw.struct.IpMsfilter.imsf_numsrc;

import io.sockfd.Codec;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** struct ip_msfilter: a head and IPv4 addresses. */
final class IpMsfilterCodec implements Codec<SourceFilter> {
    /** To ask for; the kernel gives fewer when there are fewer. */
    private static final int SOURCES = 128;

    @Override
    public Class<SourceFilter> type() {
        return SourceFilter.class;
    }

    @Override
    public int size() {
        return size(SOURCES);
    }

    @Override
    public int size(SourceFilter value) {
        return size(Math.max(1, value.sources().size()));
    }

    private static int size(int sources) {
        return IMSF_SLIST + sources * Integer.BYTES;
    }

    @Override
    public int encode(SourceFilter value, ByteBuffer b) {
        b.put(IMSF_MULTIADDR, MulticastCodecs.inet4(value.group()));
        b.put(IMSF_INTERFACE, MulticastCodecs.addressOf(value.ifindex()));
        imsf_fmode(b, 0, value.mode());
        imsf_numsrc(b, 0, value.sources().size());
        int at = IMSF_SLIST;
        for (InetAddress source : value.sources()) {
            b.put(at, MulticastCodecs.inet4(source));
            at += Integer.BYTES;
        }
        return at;
    }

    @Override
    public int request(@Nullable SourceFilter request, ByteBuffer b) {
        if (request == null) {
            throw new UnsupportedOperationException(
                    "IP_MSFILTER needs a request: get(sockfd, SourceFilter.request(group, ifindex))");
        }
        encode(request, b);
        imsf_numsrc(b, 0, SOURCES);
        return size();
    }

    @Override
    public SourceFilter decode(ByteBuffer b, int length) {
        List<InetAddress> sources = new ArrayList<>();
        for (int at = IMSF_SLIST; at + Integer.BYTES <= length; at += Integer.BYTES) {
            sources.add(Sockaddrs.inet(Sockaddrs.bytes(b, at, Integer.BYTES), 0));
        }
        return new SourceFilter(
                Sockaddrs.inet(Sockaddrs.bytes(b, IMSF_MULTIADDR, Integer.BYTES), 0),
                MulticastCodecs.indexOf(b, IMSF_INTERFACE),
                imsf_fmode(b, 0),
                sources);
    }
}
