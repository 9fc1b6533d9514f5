package io.sockfd.cli.ss;

import io.sockfd.cli.FailedException;
import io.sockfd.raw.Linux;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The states of sockets as masks of {@code 1 << TCP_LISTEN} and as text. */
final class States {
    static final int ESTABLISHED = 1 << Linux.TCP_ESTABLISHED;
    static final int CLOSE = 1 << Linux.TCP_CLOSE;
    static final int LISTENING = (1 << Linux.TCP_LISTEN) | CLOSE;

    /** Those of a connection, without what only waits for its beginning or its end. */
    static final int CONNECTED;

    static final int ALL = (1 << (Linux.TCP_CLOSING + 1)) - 1;

    private static final int BUCKET = (1 << Linux.TCP_SYN_RECV) | (1 << Linux.TCP_TIME_WAIT);
    private static final List<String> SHOWN = List.of(
            "UNKNOWN",
            "ESTAB",
            "SYN-SENT",
            "SYN-RECV",
            "FIN-WAIT-1",
            "FIN-WAIT-2",
            "TIME-WAIT",
            "UNCONN",
            "CLOSE-WAIT",
            "LAST-ACK",
            "LISTEN",
            "CLOSING");
    private static final Map<String, Integer> OTHERS = Map.of(
            "established", ESTABLISHED,
            "closed", CLOSE,
            "close", CLOSE,
            "unconnected", CLOSE,
            "listening", 1 << Linux.TCP_LISTEN,
            "all", ALL,
            "connected", ALL & ~LISTENING,
            "synchronized", ALL & ~LISTENING & ~(1 << Linux.TCP_SYN_SENT),
            "bucket", BUCKET,
            "big", ALL & ~BUCKET);

    static {
        CONNECTED = ALL & ~LISTENING & ~BUCKET;
    }

    private States() {}

    static String name(int state) {
        return state > 0 && state < SHOWN.size() ? SHOWN.get(state) : "STATE-" + state;
    }

    /** A state, or one of the names that ss(8) has for several. */
    static int parse(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        int state = SHOWN.indexOf(name.toUpperCase(Locale.ROOT));
        Integer several = OTHERS.get(lower);
        if (several == null && state <= 0) {
            throw new FailedException("there is no state '" + name + "': established, syn-sent, syn-recv, fin-wait-1, "
                    + "fin-wait-2, time-wait, closed, close-wait, last-ack, listening, closing, all, connected, "
                    + "synchronized, bucket, big");
        }
        return several == null ? 1 << state : several;
    }
}
