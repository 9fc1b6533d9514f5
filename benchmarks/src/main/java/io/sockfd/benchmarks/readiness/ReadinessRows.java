package io.sockfd.benchmarks.readiness;

import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import java.util.ArrayList;
import java.util.List;

/** {@code epoll-wait}, {@code epoll-ctl}. */
public final class ReadinessRows {
    private ReadinessRows() {}

    public static List<Row> all() {
        List<Row> rows = new ArrayList<>();
        for (int ready : new int[] {0, 1, 64}) {
            Row row = Row.of(
                            "epoll-wait", Integer.toString(ready), "look at what is ready: " + ready + " of 64 sockets")
                    .with(Who.C, CWait.class, 64, ready)
                    .with(Who.SOCKFD, SockfdWait.class, 64, ready)
                    .withRaw(RawWait.class, 64, ready)
                    .with(Who.NIO, NioWait.class, 64, ready, true)
                    .note(Who.NIO, "selectNow with a consumer")
                    .with(Who.NIO_NONBLOCKING, NioWait.class, 64, ready, false)
                    .note(Who.NIO_NONBLOCKING, "selectNow and the selected keys");
            rows.add(ready == 1 ? row.quick() : row);
        }
        rows.add(change("mod", "change what is watched (EPOLL_CTL_MOD)", true));
        rows.add(change("add-del", "watch a socket and no longer (EPOLL_CTL_ADD, EPOLL_CTL_DEL)", false));
        return rows;
    }

    private static Row change(String variant, String title, boolean modify) {
        return Row.of("epoll-ctl", variant, title)
                .with(Who.C, CChange.class, modify)
                .with(Who.SOCKFD, SockfdChange.class, modify)
                .withRaw(RawChange.class, modify)
                .with(Who.NIO_NONBLOCKING, NioChange.class, modify)
                .note(Who.NIO_NONBLOCKING, "takes effect with a selectNow, which is in the figure")
                .with(Who.NETTY, NettyChange.class, modify);
    }
}
