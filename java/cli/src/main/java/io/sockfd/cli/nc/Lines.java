package io.sockfd.cli.nc;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** What -C and -i make of standard input: other ends of lines, and a pause behind each. */
final class Lines {
    private final boolean crlf;
    private final Duration pause;
    private byte before;

    Lines(boolean crlf, Duration pause) {
        this.crlf = crlf;
        this.pause = pause;
    }

    /** Whether nothing is done to them. */
    boolean asTheyAre() {
        return !crlf && pause.isZero();
    }

    /** Sends a part of the input; a line feed that has its carriage return keeps it. */
    void send(byte[] chunk, int length, Consumer<ByteBuffer> sender) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int i = 0; i < length; i++) {
            if (crlf && chunk[i] == '\n' && before != '\r') {
                line.write('\r');
            }
            line.write(chunk[i]);
            before = chunk[i];
            boolean whole = chunk[i] == '\n' && !pause.isZero();
            if (whole || i == length - 1) {
                sender.accept(ByteBuffer.wrap(line.toByteArray()));
                line.reset();
            }
            if (whole) {
                LockSupport.parkNanos(pause.toNanos());
            }
        }
    }
}
