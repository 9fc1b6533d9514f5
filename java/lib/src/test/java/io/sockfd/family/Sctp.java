package io.sockfd.family;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Domain;
import io.sockfd.Protocol;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.examples.Program;
import io.sockfd.option.SctpOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;

/** SCTP sockets on loopback, and a program in C with lksctp's library. */
final class Sctp {
    private Sctp() {}

    static Socket socket(SocketType type) throws IOException {
        return Kernel.open(Domain.INET, type, Protocol.SCTP.value());
    }

    /** At 127.0.0.1 and 127.0.0.2, which gives associations two paths. */
    static Socket listener(SocketType type) throws IOException {
        Socket socket = socket(type).bind(at(1, 0));
        try {
            return socket.setOption(SctpOptions.SCTP_SOCKOPT_BINDX_ADD, new InetSocketAddress[] {at(2, port(socket))})
                    .setOption(SctpOptions.SCTP_RECVRCVINFO, true)
                    .listen();
        } catch (Throwable e) {
            socket.close();
            throw e;
        }
    }

    static int port(Socket socket) throws IOException {
        return ((InetSocketAddress) socket.getLocalAddress()).getPort();
    }

    /** 127.0.0.{@code host}. */
    static InetSocketAddress at(int host, int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) host}), port);
    }

    /** Compiles the peer; skips the test where that cannot be done. */
    static Path peer(Path directory) throws IOException, InterruptedException {
        Kernel.assumeInstalled("cc", "gcc");
        Assumptions.assumeTrue(
                Files.exists(Path.of("/usr/include/netinet/sctp.h")), "no netinet/sctp.h (package libsctp-dev)");
        Path source = directory.resolve("sctp_peer.c");
        try (InputStream text = Sctp.class.getResourceAsStream("sctp_peer.c")) {
            long copied = Files.copy(Objects.requireNonNull(text), source);
            assertTrue(copied > 0);
        }
        Path program = directory.resolve("sctp_peer");
        try (Program compiler = Program.start(
                List.of("cc", "-Wall", "-Werror", "-o", program.toString(), source.toString(), "-lsctp"))) {
            compiler.end();
        }
        return program;
    }
}
