package io.sockfd.benchmarks.latency;

import io.sockfd.Socket;
import io.sockfd.benchmarks.Child;
import io.sockfd.option.TcpOptions;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The other end of a round trip: a process on the same processor that sends back what it receives from one client. */
final class Echo implements AutoCloseable {
    private final String family;
    private final Path directory = Files.createTempDirectory("sockfd-echo");
    private final Child child;
    private final String address;

    /**
     * @param family {@code tcp}, {@code unix} or {@code udp}
     * @param ours whether it is {@link SockfdEcho} and not the C program
     */
    Echo(String family, boolean ours) throws IOException {
        this.family = family;
        String where = family.equals("unix") ? directory.resolve("s").toString() : "0";
        child = ours ? Child.java(SockfdEcho.class, family, where) : Child.program(List.of(), "echo", family, where);
        address = child.line();
    }

    SocketAddress address() {
        return family.equals("unix")
                ? UnixDomainSocketAddress.of(address)
                : new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(address));
    }

    Path path() {
        return Path.of(address);
    }

    /** The library's socket, connected. */
    Socket socket() throws IOException {
        Socket socket = switch (family) {
            case "tcp" -> Socket.tcp();
            case "udp" -> Socket.udp();
            default -> Socket.unixStream();
        };
        socket.connect(address());
        return family.equals("tcp") ? socket.setOption(TcpOptions.TCP_NODELAY, true) : socket;
    }

    /** The same as a descriptor, which blocks and belongs to the caller. */
    int descriptor() throws IOException {
        int fd = socket().release();
        Libc.get().fcntl(fd, Linux.F_SETFL, 0);
        return fd;
    }

    @Override
    public void close() throws IOException {
        child.close();
        Files.deleteIfExists(directory.resolve("s"));
        Files.delete(directory);
    }
}
