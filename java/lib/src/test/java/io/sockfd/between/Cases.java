package io.sockfd.between;

import io.sockfd.Domain;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Operations by name, and what they have in common. */
final class Cases {
    /** How long an operation waits for what does not come. */
    static final Duration TIME = Duration.ofMillis(4);

    final Map<String, Opening> all = new LinkedHashMap<>();

    private static @Nullable Path known;

    interface Opening {
        /** What it opens it adds to {@code all}, which is closed after the operation. */
        Opened open(List<Closeable> all) throws IOException;
    }

    interface Body {
        void run() throws IOException;
    }

    /** What is closed meanwhile, what is done with it, and how that says that it was closed meanwhile. */
    record Opened(Closeable closed, Body body, Predicate<Exception> meanwhile) {
        Opened(Closeable closed, Body body) {
            this(closed, body, AsynchronousCloseException.class::isInstance);
        }
    }

    /** For all of it, where the kernel gives it; what does not have it takes no part. */
    void add(String name, Opening opening) {
        if (all.put(name, opening) != null) {
            throw new IllegalStateException(name + " is there twice");
        }
    }

    static <C extends Closeable> C own(List<Closeable> all, C opened) {
        all.add(opened);
        return opened;
    }

    /** For what an operation returns. */
    static void ignore(@Nullable Object ignored) {}

    static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    static Socket.Pair pair(List<Closeable> all, Domain domain) throws IOException {
        if (domain.equals(Domain.UNIX)) {
            Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM);
            all.add(pair);
            return pair;
        }
        try (Socket listener = Socket.tcp().bind(loopback(0)).listen()) {
            Socket first = own(all, Socket.tcp());
            ignore(first.connect(listener.getLocalAddress()));
            Socket second = own(all, Objects.requireNonNull(listener.accept()));
            return new Socket.Pair(first, second);
        }
    }

    /** 8 MiB. */
    static Path file() throws IOException {
        Path made = known;
        if (made == null) {
            made = Files.createTempFile("sockfd", ".bytes");
            made.toFile().deleteOnExit();
            Files.write(made, new byte[1 << 23]);
            known = made;
        }
        return made;
    }
}
