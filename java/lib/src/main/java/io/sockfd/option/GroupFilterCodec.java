package io.sockfd.option;

import static io.sockfd.raw.struct.GroupFilter.GF_GROUP;
import static io.sockfd.raw.struct.GroupFilter.GF_SLIST;
import static io.sockfd.raw.struct.GroupFilter.gf_fmode;
import static io.sockfd.raw.struct.GroupFilter.gf_interface;
import static io.sockfd.raw.struct.GroupFilter.gf_numsrc;

import io.sockfd.Codec;
import io.sockfd.raw.struct.SockaddrStorage;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** struct group_filter: a head and socket addresses. */
final class GroupFilterCodec implements Codec<SourceFilter> {
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
        return GF_SLIST + sources * SockaddrStorage.SIZE;
    }

    @Override
    public int encode(SourceFilter value, ByteBuffer b) {
        gf_interface(b, 0, value.ifindex());
        Sockaddrs.put(b, GF_GROUP, value.group());
        gf_fmode(b, 0, value.mode());
        gf_numsrc(b, 0, value.sources().size());
        int at = GF_SLIST;
        for (InetAddress source : value.sources()) {
            Sockaddrs.put(b, at, source);
            at += SockaddrStorage.SIZE;
        }
        return at;
    }

    @Override
    public int request(@Nullable SourceFilter request, ByteBuffer b) {
        if (request == null) {
            throw new UnsupportedOperationException(
                    "MCAST_MSFILTER needs a request: get(sockfd, SourceFilter.request(group, ifindex))");
        }
        encode(request, b);
        gf_numsrc(b, 0, SOURCES);
        return size();
    }

    @Override
    public SourceFilter decode(ByteBuffer b, int length) {
        List<InetAddress> sources = new ArrayList<>();
        int count = Math.min(gf_numsrc(b, 0), SOURCES); // the kernel tells how many there are, and gives what fits
        for (int i = 0; i < count; i++) {
            sources.add(Objects.requireNonNull(Sockaddrs.address(b, GF_SLIST + i * SockaddrStorage.SIZE)));
        }
        return new SourceFilter(
                Objects.requireNonNull(Sockaddrs.address(b, GF_GROUP)), gf_interface(b, 0), gf_fmode(b, 0), sources);
    }
}
