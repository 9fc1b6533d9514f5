package io.sockfd.xdp;

import io.sockfd.raw.Linux;

/** Where a program is at an interface. */
public enum XdpMode {
    /** In the driver where it can, else in the network stack. */
    BEST(0),
    /** In the network stack, XDP_FLAGS_SKB_MODE: each interface has it, and it costs a packet buffer for each frame. */
    GENERIC(Linux.XDP_FLAGS_SKB_MODE),
    /** In the driver, XDP_FLAGS_DRV_MODE. */
    NATIVE(Linux.XDP_FLAGS_DRV_MODE);

    private final int flags;

    XdpMode(int flags) {
        this.flags = flags;
    }

    /** {@code XDP_FLAGS_*}. */
    public int flags() {
        return flags;
    }
}
