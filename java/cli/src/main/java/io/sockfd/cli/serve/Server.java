package io.sockfd.cli.serve;

import static io.sockfd.raw.Linux.EPOLLIN;

import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.cli.Printable;
import io.sockfd.event.EventLoop;
import io.sockfd.option.TcpOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The connections of a listening socket, and their time. */
final class Server {
    private final EventLoop loop;
    private final Site site;
    private final Duration timeout;
    private final Consumer<String> log;
    private final boolean verbose;
    private final Set<Connection> connections = new LinkedHashSet<>();
    private long accepted;
    private long answered;
    private long late;

    Server(EventLoop loop, Site site, Duration timeout, boolean verbose, Consumer<String> log) {
        this.loop = loop;
        this.site = site;
        this.timeout = timeout;
        this.verbose = verbose;
        this.log = log;
    }

    void serve(Socket listener) throws IOException {
        listener.listen();
        loop.accept(listener, this::accepted);
        Duration period = Duration.ofNanos(Math.min(1_000_000_000, Math.max(1, timeout.toNanos() / 4)));
        loop.scheduleEvery(period, this::closeLate);
    }

    private void accepted(Socket socket) throws IOException {
        accepted++;
        if (socket.type().equals(SocketType.STREAM) && socket.getLocalAddress() instanceof InetSocketAddress) {
            socket.setOption(TcpOptions.TCP_NODELAY, true);
        }
        Connection connection = new Connection(this, socket);
        connections.add(connection);
        loop.add(socket, EPOLLIN, connection);
    }

    private void closeLate() {
        for (Connection connection : List.copyOf(connections)) {
            if (connection.isLate(timeout.toNanos())) {
                late++;
                try {
                    connection.close();
                } catch (IOException e) {
                    log.accept(String.valueOf(e.getMessage()));
                }
            }
        }
    }

    Site site() {
        return site;
    }

    boolean isStopping() {
        return loop.isStopping();
    }

    void forget(Connection connection) {
        connections.remove(connection);
    }

    void count(String target, Response response) {
        answered++;
        if (verbose) {
            log.accept(response.status() + " " + Printable.of(target));
        }
    }

    String line() {
        return accepted + " connections, " + answered + " responses, " + late + " connections timed out";
    }
}
