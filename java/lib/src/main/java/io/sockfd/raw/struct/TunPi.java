package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * What precedes each packet of a TUN device without IFF_NO_PI. See {@code linux/if_tun.h}.
 *
 * <p>In memory the {@code be} fields are in network byte order; the accessors take and give host order.
 *
 * <pre>
 *         +------------+
 *      0  | u16  flags |  TUN_PKT_STRIP
 *      2  | be16 proto |  ETH_P_*
 *      4  +------------+
 * </pre>
 */
public final class TunPi {
    public static final int SIZE = 4;

    public static final int FLAGS = 0;
    public static final int PROTO = 2;

    private TunPi() {}

    public static int flags(ByteBuffer b, int o) {
        return Fields.u16(b, o + FLAGS);
    }

    public static void flags(ByteBuffer b, int o, int value) {
        b.putShort(o + FLAGS, (short) value);
    }

    public static int proto(ByteBuffer b, int o) {
        return Fields.be16(b, o + PROTO);
    }

    public static void proto(ByteBuffer b, int o, int value) {
        Fields.be16(b, o + PROTO, value);
    }
}
