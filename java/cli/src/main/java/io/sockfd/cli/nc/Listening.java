package io.sockfd.cli.nc;

import io.sockfd.ErrnoException;
import io.sockfd.Socket;
import io.sockfd.address.Addresses;
import io.sockfd.address.Sockaddr;
import io.sockfd.cli.Interruption;
import io.sockfd.cli.endpoint.Endpoint;
import io.sockfd.cli.endpoint.Listener;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code nc -l}. */
final class Listening {
    private static final long PAUSE_NANOS = 100_000_000;

    private final Traffic traffic;
    private final Endpoint endpoint;
    private final boolean keep;
    private final Consumer<String> log;

    Listening(Traffic traffic, Endpoint endpoint, boolean keep, Consumer<String> log) {
        this.traffic = traffic;
        this.endpoint = endpoint;
        this.keep = keep;
        this.log = log;
    }

    void run() throws IOException {
        try (Listener listener = Listener.bind(endpoint, null)) {
            Interruption interruption = new Interruption(() -> close(listener));
            try {
                Socket socket = listener.socket();
                if (!endpoint.isDatagram()) {
                    socket.listen(keep ? Integer.MAX_VALUE : 1);
                }
                log.accept("Listening on " + listener.name());
                if (endpoint.isDatagram()) {
                    serveDatagrams(socket);
                } else {
                    serve(socket);
                }
            } finally {
                interruption.close();
            }
        } catch (ClosedChannelException e) {
            // the interrupt
        }
    }

    private static void close(Listener listener) {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(Socket listener) throws IOException {
        Sockaddr peer = new Sockaddr();
        do {
            Socket client = accept(listener, peer);
            if (client != null) { // it waits
                log.accept("Connection received on " + Addresses.format(peer.decode()));
                if (!keep) {
                    listener.close(); // as netcat: others are refused from now on
                }
                try {
                    traffic.run(client);
                } catch (IOException e) {
                    if (!keep) {
                        throw e;
                    }
                    log.accept(String.valueOf(e.getMessage()));
                }
            }
        } while (keep);
    }

    /** Null when there are no descriptors or no memory for the next one, who waits. */
    private @Nullable Socket accept(Socket listener, Sockaddr peer) throws IOException {
        try {
            return listener.accept(peer);
        } catch (ErrnoException e) {
            if (!keep) {
                throw e;
            }
            log.accept(String.valueOf(e.getMessage()));
            LockSupport.parkNanos(PAUSE_NANOS);
            return null;
        }
    }

    private void serveDatagrams(Socket socket) throws IOException {
        if (keep) {
            traffic.receiveAll(socket);
            return;
        }
        Sockaddr peer = new Sockaddr();
        ByteBuffer first = ByteBuffer.allocateDirect(1);
        socket.recvFrom(first, peer, Linux.MSG_PEEK);
        while (!connect(socket, peer)) {
            socket.recv(first.clear(), 0);
            socket.recvFrom(first.clear(), peer, Linux.MSG_PEEK);
        }
        log.accept("Connection received on " + Addresses.format(peer.decode()));
        traffic.run(socket);
    }

    /** False for a sender that nobody can talk with. */
    private boolean connect(Socket socket, Sockaddr peer) throws IOException {
        if (peer.length() <= Short.BYTES) { // a UNIX sender may have no name
            return true;
        }
        SocketAddress address = peer.decode();
        if (address instanceof InetSocketAddress inet && inet.getPort() == 0) {
            // connected to it, the socket would take datagrams of every port of that host
            log.accept("Passed over a datagram of " + Addresses.format(address) + ": port 0 cannot be answered");
            return false;
        }
        try {
            return socket.connect(peer);
        } catch (ErrnoException e) {
            log.accept("Passed over a datagram of " + Addresses.format(address) + ": " + e.getMessage());
            return false; // gone already, or a firewall's word: it must not end the wait for others
        }
    }
}
