package io.sockfd;

import io.sockfd.internal.memory.CallMemory;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;

/**
 * What two threads do to one descriptor at the same time. {@link RaceIT} runs each race some thousand times, and the
 * module {@code java/stress} runs the same ones under jcstress.
 */
abstract class Race {
    /** A descriptor was closed before the thread came. */
    static final int TOO_LATE = 0;

    /** The thread did what it wanted. */
    static final int DONE = 1;

    /** A release was refused, because a call was inside. */
    static final int REFUSED = 2;

    /** The number was not the thread's descriptor any more: never allowed. */
    static final int DEAD = 9;

    private static final Libc LIBC = Libc.get();

    /** What one thread does, once. */
    abstract int first();

    /** What another one does at the same time. */
    abstract int second();

    /** After both: what is left, and everything is closed. */
    abstract int end();

    /** Whether this may be the result. */
    abstract boolean allows(int first, int second, int end);

    /** One end of a stream pair as a descriptor; the other tells what came and whether the first one is open. */
    static final class Ends {
        static final int OPEN = 0;
        static final int CLOSED = 10;

        final Descriptor descriptor;
        final int peer;

        Ends() {
            ByteBuffer sv = CallMemory.of(2 * Integer.BYTES);
            int type = Linux.SOCK_STREAM | Linux.SOCK_CLOEXEC | Linux.SOCK_NONBLOCK;
            int result = LIBC.socketpair(Linux.AF_UNIX, type, 0, Memory.address(sv));
            if (result < 0) {
                throw new IllegalStateException("socketpair: " + Errno.ofResult(result));
            }
            peer = sv.getInt(Integer.BYTES);
            descriptor = Descriptor.own(sv.getInt(0));
        }

        /** Sends a byte, as a call that is inside does. */
        int use() {
            try {
                int fd = descriptor.enter();
                try {
                    return send(fd) ? DONE : DEAD;
                } finally {
                    descriptor.exit();
                }
            } catch (ClosedChannelException e) {
                return TOO_LATE;
            }
        }

        int release() {
            try {
                return LIBC.close(descriptor.release()) == 0 ? DONE : DEAD;
            } catch (ClosedChannelException e) {
                return TOO_LATE;
            } catch (IllegalStateException e) {
                return REFUSED;
            } catch (IOException e) {
                return DEAD;
            }
        }

        int close() {
            try {
                descriptor.close();
                return DONE;
            } catch (IOException e) {
                return DEAD;
            }
        }

        /** How many bytes came, and {@link #CLOSED} if no more can; closes this end. */
        int end() {
            int bytes = 0;
            ByteBuffer buffer = CallMemory.of(Long.BYTES);
            long received;
            do {
                received = LIBC.recv(peer, Memory.address(buffer), Long.BYTES, Linux.MSG_DONTWAIT);
                bytes += (int) Math.max(0, received);
            } while (received > 0);
            LIBC.close(peer);
            return bytes + (received == 0 ? CLOSED : OPEN);
        }

        static boolean send(int fd) {
            ByteBuffer one = CallMemory.of(1);
            return LIBC.send(fd, Memory.address(one), 1, Linux.MSG_DONTWAIT | Linux.MSG_NOSIGNAL) == 1;
        }
    }
}
