package io.sockfd.xdp;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assumptions.abort;

import io.sockfd.Errno;
import io.sockfd.Errors;
import io.sockfd.capture.PrivateNetwork;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Two ends of a wire, and frames with a number in them. */
final class Xdp {
    static final Duration SOON = Duration.ofSeconds(5);
    static final Duration NOTHING_COMES = Duration.ofMillis(50);
    static final int SEQUENCE_AT = 14;
    private static final int ETHERTYPE = 0x88b5; // local experimental

    interface Body {
        void run() throws Exception;
    }

    private Xdp() {}

    /** veth0 and veth1 in a namespace of their own; ends the test where the rights are lacking. */
    static void wire(Body body) throws Exception {
        PrivateNetwork.run(() -> {
            PrivateNetwork.veth();
            probe();
            body.run();
        });
    }

    private static void probe() throws IOException {
        try (Umem umem = Umem.of(128, 2048)) {
            XdpRedirect.attach("lo", XdpMode.GENERIC).close();
            XdpSocket.open("lo", 0, umem, XdpSetup.RECEIVE.withReceive(64)).close();
        } catch (IOException e) {
            Errno errno = Errors.errnoOf(e).orElseThrow(() -> e);
            if (errno.equals(Errno.EPERM) || errno.equals(Errno.ENOSYS) || errno.equals(Errno.EAFNOSUPPORT)) {
                abort(e.toString());
            }
            throw e;
        }
    }

    static ByteBuffer frame(int length, int sequence) {
        ByteBuffer frame = ByteBuffer.allocateDirect(length);
        for (int i = 0; i < 6; i++) {
            frame.put((byte) -1);
        }
        frame.put(new byte[] {2, 0, 0, 0, 0, 1}).putShort((short) ETHERTYPE).putInt(sequence);
        return frame.clear();
    }

    static int sequence(XdpPacket packet) {
        ByteBuffer data = packet.data();
        return data.getInt(data.position() + SEQUENCE_AT);
    }

    static XdpPacket expect(XdpSocket socket) throws IOException {
        XdpPacket packet = socket.receiveRing().next(SOON);
        assertNotNull(packet, "nothing came");
        return packet;
    }
}
