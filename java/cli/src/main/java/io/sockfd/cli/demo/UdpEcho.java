package io.sockfd.cli.demo;

import io.sockfd.Socket;
import io.sockfd.address.Sockaddr;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A datagram there with send, back with sendto to the address that recvfrom gave. */
final class UdpEcho {
    private static final int CAPACITY = 512;

    private UdpEcho() {}

    static Scenario.Outcome run() throws IOException {
        try (Socket server = Socket.udp().timeout(Wire.PATIENCE).bind(Wire.LOOPBACK);
                Socket client = Socket.udp().timeout(Wire.PATIENCE).bind(Wire.LOOPBACK)) {
            client.connect(server.getLocalAddress());
            Sockaddr own = client.getsockname(new Sockaddr());
            Sockaddr peer = new Sockaddr();
            ByteBuffer data = ByteBuffer.allocate(CAPACITY);

            long start = System.nanoTime();
            Wire.send(client, "marco");
            server.recvFrom(data, peer, 0);
            server.sendTo(data.flip(), peer, 0);
            String received = Wire.receive(client);
            long nanos = System.nanoTime() - start;

            Wire.expect("marco", received);
            if (!peer.equals(own)) {
                throw new IOException("recvfrom names " + peer + ", sent from " + own);
            }
            return Scenario.Outcome.of("'marco' from port " + own.port(), "'" + received + "'", nanos);
        }
    }
}
