package io.sockfd.cli.traceroute;

import io.sockfd.Socket;
import io.sockfd.cli.icmp.ErrorQueue;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * A datagram to a port where nobody listens.
 *
 * @param oneForAll always the same port, and not another one each time
 */
record UdpProbe(Way way, int port, boolean oneForAll) implements Probe {
    private static final int PORTS = 1 << 16;

    @Override
    public Answer send(int ttl, int number, Runnable sent) throws IOException {
        try (Socket socket = way.ipv4() ? Socket.udp() : Socket.udp6()) {
            way.prepare(socket);
            int to = oneForAll ? port : Math.max(1, (port + number) % PORTS);
            boolean unused = socket.connect(new InetSocketAddress(way.target(), to));
            ErrorWait answers = new ErrorWait(socket, way, ttl);
            ByteBuffer payload = ByteBuffer.allocateDirect(way.payload());
            answers.begin();
            try {
                int ignored = socket.send(payload, 0);
            } catch (IOException e) {
                if (!ErrorQueue.announced(e)) {
                    throw e;
                }
            }
            sent.run();
            return answers.datagram();
        }
    }
}
