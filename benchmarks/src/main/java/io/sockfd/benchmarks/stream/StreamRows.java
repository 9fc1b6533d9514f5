package io.sockfd.benchmarks.stream;

import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import java.util.ArrayList;
import java.util.List;

/** {@code unix}, {@code unix-array}, {@code tcp}, {@code tcp-array}. */
public final class StreamRows {
    private static final String COPIES = "copies through its own array";

    private StreamRows() {}

    public static List<Row> all() {
        List<Row> rows = new ArrayList<>();
        for (int size : new int[] {1, 64, 1024, 4096, 16384, 65536}) {
            rows.add(marked(size, direct(false, size)));
        }
        for (int size : new int[] {1, 64, 1024, 4096, 16384, 65536}) {
            rows.add(arrays(false, size));
        }
        for (int size : new int[] {1, 64, 1024, 4096, 16384, 65536}) {
            rows.add(direct(true, size));
        }
        for (int size : new int[] {64, 4096, 16384}) {
            rows.add(arrays(true, size));
        }
        return rows;
    }

    private static Row direct(boolean tcp, int size) {
        Row row = row(tcp, size, "", "direct buffers")
                .with(Who.C, CStream.class, tcp, size)
                .with(Who.SOCKFD, SockfdStream.class, tcp, size)
                .withRaw(RawStream.class, tcp, size)
                .with(Who.NIO, NioStream.class, tcp, size, true, true)
                .with(Who.NIO_NONBLOCKING, NioStream.class, tcp, size, true, false)
                .with(Who.NETTY, NettyStream.class, tcp, size);
        return tcp
                ? row
                : row.with(Who.JUNIXSOCKET, JunixStream.class, size, true)
                        .with(Who.JNR_UNIXSOCKET, JnrStream.class, size, true)
                        .note(Who.JNR_UNIXSOCKET, COPIES);
    }

    private static Row arrays(boolean tcp, int size) {
        Row row = row(tcp, size, "-array", "byte[] or heap buffers")
                .with(Who.C, CStream.class, tcp, size)
                .with(Who.SOCKFD, SockfdArrayStream.class, tcp, size)
                .withRaw(RawArrayStream.class, tcp, size)
                .with(Who.NIO, NioStream.class, tcp, size, false, true)
                .with(Who.NIO_NONBLOCKING, NioStream.class, tcp, size, false, false);
        return tcp
                ? row
                : row.with(Who.JUNIXSOCKET_STREAMS, JunixArrayStream.class, size)
                        .with(Who.JUNIXSOCKET, JunixStream.class, size, false)
                        .with(Who.JNR_UNIXSOCKET, JnrStream.class, size, false);
    }

    private static Row row(boolean tcp, int size, String suffix, String memory) {
        return Row.of(
                (tcp ? "tcp" : "unix") + suffix,
                Integer.toString(size),
                (tcp ? "TCP" : "UNIX") + " stream, send and receive " + size + " B, " + memory);
    }

    private static Row marked(int size, Row row) {
        return size == 64 || size == 4096 ? row.quick() : row;
    }
}
