package io.sockfd.family;

import io.sockfd.Domain;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.address.VsockAddress;
import java.io.IOException;
import org.junit.jupiter.api.Assumptions;

/** Sockets of the loopback transport, where CID 1 is this machine. */
final class Vsock {
    private Vsock() {}

    /** There is one when CID 1 can be bound. */
    static void assumeLoopback() throws IOException {
        Kernel.assumeInstalled("python3", "python3");
        try (Socket socket = socket(SocketType.STREAM)) {
            socket.bind(new VsockAddress(VsockAddress.LOCAL, VsockAddress.PORT_ANY));
        } catch (IOException e) {
            Assumptions.abort("VSOCK without the loopback transport (modprobe vsock_loopback): " + e.getMessage());
        }
    }

    static Socket socket(SocketType type) throws IOException {
        return Kernel.open(Domain.VSOCK, type, 0);
    }

    static Socket listener(SocketType type) throws IOException {
        return socket(type)
                .bind(new VsockAddress(VsockAddress.ANY, VsockAddress.PORT_ANY))
                .listen();
    }

    static int port(Socket socket) throws IOException {
        return ((VsockAddress) socket.getLocalAddress()).port();
    }
}
