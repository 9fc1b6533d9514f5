package io.sockfd.option;

import static io.sockfd.raw.struct.SoTimestamping.SIZE;

import io.sockfd.Codec;
import io.sockfd.Codecs;

/**
 * SO_TIMESTAMPING. See <a href="https://docs.kernel.org/networking/timestamping.html">timestamping, in the kernel's
 * documentation</a>.
 *
 * @param flags SOF_TIMESTAMPING_RX_SOFTWARE and others
 * @param bindPhc the number of the PTP clock, with SOF_TIMESTAMPING_BIND_PHC; Linux 5.14
 */
public record SoTimestamping(int flags, int bindPhc) {
    static final Codec<SoTimestamping> CODEC = Codecs.of(
            SoTimestamping.class,
            SIZE,
            (value, b) -> {
                io.sockfd.raw.struct.SoTimestamping.flags(b, 0, value.flags);
                io.sockfd.raw.struct.SoTimestamping.bind_phc(b, 0, value.bindPhc);
                return SIZE;
            },
            // before Linux 5.14 only the flags, and the rest stays 0
            (b, length) -> new SoTimestamping(
                    io.sockfd.raw.struct.SoTimestamping.flags(b, 0),
                    io.sockfd.raw.struct.SoTimestamping.bind_phc(b, 0)));

    /** Without a PTP clock. */
    public SoTimestamping(int flags) {
        this(flags, 0);
    }
}
