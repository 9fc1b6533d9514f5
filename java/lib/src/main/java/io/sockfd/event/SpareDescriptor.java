package io.sockfd.event;

import io.sockfd.Descriptor;
import io.sockfd.ErrnoException;
import io.sockfd.Errors;
import io.sockfd.Socket;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A descriptor kept for the time when there are none, so that a connection can be accepted in order to be refused. */
final class SpareDescriptor {
    private @Nullable Descriptor spare;
    private boolean closed;

    private SpareDescriptor(Descriptor spare) {
        this.spare = spare;
    }

    static SpareDescriptor open() throws IOException {
        return new SpareDescriptor(fresh());
    }

    private static Descriptor fresh() throws IOException {
        return Descriptor.own(Errors.check(Libc.get().eventfd(0, Linux.EFD_CLOEXEC), "eventfd", "a reserve"));
    }

    /** Closes the connections that wait, as many as {@code most}; nothing when another thread was faster. */
    synchronized void refuse(Socket listener, int most) throws IOException {
        Descriptor used = spare;
        if (used == null) {
            refill();
            return;
        }
        used.close();
        spare = null;
        try {
            for (int i = 0; i < most; i++) {
                Socket refused = listener.accept();
                if (refused == null) {
                    break;
                }
                refused.close();
            }
        } catch (ErrnoException e) {
            // another thread took the number
        } finally {
            refill();
        }
    }

    private void refill() {
        if (!closed) {
            try {
                spare = fresh();
            } catch (IOException e) {
                spare = null; // next time
            }
        }
    }

    synchronized void close() throws IOException {
        closed = true;
        if (spare != null) {
            spare.close();
            spare = null;
        }
    }
}
