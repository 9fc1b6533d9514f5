package io.sockfd.cli.endpoint;

import io.sockfd.Socket;
import io.sockfd.address.Addresses;
import io.sockfd.cli.FailedException;
import io.sockfd.option.SocketOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A bound socket. A UNIX path that nobody listens on any more is taken over; one that is somebody's, and a file that is no
 * socket, is left alone. {@link #close} removes the path again.
 */
public final class Listener implements AutoCloseable {
    private final Socket socket;
    private final @Nullable Path path;
    private final @Nullable Object identity;

    private Listener(Socket socket, @Nullable Path path) throws IOException {
        this.socket = socket;
        this.path = path;
        identity = path == null ? null : identity(path);
    }

    /** Binds to the endpoint's first address. */
    public static Listener bind(Endpoint endpoint, @Nullable String mode) throws IOException {
        SocketAddress address = endpoint.addresses().get(0);
        Socket socket = endpoint.open(address);
        try {
            if (address instanceof InetSocketAddress && !endpoint.isDatagram()) {
                socket.setOption(SocketOptions.SO_REUSEADDR, true);
            }
            if (address instanceof UnixDomainSocketAddress unix) {
                bindPath(endpoint, socket, unix);
                if (mode != null) {
                    Files.setPosixFilePermissions(unix.getPath(), PosixFilePermissions.fromString(mode));
                }
                return new Listener(socket, unix.getPath());
            }
            return new Listener(socket.bind(address), null);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static void bindPath(Endpoint endpoint, Socket socket, UnixDomainSocketAddress address) throws IOException {
        Path path = address.getPath();
        Optional<BasicFileAttributes> there = attributes(path);
        if (there.isPresent()) {
            if (!there.get().isOther()) {
                throw new FailedException(path + " is there and no socket: choose another path");
            } else if (isServed(endpoint, address)) {
                throw new FailedException(path + ": somebody listens there: end that process or choose another path");
            }
            Files.delete(path);
        }
        socket.bind(address);
    }

    private static boolean isServed(Endpoint endpoint, SocketAddress address) throws IOException {
        try (Socket probe = endpoint.open(address)) {
            probe.timeout(Socket.NON_BLOCKING);
            return probe.connect(address);
        } catch (ConnectException nobody) {
            return false;
        } catch (IOException e) {
            return true; // a full backlog, another type of socket, no permission: not ours to remove
        }
    }

    private static Optional<BasicFileAttributes> attributes(Path path) {
        try {
            return Optional.of(
                    Files.readAttributes(path, BasicFileAttributes.class, java.nio.file.LinkOption.NOFOLLOW_LINKS));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static @Nullable Object identity(Path path) {
        return attributes(path).map(BasicFileAttributes::fileKey).orElse(null);
    }

    public Socket socket() {
        return socket;
    }

    /** The address with the port that was chosen. */
    public String name() throws IOException {
        return Addresses.format(socket.getLocalAddress());
    }

    /** Removes the path, if it has one and a successor has not taken that. */
    public void removePath() throws IOException {
        Path bound = path;
        if (bound != null && identity != null && identity.equals(identity(bound))) {
            Files.deleteIfExists(bound);
        }
    }

    @Override
    public void close() throws IOException {
        removePath();
        socket.close();
    }
}
