package io.sockfd.option;

import static io.sockfd.raw.struct.In6FlowlabelReq.SIZE;

import io.sockfd.Codec;
import io.sockfd.Codecs;
import io.sockfd.raw.struct.In6FlowlabelReq;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * IPV6_FLOWLABEL_MGR: a request about a flow label, struct in6_flowlabel_req.
 *
 * @param dst the destination
 * @param label the label, 20 bits, in host order; 0 asks the kernel for one
 * @param action IPV6_FL_A_GET, PUT or RENEW
 * @param share who may use it too: IPV6_FL_S_EXCL, ANY, PROCESS, USER
 * @param flags IPV6_FL_F_CREATE, EXCL, REFLECT, REMOTE
 * @param expiresSeconds the lease, in seconds
 * @param lingerSeconds how long the label rests after the last use, in seconds; more than 60 needs CAP_NET_ADMIN
 */
public record FlowLabelRequest(
        InetAddress dst, int label, int action, int share, int flags, int expiresSeconds, int lingerSeconds) {
    static final Codec<FlowLabelRequest> CODEC =
            Codecs.of(FlowLabelRequest.class, SIZE, FlowLabelRequest::encode, (b, length) -> decode(b));

    private static int encode(FlowLabelRequest value, ByteBuffer b) {
        In6FlowlabelReq.flr_dst(b, 0, value.dst.getAddress());
        In6FlowlabelReq.flr_label(b, 0, value.label);
        In6FlowlabelReq.flr_action(b, 0, value.action);
        In6FlowlabelReq.flr_share(b, 0, value.share);
        In6FlowlabelReq.flr_flags(b, 0, value.flags);
        In6FlowlabelReq.flr_expires(b, 0, value.expiresSeconds);
        In6FlowlabelReq.flr_linger(b, 0, value.lingerSeconds);
        return SIZE;
    }

    private static FlowLabelRequest decode(ByteBuffer b) {
        return new FlowLabelRequest(
                Sockaddrs.inet(In6FlowlabelReq.flr_dst(b, 0), 0),
                In6FlowlabelReq.flr_label(b, 0),
                In6FlowlabelReq.flr_action(b, 0),
                In6FlowlabelReq.flr_share(b, 0),
                In6FlowlabelReq.flr_flags(b, 0),
                In6FlowlabelReq.flr_expires(b, 0),
                In6FlowlabelReq.flr_linger(b, 0));
    }
}
