package io.sockfd.option;

import static io.sockfd.raw.struct.SockTxtime.SIZE;

import io.sockfd.Codec;
import io.sockfd.Codecs;

/**
 * SO_TXTIME. See <a href="https://man7.org/linux/man-pages/man8/tc-etf.8.html">tc-etf(8)</a>.
 *
 * @param clockid the clock of the times: CLOCK_TAI for the etf discipline, CLOCK_MONOTONIC for fq
 * @param flags SOF_TXTIME_DEADLINE_MODE, SOF_TXTIME_REPORT_ERRORS
 */
public record SockTxtime(int clockid, int flags) {
    static final Codec<SockTxtime> CODEC = Codecs.of(
            SockTxtime.class,
            SIZE,
            (value, b) -> {
                io.sockfd.raw.struct.SockTxtime.clockid(b, 0, value.clockid);
                io.sockfd.raw.struct.SockTxtime.flags(b, 0, value.flags);
                return SIZE;
            },
            (b, length) -> new SockTxtime(
                    io.sockfd.raw.struct.SockTxtime.clockid(b, 0), io.sockfd.raw.struct.SockTxtime.flags(b, 0)));
}
