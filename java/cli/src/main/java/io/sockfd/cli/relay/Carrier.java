package io.sockfd.cli.relay;

import io.sockfd.Socket;
import io.sockfd.SplicePipe;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Holds what was received and not yet sent. Filled only when it is empty. */
interface Carrier {
    boolean isEmpty();

    /** Receives: the number of bytes, -1 at the end, or {@link Socket#WOULD_BLOCK}. */
    long fill(Socket source) throws IOException;

    /** Sends what it can: the number of bytes, or {@link Socket#WOULD_BLOCK}. */
    long drain(Socket target) throws IOException;

    void close() throws IOException;

    /** The bytes stay in the kernel; streams only. */
    record Spliced(SplicePipe pipe) implements Carrier {
        private static final long AT_ONCE = 1 << 20;

        @Override
        public boolean isEmpty() {
            return pipe.pending() == 0;
        }

        @Override
        public long fill(Socket source) throws IOException {
            return pipe.fill(source, AT_ONCE);
        }

        @Override
        public long drain(Socket target) throws IOException {
            return pipe.drain(target);
        }

        @Override
        public void close() throws IOException {
            pipe.close();
        }
    }

    /** The bytes come through user space; messages keep their boundaries. */
    final class Copied implements Carrier {
        /** No datagram of IP or of UNIX with its usual buffers is longer. */
        private static final int SIZE = 256 * 1024;

        private final ByteBuffer buffer = ByteBuffer.allocateDirect(SIZE);
        private boolean full;

        @Override
        public boolean isEmpty() {
            return !full;
        }

        @Override
        public long fill(Socket source) throws IOException {
            int received = source.recv(buffer.clear(), 0);
            if (received >= 0) {
                buffer.flip();
                full = true; // with an empty datagram, too
            }
            return received;
        }

        @Override
        public long drain(Socket target) throws IOException {
            int sent = target.send(buffer, 0);
            if (sent != Socket.WOULD_BLOCK) {
                full = buffer.hasRemaining();
            }
            return sent;
        }

        @Override
        public void close() {
            full = false;
        }
    }
}
