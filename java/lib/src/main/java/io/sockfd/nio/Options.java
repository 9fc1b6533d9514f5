package io.sockfd.nio;

import io.sockfd.Domain;
import io.sockfd.Option;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.option.TcpOptions;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.SocketOption;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The options of channels. */
final class Options {
    /** What a channel's set is found for. */
    private record Kind(Domain domain, SocketType type) {}

    private static final String PEER = "SO_PEERCRED";

    /** The JDK's channels have these in their sets although they can only be read: the one UNIX channels, the other the rest. */
    private static final Set<String> READ_BY_THE_JDK = Set.of(PEER, "SO_INCOMING_NAPI_ID");

    private static final Map<Kind, Set<SocketOption<?>>> SUPPORTED = new ConcurrentHashMap<>();

    private Options() {}

    /** The JDK's sockets are of the Internet: {@link NioSockets} has views of others. */
    static void checkInet(Domain domain) {
        if (!Families.isInet(domain)) {
            throw new UnsupportedOperationException(domain + " has no socket of java.net: see NioSockets");
        }
    }

    /**
     * The options that can be read, and set to what was read, found out once with a socket of its own for each kind. The set
     * also contains those that can only be read or only be set, without having them in its iteration.
     */
    static Set<SocketOption<?>> supported(Socket socket) {
        return SUPPORTED.computeIfAbsent(new Kind(socket.domain(), socket.type()), kind -> find(kind, socket));
    }

    private static Set<SocketOption<?>> find(Kind kind, Socket socket) {
        Set<SocketOption<?>> known = socket.supportedOptions();
        Set<SocketOption<?>> both = new HashSet<>();
        try (Socket probe = Socket.open(kind.domain(), kind.type())) {
            for (SocketOption<?> option : known) {
                // TCP_MAXSEG reads the size in use: 48 once another option made Linux compute it anew, which cannot be
                // set
                if (!TcpOptions.TCP_MAXSEG.equals(option) && canBeBoth(probe, option)) {
                    both.add(option);
                }
            }
        } catch (IOException e) {
            for (SocketOption<?> option : known) { // no permission for another one
                if (!(option instanceof Option<?> own) || own.access() == Option.Access.READ_WRITE) {
                    both.add(option);
                }
            }
        }
        Set<SocketOption<?>> all = new HashSet<>(known);
        for (SocketOption<?> option : known) {
            if (isReadByTheJdk(option)) {
                if (Families.isInet(kind.domain()) != option.name().equals(PEER)) {
                    both.add(option);
                } else {
                    both.remove(option);
                    all.remove(option);
                }
            }
        }
        return new OptionSet(both, all);
    }

    private static boolean isReadByTheJdk(SocketOption<?> option) {
        return !(option instanceof Option<?>) && READ_BY_THE_JDK.contains(option.name());
    }

    private static <T> boolean canBeBoth(Socket probe, SocketOption<T> option) {
        try {
            T value = probe.getOption(option);
            if (value != null) { // IP_MULTICAST_IF is null at first
                Socket ignored = probe.setOption(option, value);
            }
            return true;
        } catch (IOException | RuntimeException e) {
            return false; // not permitted, or only in another state
        }
    }

    static <T> void set(Channel channel, Socket socket, SocketOption<T> name, T value) throws IOException {
        Objects.requireNonNull(name);
        if (!channel.isOpen() || !name.type().isInstance(value)) {
            checkKnown(channel, socket, name);
            if (!name.type().isInstance(value)) {
                throw new IllegalArgumentException(
                        name.name() + " takes a " + name.type().getSimpleName() + ", not " + value);
            }
            throw new ClosedChannelException();
        } else if (isReadByTheJdk(name)) {
            checkKnown(channel, socket, name);
            throw new SocketException(name.name() + " can only be read");
        }
        try {
            socket.setOption(name, value);
        } catch (IOException e) {
            throw failure(channel, name, e);
        } catch (IllegalArgumentException e) {
            checkKnown(channel, socket, name); // a value is wrong only where the option is there
            throw e;
        }
    }

    static <T> T get(Channel channel, Socket socket, SocketOption<T> name) throws IOException {
        Objects.requireNonNull(name);
        if (!channel.isOpen()) {
            checkKnown(channel, socket, name);
            throw new ClosedChannelException();
        } else if (isReadByTheJdk(name)) {
            checkKnown(channel, socket, name);
        }
        try {
            return socket.getOption(name);
        } catch (IOException e) {
            throw failure(channel, name, e);
        } catch (UncheckedIOException e) { // the value is of nobody: SO_PEERCRED without a peer
            checkKnown(channel, socket, name);
            throw Failures.ofSocket(new SocketException(e.getMessage()));
        }
    }

    /** Asked only when something is wrong, because of what it costs the first time. */
    private static void checkKnown(Channel channel, Socket socket, SocketOption<?> name) {
        if (!supported(socket).contains(name)) {
            throw new UnsupportedOperationException(name.name() + " is no option of " + channel);
        }
    }

    private static IOException failure(Channel channel, SocketOption<?> name, IOException e) throws IOException {
        if (Failures.is(e, Linux.ENOPROTOOPT) || Failures.is(e, Linux.EOPNOTSUPP)) {
            throw new UnsupportedOperationException(name.name() + " is no option of " + channel, e);
        }
        return Failures.of(Blocking.failed(channel, e));
    }
}
