package io.sockfd.cli.doctor;

import static io.sockfd.raw.Linux.*;

import io.sockfd.Errors;
import io.sockfd.cli.kernel.FdPair;
import io.sockfd.cli.kernel.Message;
import io.sockfd.cli.kernel.Options;
import io.sockfd.cli.kernel.Readiness;
import io.sockfd.cli.kernel.Scratch;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.SockExtendedErr;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Sending without a copy: the kernel says on the error queue when the pages are free again. */
final class ZeroCopy {
    private static final int SIZE = 16 << 10;
    private static final int PATIENCE = 1000;

    private ZeroCopy() {}

    static String send(Libc libc) throws IOException {
        try (Scratch memory = new Scratch();
                FdPair tcp = FdPair.tcp(libc)) {
            Options.set(libc, tcp.left(), SOL_SOCKET, SO_ZEROCOPY, 1, "SO_ZEROCOPY");
            ByteBuffer data = memory.allocate(SIZE);
            int flags = MSG_ZEROCOPY | MSG_DONTWAIT | MSG_NOSIGNAL;
            long sent = Errors.check(libc.send(tcp.left().number(), Memory.address(data), SIZE, flags), "send");
            Message message = new Message(memory, SIZE, 128);
            for (long received = 0; received < sent; ) {
                Readiness.await(libc, tcp.right(), POLLIN, PATIENCE);
                received += message.receive(libc, tcp.right(), MSG_DONTWAIT);
            }
            // POLLERR is reported whether asked for or not
            Readiness.await(libc, tcp.left(), 0, PATIENCE);
            message.receive(libc, tcp.left(), MSG_ERRQUEUE | MSG_DONTWAIT);
            int at = message.find(SOL_IP, IP_RECVERR);
            if (at < 0 || SockExtendedErr.ee_origin(message.control(), at) != SO_EE_ORIGIN_ZEROCOPY) {
                throw new IOException("the error queue holds no completion");
            }
            boolean copied = SockExtendedErr.ee_code(message.control(), at) == SO_EE_CODE_ZEROCOPY_COPIED;
            return copied ? "completed, by a copy as always on loopback" : "completed without a copy";
        }
    }
}
