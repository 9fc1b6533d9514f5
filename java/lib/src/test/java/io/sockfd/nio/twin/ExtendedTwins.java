package io.sockfd.nio.twin;

import static io.sockfd.nio.twin.Bench.ANY_PORT;
import static io.sockfd.nio.twin.Bench.STANDARD;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jdk.net.ExtendedSocketOptions;

/** The options of {@code jdk.net}, and the sets of options. */
final class ExtendedTwins {
    private ExtendedTwins() {}

    private static final List<SocketOption<?>> OPTIONS = List.of(
            ExtendedSocketOptions.TCP_KEEPIDLE,
            ExtendedSocketOptions.TCP_KEEPINTERVAL,
            ExtendedSocketOptions.TCP_KEEPCOUNT,
            ExtendedSocketOptions.TCP_QUICKACK,
            ExtendedSocketOptions.SO_INCOMING_NAPI_ID,
            ExtendedSocketOptions.SO_PEERCRED);

    static List<Table<?>> tables() {
        List<Table<?>> tables = new ArrayList<>();
        for (ProtocolFamily family : List.of(STANDARD, StandardProtocolFamily.INET, StandardProtocolFamily.UNIX)) {
            Table<SocketChannel> streams = new Table<>("SocketChannel " + family.name() + " jdk.net");
            streams.state("fresh", b -> b.channel(family))
                    .state("connected", b -> b.ends(family)[0])
                    .state("accepted", b -> b.ends(family)[1])
                    .state("closed", b -> closed(b.ends(family)[0]));
            Options.add(streams, SocketChannel::setOption, SocketChannel::getOption, OPTIONS);
            tables.add(ours(streams));
            Table<ServerSocketChannel> servers = new Table<>("ServerSocketChannel " + family.name() + " jdk.net");
            servers.state("fresh", b -> b.server(family))
                    .state("listening", b -> b.listener(family))
                    .state("closed", b -> closed(b.listener(family)));
            Options.add(servers, ServerSocketChannel::setOption, ServerSocketChannel::getOption, OPTIONS.subList(0, 5));
            tables.add(ours(servers));
        }
        for (ProtocolFamily family : List.of(STANDARD, StandardProtocolFamily.INET)) {
            Table<DatagramChannel> datagrams = new Table<>("DatagramChannel " + family.name() + " jdk.net");
            datagrams
                    .state("fresh", b -> b.udp(family))
                    .state("bound", b -> b.udp(family).bind(ANY_PORT))
                    .state("closed", b -> closed(b.udp(family).bind(ANY_PORT)));
            List<SocketOption<?>> options = new ArrayList<>(OPTIONS);
            options.addAll(later());
            Options.add(datagrams, DatagramChannel::setOption, DatagramChannel::getOption, options);
            tables.add(ours(datagrams));
        }
        return tables;
    }

    /** Of Java 19. */
    private static List<SocketOption<?>> later() {
        try {
            return List.of((SocketOption<?>)
                    ExtendedSocketOptions.class.getField("IP_DONTFRAGMENT").get(null));
        } catch (ReflectiveOperationException e) {
            return List.of();
        }
    }

    private static <C extends SelectableChannel> C closed(C channel) throws IOException {
        channel.close();
        return channel;
    }

    private static <C extends NetworkChannel> Table<C> ours(Table<C> table) {
        return table.step("supportedOptions clear", (b, c) -> {
                    c.supportedOptions().clear();
                    return "done";
                })
                .step("supportedOptions is one thing", (b, c) -> {
                    Set<SocketOption<?>> copy = new HashSet<>();
                    for (SocketOption<?> option : c.supportedOptions()) {
                        copy.add(option);
                    }
                    return copy.equals(c.supportedOptions())
                            && c.supportedOptions().equals(copy)
                            && copy.hashCode() == c.supportedOptions().hashCode();
                });
    }

    /** What is in the JDK's set of a channel and not in ours. */
    static List<String> missing(SelectorProvider jdk, SelectorProvider ours) throws IOException {
        List<String> missing = new ArrayList<>();
        for (ProtocolFamily family : StandardProtocolFamily.values()) {
            try (NetworkChannel theirs = jdk.openSocketChannel(family);
                    NetworkChannel own = ours.openSocketChannel(family)) {
                missing(theirs, own, missing);
            }
            try (NetworkChannel theirs = jdk.openServerSocketChannel(family);
                    NetworkChannel own = ours.openServerSocketChannel(family)) {
                missing(theirs, own, missing);
            }
        }
        try (NetworkChannel theirs = jdk.openDatagramChannel();
                NetworkChannel own = ours.openDatagramChannel()) {
            missing(theirs, own, missing);
        }
        return missing;
    }

    private static void missing(NetworkChannel theirs, NetworkChannel own, List<String> missing) {
        for (SocketOption<?> option : theirs.supportedOptions()) {
            if (option.getClass().getName().startsWith("sun.")) {
                continue; // SO_OOBINLINE, for its adaptor
            }
            if (!own.supportedOptions().contains(option) || !new ArrayList<>(own.supportedOptions()).contains(option)) {
                missing.add(own + " " + option.name());
            }
        }
    }
}
