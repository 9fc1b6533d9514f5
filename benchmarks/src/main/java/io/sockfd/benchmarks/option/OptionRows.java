package io.sockfd.benchmarks.option;

import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import java.util.List;

/** {@code getsockopt}, {@code setsockopt}, {@code getsockname}. */
public final class OptionRows {
    /** Of SO_SNDBUF, in bytes. */
    static final int VALUE = 65536;

    private static final String CACHED = "makes no system call: it remembers the address from connect";

    private OptionRows() {}

    public static List<Row> all() {
        return List.of(
                option(false, true).quick(),
                unix(option(false, false), false),
                option(true, true),
                unix(option(true, false), true),
                name("bytes", "the address not decoded").withRaw(RawOption.class, "name", true),
                objects(name("kept", "decoded, an object again while the bytes are the same")),
                objects(name("fresh", "decoded, a new object")));
    }

    private static Row option(boolean set, boolean tcp) {
        String call = set ? "set" : "get";
        Row row = Row.of(
                        call + "sockopt",
                        tcp ? "tcp" : "unix",
                        (tcp ? "TCP, " : "UNIX stream, ") + call + "sockopt of an int, SO_SNDBUF")
                .with(Who.C, COption.class, call, tcp)
                .with(Who.SOCKFD, SockfdOption.class, set, tcp)
                .withRaw(RawOption.class, call, tcp)
                .with(Who.NIO, NioOption.class, set, tcp)
                .with(Who.NETTY, NettyOption.class, call, tcp);
        return tcp ? row.with(Who.JAVA_NET, JavaNetOption.class, call) : row;
    }

    private static Row unix(Row row, boolean set) {
        return row.with(Who.JUNIXSOCKET, ChannelOption.class, set, true)
                .with(Who.JNR_UNIXSOCKET, ChannelOption.class, set, false);
    }

    private static Row name(String form, String title) {
        return Row.of("getsockname", form, "TCP, getsockname, " + title)
                .with(Who.C, COption.class, "name", true)
                .with(Who.SOCKFD, SockfdName.class, form);
    }

    private static Row objects(Row row) {
        return row.with(Who.NIO, NioName.class)
                .with(Who.JAVA_NET, JavaNetOption.class, "name")
                .with(Who.NETTY, NettyOption.class, "name", true)
                .note(Who.C, "does not decode")
                .note(Who.NIO, CACHED)
                .note(Who.JAVA_NET, "remembers the port, asks for the address, makes a new object")
                .note(Who.NETTY, "a new object each time");
    }
}
