package io.sockfd.cli.doctor;

import static io.sockfd.raw.Linux.*;

import io.sockfd.Errors;
import io.sockfd.cli.kernel.Fd;
import io.sockfd.cli.kernel.Loopback;
import io.sockfd.cli.kernel.Message;
import io.sockfd.cli.kernel.Options;
import io.sockfd.cli.kernel.Readiness;
import io.sockfd.cli.kernel.Scratch;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Several datagrams in one call, cut and joined by the kernel. */
final class UdpOffload {
    private static final int SEGMENT = 500;
    private static final int SEGMENTS = 4;
    private static final int PATIENCE = 1000;

    private UdpOffload() {}

    static String segmentation(Libc libc) throws IOException {
        try (Scratch memory = new Scratch();
                Fd receiver = Loopback.bound(libc, SOCK_DGRAM);
                Fd sender = Fd.socket(libc, AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
            send(libc, memory, sender, receiver);
            Message message = new Message(memory, SEGMENT * SEGMENTS, 64);
            for (int i = 0; i < SEGMENTS; i++) {
                Readiness.await(libc, receiver, POLLIN, PATIENCE);
                long size = message.receive(libc, receiver, MSG_DONTWAIT);
                if (size != SEGMENT) {
                    throw new IOException("a datagram of " + size + " bytes where " + SEGMENT + " were asked for");
                }
            }
            return "one send of " + SEGMENT * SEGMENTS + " bytes, " + SEGMENTS + " datagrams";
        }
    }

    static String coalescing(Libc libc) throws IOException {
        try (Scratch memory = new Scratch();
                Fd receiver = Loopback.bound(libc, SOCK_DGRAM);
                Fd sender = Fd.socket(libc, AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
            Options.set(libc, receiver, SOL_UDP, UDP_GRO, 1, "UDP_GRO");
            send(libc, memory, sender, receiver);
            Readiness.await(libc, receiver, POLLIN, PATIENCE);
            Message message = new Message(memory, SEGMENT * SEGMENTS, 64);
            long size = message.receive(libc, receiver, MSG_DONTWAIT);
            int at = message.find(SOL_UDP, UDP_GRO);
            if (at < 0) {
                throw new IOException("a datagram of " + size + " bytes came without a segment size");
            }
            return "one recvmsg of " + size + " bytes, in segments of "
                    + message.control().getInt(at);
        }
    }

    private static void send(Libc libc, Scratch memory, Fd sender, Fd receiver) throws IOException {
        Loopback.connect(libc, sender, Loopback.port(libc, receiver));
        Options.set(libc, sender, SOL_UDP, UDP_SEGMENT, SEGMENT, "UDP_SEGMENT");
        ByteBuffer data = memory.allocate(SEGMENT * SEGMENTS);
        Errors.check(libc.send(sender.number(), Memory.address(data), data.capacity(), MSG_NOSIGNAL), "send");
    }
}
