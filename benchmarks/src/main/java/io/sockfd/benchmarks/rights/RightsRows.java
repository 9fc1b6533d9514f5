package io.sockfd.benchmarks.rights;

import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import java.util.ArrayList;
import java.util.List;

/** {@code rights}, {@code rights-owned}; each contestant fails when a descriptor is open at its end. */
public final class RightsRows {
    private static final String INHERITED = "not close-on-exec: a child process inherits what was received";

    private RightsRows() {}

    public static List<Row> all() {
        List<Row> rows = new ArrayList<>();
        for (boolean owned : new boolean[] {false, true}) {
            for (int count : new int[] {1, 8, 253}) {
                rows.add(row(owned, count));
            }
        }
        return rows;
    }

    private static Row row(boolean owned, int count) {
        Row row = Row.of(
                        owned ? "rights-owned" : "rights",
                        Integer.toString(count),
                        "UNIX stream, pass and close " + count + (count == 1 ? " descriptor" : " descriptors") + ", "
                                + (owned ? "objects that own them" : "numbers"))
                .per(count)
                .with(Who.C, CRights.class, count)
                .with(Who.SOCKFD, SockfdRights.class, count, owned)
                .withRaw(RawRights.class, count)
                .note(Who.NETTY, count == 1 ? INHERITED : "passes one descriptor at a time");
        if (count == 1) {
            row.with(Who.NETTY, NettyRights.class);
        }
        return count <= JunixRights.MOST
                ? row.with(Who.JUNIXSOCKET, JunixRights.class, count).note(Who.JUNIXSOCKET, INHERITED)
                : row.note(Who.JUNIXSOCKET, "throws and leaks what came, above " + JunixRights.MOST + " descriptors");
    }
}
