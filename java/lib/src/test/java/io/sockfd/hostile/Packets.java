package io.sockfd.hostile;

import io.sockfd.Socket;
import io.sockfd.capture.CapturedPacket;
import io.sockfd.capture.PacketSocket;
import io.sockfd.capture.ReceiveRing;
import io.sockfd.capture.RingSize;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Rings on the loopback interface. */
final class Packets {
    private Packets() {}

    static boolean possible() {
        try (PacketSocket opened = PacketSocket.open()) {
            return opened.isOpen();
        } catch (IOException e) {
            return false;
        }
    }

    static ReceiveRing ring() throws IOException {
        return ReceiveRing.open(PacketSocket.on("lo"), new RingSize(65536, 4, 2048, Duration.ofMillis(5)));
    }

    /** A packet that is in the ring. */
    static CapturedPacket captured(ReceiveRing ring) throws IOException {
        try (Socket udp = Socket.udp()) {
            udp.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            udp.sendTo(
                    ByteBuffer.wrap("hello ring".getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
                    udp.getLocalAddress(),
                    0);
        }
        CapturedPacket packet = ring.next(Duration.ofSeconds(30));
        if (packet == null) {
            throw new IOException("nothing was captured");
        }
        return packet;
    }
}
