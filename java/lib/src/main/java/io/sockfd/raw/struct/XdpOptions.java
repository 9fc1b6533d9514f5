package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * XDP_OPTIONS. See {@code linux/if_xdp.h}.
 *
 * <pre>
 *         +-----------+
 *      0  | u32 flags |  XDP_OPTIONS_ZEROCOPY
 *      4  +-----------+
 * </pre>
 */
public final class XdpOptions {
    public static final int SIZE = 4;

    public static final int FLAGS = 0;

    private XdpOptions() {}

    public static int flags(ByteBuffer b, int o) {
        return b.getInt(o + FLAGS);
    }
}
