package io.sockfd.benchmarks.start;

import io.sockfd.benchmarks.Pace;
import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code start}: what a user waits for, with the JVM's default flags and nothing on the class path that is not needed. */
public final class StartRows {
    private static final Pace PACE = new Pace(1, 1, 40, false);
    private static final List<String> OURS = List.of("sockfd-0");
    private static final List<String> JNR = List.of("sockfd-0", "jnr-", "jffi-", "asm-");
    private static final List<String> JNR_UNIXSOCKET = List.of("jnr-", "jffi-", "asm-");
    private static final List<String> NETTY = List.of("netty-");
    private static final List<String> JUNIXSOCKET = List.of("junixsocket-");
    private static final List<String> NATIVE =
            Runtime.version().feature() >= 22 ? List.of("--enable-native-access=ALL-UNNAMED") : List.of();

    private StartRows() {}

    public static List<Row> all() {
        Row tcp = row("tcp").with(Who.JAVA_NET, Start.class, JavaNetStart.class.getName(), "tcp", List.of(), List.of());
        Row unix = row("unix")
                .with(Who.JUNIXSOCKET, Start.class, JunixStart.class.getName(), "unix", JUNIXSOCKET, NATIVE)
                .with(Who.JNR_UNIXSOCKET, Start.class, JnrStart.class.getName(), "unix", JNR_UNIXSOCKET, NATIVE);
        return List.of(tcp.quick(), unix);
    }

    private static Row row(String family) {
        String raw = RawStart.class.getName();
        return Row.of(
                        "start",
                        family,
                        "from the start of the process to the first byte, " + family.toUpperCase(Locale.ROOT))
                .with(Who.C, Start.class, "", family, List.of(), List.of())
                .with(Who.SOCKFD, Start.class, SockfdStart.class.getName(), family, OURS, NATIVE)
                .with(Who.FFM, Start.class, raw, family, OURS, backend("ffm"))
                .with(Who.JNI, Start.class, raw, family, OURS, backend("jni"))
                .with(Who.JNR, Start.class, raw, family, JNR, backend("jnr"))
                .with(Who.NIO, Start.class, NioStart.class.getName(), family, List.of(), List.of())
                .with(Who.NETTY, Start.class, NettyStart.class.getName(), family, NETTY, NATIVE)
                .note(Who.C, "no JVM to start")
                .note(Who.JNI, "copies its library out of the jar at each start")
                .note(Who.NETTY, "copies its library out of the jar at each start")
                .metric("time from the start of the process to its first byte")
                .paced(PACE);
    }

    private static List<String> backend(String name) {
        List<String> flags = new ArrayList<>(NATIVE);
        flags.add("-Dsockfd.backend=" + name);
        return List.copyOf(flags);
    }
}
