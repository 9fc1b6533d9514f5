package io.sockfd.netlink;

import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.Nlattr;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * What the kernel says with an acknowledgement or at the end of a dump (NETLINK_EXT_ACK, Linux 4.12).
 *
 * @param text the kernel's words; empty for none. With a success they are a warning
 * @param offset where the offending attribute begins, in bytes from the begin of the request; -1 when not told
 * @param attributeType the type of that attribute, without flags; -1 when not told
 * @param missingType the type of an attribute that is required and was not there; -1 when not told (Linux 6.1)
 * @param missingNest where the nest begins that it belongs into; -1 when not told, which with a missing type is the top
 * @param cookie what a subsystem added; empty for nothing
 */
public record ExtendedAck(
        String text, int offset, int attributeType, int missingType, int missingNest, ByteBuffer cookie) {
    /** Nothing was said. */
    public static final ExtendedAck NONE =
            new ExtendedAck("", -1, -1, -1, -1, ByteBuffer.allocate(0).asReadOnlyBuffer());

    /** Reads the attributes; {@code request} is what the offsets count in. */
    static ExtendedAck read(Attributes attributes, ByteBuffer request, int requestLength)
            throws MalformedMessageException {
        String text = "";
        int offset = -1;
        int missingType = -1;
        int missingNest = -1;
        ByteBuffer cookie = NONE.cookie;
        while (attributes.next()) {
            switch (attributes.type()) {
                case Linux.NLMSGERR_ATTR_MSG -> text = attributes.string();
                case Linux.NLMSGERR_ATTR_OFFS -> offset = attributes.s32();
                case Linux.NLMSGERR_ATTR_MISS_TYPE -> missingType = attributes.s32();
                case Linux.NLMSGERR_ATTR_MISS_NEST -> missingNest = attributes.s32();
                case Linux.NLMSGERR_ATTR_COOKIE ->
                    cookie = ByteBuffer.wrap(attributes.bytes()).asReadOnlyBuffer();
                default -> {} // the policy, and what later kernels add
            }
        }
        int type = offset < 0 || offset > requestLength - Nlattr.SIZE
                ? -1
                : Nlattr.nla_type(request, offset) & Linux.NLA_TYPE_MASK;
        return new ExtendedAck(text, offset, type, missingType, missingNest, cookie);
    }

    String suffix() {
        StringBuilder s = new StringBuilder();
        if (!text.isEmpty()) {
            s.append(": ").append(text);
        }
        if (offset >= 0) {
            s.append(" (at byte ").append(offset);
            s.append(attributeType < 0 ? "" : ", attribute " + attributeType).append(')');
        }
        if (missingType >= 0) {
            s.append(" (attribute ").append(missingType).append(" is missing");
            s.append(missingNest < 0 ? "" : " in the nest at byte " + missingNest)
                    .append(')');
        }
        if (cookie.hasRemaining()) {
            byte[] bytes = new byte[cookie.remaining()];
            cookie.duplicate().get(bytes);
            s.append(" (cookie ").append(HexFormat.of().formatHex(bytes)).append(')');
        }
        return s.toString();
    }
}
