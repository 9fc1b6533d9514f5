package io.sockfd.cli.traceroute;

import io.sockfd.Linger;
import io.sockfd.Socket;
import io.sockfd.address.Sockaddr;
import io.sockfd.cli.icmp.ErrorQueue;
import io.sockfd.option.SocketOptions;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;

/**
 * A SYN, by a socket that connects: the destination answers it whether the port is open or closed. A connection that comes
 * about is reset.
 */
record TcpProbe(Way way, int port) implements Probe {
    @Override
    public Answer send(int ttl, int number, Runnable sent) throws IOException {
        try (Socket socket = way.ipv4() ? Socket.tcp() : Socket.tcp6()) {
            socket.setOption(SocketOptions.SO_LINGER, Linger.RESET);
            way.prepare(socket);
            Sockaddr peer = Sockaddr.of(new InetSocketAddress(way.target(), port));
            ErrorWait answers = new ErrorWait(socket, way, ttl);
            try {
                answers.begin();
                boolean connected = socket.connect(peer);
                sent.run();
                if (connected) {
                    return answers.reached();
                }
                int events = answers.events(Linux.POLLOUT);
                Answer error = answers.error();
                if (error != null) {
                    return error;
                }
                // finishConnect throws what the connection ended with
                return events != 0 && socket.finishConnect() ? answers.reached() : Answer.NONE;
            } catch (ConnectException e) {
                return answers.reached();
            } catch (IOException e) {
                Answer error = answers.error();
                if (error == null && ErrorQueue.announced(e)) {
                    throw e;
                }
                return error == null ? Answer.NONE : error;
            }
        }
    }
}
