package io.sockfd.family;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sockfd.Domain;
import io.sockfd.Errno;
import io.sockfd.Errors;
import io.sockfd.Protocol;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.function.Executable;

/** What the tests of this package need of the machine: without it they are skipped, with the reason. */
final class Kernel {
    private static final Set<Errno> MISSING = Set.of(
            Errno.EAFNOSUPPORT, Errno.EPROTONOSUPPORT, Errno.ESOCKTNOSUPPORT, Errno.ENODEV, Errno.EPERM, Errno.EACCES);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Kernel() {}

    /** A socket that waits half a minute for whatever it waits for. */
    static Socket open(Domain domain, SocketType type, int protocol) throws IOException {
        try {
            return Socket.open(domain, type, new Protocol(protocol)).timeout(PATIENCE);
        } catch (IOException e) {
            Assumptions.assumeFalse(
                    Errors.errnoOf(e).filter(MISSING::contains).isPresent(),
                    () -> "this kernel, or this user, has no such socket: " + e.getMessage());
            throw e;
        }
    }

    /** Binds, or closes what could not be bound. */
    static Socket bound(Socket socket, SocketAddress address) throws IOException {
        try {
            return socket.bind(address);
        } catch (Throwable e) {
            socket.close();
            throw e;
        }
    }

    static Socket accept(Socket listener) throws IOException {
        return Objects.requireNonNull(listener.accept(), "it blocks");
    }

    /** The call fails with this errno. */
    static Exception assertFails(Errno expected, Executable call) {
        Exception e = assertThrows(Exception.class, call);
        assertEquals(expected, Errors.errnoOf(e).orElse(null), e::toString);
        return e;
    }

    /** Skips the test where a program is not installed. */
    static void assumeInstalled(String program, String packageName) {
        Assumptions.assumeTrue(
                List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin").stream()
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program))),
                () -> program + " is not installed (package " + packageName + ")");
    }

    /** For a field that a test's beginning sets. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    static <T> T later() {
        return null;
    }

    /** Unless there is none, because the test's beginning was skipped. */
    static void close(@Nullable AutoCloseable resource) throws IOException {
        try {
            if (resource != null) {
                resource.close();
            }
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    static ByteBuffer bytes(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    /** What was put into the buffer since it was cleared. */
    static String text(ByteBuffer buffer) {
        return StandardCharsets.UTF_8.decode(buffer.flip()).toString();
    }
}
