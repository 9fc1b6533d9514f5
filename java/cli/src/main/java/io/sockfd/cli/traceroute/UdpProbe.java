package io.sockfd.cli.traceroute;

import io.sockfd.Socket;
import io.sockfd.cli.Target;
import io.sockfd.cli.icmp.ErrorQueue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;

/** A datagram to a port where nobody listens, another one each time. */
record UdpProbe(InetAddress target, int port, Duration patience) implements Probe {
    private static final int PAYLOAD = 32;
    private static final int PORTS = 1 << 16;

    @Override
    public Answer send(int ttl, int number, Runnable sent) throws IOException {
        boolean ipv4 = Target.isIpv4(target);
        try (Socket socket = ipv4 ? Socket.udp() : Socket.udp6()) {
            boolean unused = socket.connect(new InetSocketAddress(target, Math.max(1, (port + number) % PORTS)));
            ErrorWait answers = new ErrorWait(socket, target, ipv4, ttl, patience);
            ByteBuffer payload = ByteBuffer.allocateDirect(PAYLOAD);
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
