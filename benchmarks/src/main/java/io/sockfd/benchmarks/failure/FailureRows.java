package io.sockfd.benchmarks.failure;

import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import java.util.List;

/** {@code eagain}, {@code refused}, {@code epipe}. */
public final class FailureRows {
    private static final String CODE = "a result code, no exception";
    private static final String EXCEPTION = "throws an exception with its stack trace";
    private static final String SIGNAL = EXCEPTION + "; the kernel raises SIGPIPE besides, MSG_NOSIGNAL is not set";

    private FailureRows() {}

    public static List<Row> all() {
        return List.of(
                wouldBlock("unix", "UNIX stream")
                        .with(Who.JUNIXSOCKET, JunixWouldBlock.class)
                        .with(Who.JNR_UNIXSOCKET, JnrWouldBlock.class),
                wouldBlock("tcp", "TCP"),
                wouldBlock("udp", "UDP").quick(),
                refused(true, "TCP, socket, connect to a closed port, close"),
                refused(false, "UDP, send to a closed port and receive the error"),
                broken(false)
                        .with(Who.JUNIXSOCKET, JunixBroken.class)
                        .with(Who.JNR_UNIXSOCKET, JnrBroken.class)
                        .note(Who.JUNIXSOCKET, EXCEPTION)
                        .note(Who.JNR_UNIXSOCKET, SIGNAL),
                broken(true).with(Who.JAVA_NET, JavaNetBroken.class).note(Who.JAVA_NET, SIGNAL));
    }

    private static Row wouldBlock(String kind, String title) {
        Row row = Row.of("eagain", kind, title + ", receive without waiting, nothing there")
                .with(Who.C, CFailure.WouldBlock.class, kind)
                .with(Who.SOCKFD, SockfdWouldBlock.class, kind)
                .withRaw(RawWouldBlock.class, kind)
                .with(Who.NETTY, NettyWouldBlock.class, kind);
        return kind.equals("udp")
                ? row.with(Who.NIO_NONBLOCKING, NioWouldBlock.Datagram.class)
                : row.with(Who.NIO_NONBLOCKING, NioWouldBlock.Stream.class, kind);
    }

    private static Row refused(boolean tcp, String title) {
        Row row = Row.of("refused", tcp ? "tcp" : "udp", title + ", ECONNREFUSED")
                .with(Who.C, CFailure.Refused.class, tcp)
                .with(Who.SOCKFD, SockfdRefused.class, tcp)
                .withRaw(RawRefused.class, tcp)
                .with(Who.NIO, NioRefused.class, tcp)
                .with(Who.JAVA_NET, JavaNetRefused.class, tcp)
                .with(Who.NETTY, NettyRefused.class, tcp)
                .note(Who.SOCKFD, EXCEPTION)
                .note(Who.NIO, EXCEPTION)
                .note(Who.JAVA_NET, EXCEPTION);
        return raw(row);
    }

    private static Row broken(boolean tcp) {
        Row row = Row.of(
                        "epipe",
                        tcp ? "tcp" : "unix",
                        (tcp ? "TCP" : "UNIX stream") + ", send " + Fixtures.SIZE + " B to a closed peer, EPIPE")
                .with(Who.C, CFailure.Broken.class, tcp)
                .with(Who.SOCKFD, SockfdBroken.class, tcp)
                .withRaw(RawBroken.class, tcp)
                .with(Who.NIO, NioBroken.class, tcp, true)
                .with(Who.NIO_NONBLOCKING, NioBroken.class, tcp, false)
                .with(Who.NETTY, NettyBroken.class, tcp)
                .note(Who.SOCKFD, EXCEPTION)
                .note(Who.NIO, SIGNAL)
                .note(Who.NIO_NONBLOCKING, SIGNAL)
                .note(Who.NETTY, "throws an exception without a stack trace; the kernel raises SIGPIPE besides");
        return raw(row);
    }

    private static Row raw(Row row) {
        return row.note(Who.FFM, CODE).note(Who.JNI, CODE).note(Who.JNR, CODE);
    }
}
