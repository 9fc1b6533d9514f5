package io.sockfd.option;

import static io.sockfd.raw.struct.FanoutArgs.SIZE;

import io.sockfd.Codec;
import io.sockfd.Codecs;

/**
 * PACKET_FANOUT: a group of sockets that share what arrives. See
 * <a href="https://man7.org/linux/man-pages/man7/packet.7.html">packet(7)</a>.
 *
 * @param id the group's number, 0 to 65535
 * @param typeFlags PACKET_FANOUT_HASH, LB, CPU …, with PACKET_FANOUT_FLAG_ … in the upper byte of 16 bits
 * @param maxNumMembers at most so many sockets; 0 is the default of 256. Linux 5.9; reading gives 0
 */
public record FanoutArgs(int id, int typeFlags, int maxNumMembers) {
    private static final int MAX = 0xffff;

    static final Codec<FanoutArgs> CODEC = Codecs.of(
            FanoutArgs.class,
            SIZE,
            (value, b) -> {
                io.sockfd.raw.struct.FanoutArgs.id(b, 0, value.id);
                io.sockfd.raw.struct.FanoutArgs.type_flags(b, 0, value.typeFlags);
                io.sockfd.raw.struct.FanoutArgs.max_num_members(b, 0, value.maxNumMembers);
                return value.maxNumMembers == 0 ? Integer.BYTES : SIZE; // all that older kernels take
            },
            (b, length) -> new FanoutArgs(b.getInt(0) & MAX, b.getInt(0) >>> Short.SIZE, 0)); // always an int

    /**
     * A group.
     *
     * @throws IllegalArgumentException when id or type is outside of 0 to 65535
     */
    public FanoutArgs {
        if (id < 0 || id > MAX || typeFlags < 0 || typeFlags > MAX) {
            throw new IllegalArgumentException("id " + id + ", type " + typeFlags + ": both are 0 to 65535");
        }
    }

    /** As many sockets as the default. */
    public FanoutArgs(int id, int typeFlags) {
        this(id, typeFlags, 0);
    }
}
