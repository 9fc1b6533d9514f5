package io.sockfd.cli.kernel;

import io.sockfd.Errors;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.Pollfd;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;

/** Waiting that ends: a peer that stays silent is a failure and no hang. */
public final class Readiness {
    private Readiness() {}

    /** Waits for one of {@code events} with poll(2) and returns what came. */
    public static int await(Libc libc, Fd fd, int events, int millis) throws IOException {
        try (Scratch memory = new Scratch()) {
            ByteBuffer pollfd = memory.allocate(Pollfd.SIZE);
            Pollfd.fd(pollfd, 0, fd.number());
            Pollfd.events(pollfd, 0, events);
            if (Errors.check(libc.poll(Memory.address(pollfd), 1, millis), "poll") == 0) {
                throw new SocketTimeoutException("nothing came within " + millis + " ms");
            }
            return Pollfd.revents(pollfd, 0);
        }
    }
}
