package io.sockfd.cli.traceroute;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * What came of one probe.
 *
 * @param from who answered; null when nobody did in time
 * @param millis how long it took
 * @param mark {@code !H} and the like, empty for what is to be expected
 * @param last whether there is nothing to look for behind
 */
record Answer(@Nullable InetAddress from, double millis, String mark, boolean last) {
    static final Answer NONE = new Answer(null, 0, "", false);
}
