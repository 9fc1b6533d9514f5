package io.sockfd.option;

import io.sockfd.Codec;
import io.sockfd.Codecs;

/**
 * IP_LOCAL_PORT_RANGE: where ephemeral ports are taken from, within the system's net.ipv4.ip_local_port_range.
 *
 * @param low the first port; 0 is the system's
 * @param high the last port; 0 is the system's
 */
public record PortRange(int low, int high) {
    private static final int MAX_PORT = 0xffff;

    static final Codec<PortRange> CODEC = Codecs.of(
            PortRange.class,
            Integer.BYTES,
            (range, b) -> {
                b.putInt(0, range.high << Short.SIZE | range.low);
                return Integer.BYTES;
            },
            (b, length) -> new PortRange(b.getInt(0) & MAX_PORT, b.getInt(0) >>> Short.SIZE));

    /**
     * Both ends.
     *
     * @throws IllegalArgumentException when one is outside of 0 to 65535
     */
    public PortRange {
        if (low < 0 || low > MAX_PORT || high < 0 || high > MAX_PORT) {
            throw new IllegalArgumentException(low + " to " + high + ": ports are 0 to 65535");
        }
    }
}
