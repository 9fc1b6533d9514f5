package io.sockfd.between;

import io.sockfd.inject.FailingLibc;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.Pollfd;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who gets a number as soon as it is closed: one end of a connection, with bytes to read, on which nobody has business. A call
 * with such a number is a fault, and so is what happens to the connection.
 */
final class Strangers {
    private static final int BYTES = 3;

    private final Libc libc;
    private final int stranger;
    private final int peer;
    private final Set<Integer> numbers = ConcurrentHashMap.newKeySet();
    private volatile @Nullable String fault;

    Strangers() {
        libc = FailingLibc.backend();
        ByteBuffer pair = Memory.allocate(2 * Integer.BYTES);
        check(libc.socketpair(Linux.AF_UNIX, Linux.SOCK_STREAM | Linux.SOCK_CLOEXEC, 0, Memory.address(pair)));
        stranger = pair.getInt(0);
        peer = pair.getInt(Integer.BYTES);
        ByteBuffer bytes = Memory.allocate(BYTES);
        check(libc.send(peer, Memory.address(bytes), BYTES, Linux.MSG_DONTWAIT));
    }

    private static void check(long result) {
        if (result < 0) {
            throw new IllegalStateException("errno " + -result);
        }
    }

    /** For each call: its answer, if it is one that closes a number; the number is a stranger's in the same step. */
    long answer(String call, Object[] arguments) {
        if (call.equals("close")) {
            int number = (Integer) arguments[0];
            if (!numbers.add(number)) {
                fault = "close of a number that is another's";
                return 0;
            }
            check(libc.dup3(stranger, number, Linux.O_CLOEXEC));
            return 0;
        }
        if (isOfStranger(call, arguments)) {
            fault = call + " on a number that is another's";
        }
        return FailingLibc.PROCEED;
    }

    private boolean isOfStranger(String call, Object[] arguments) {
        if (call.equals("poll") || call.equals("ppoll")) {
            return polls((Long) arguments[0], ((Number) arguments[1]).intValue());
        } else if (call.equals("epoll_ctl")) {
            return numbers.contains(arguments[0]) || numbers.contains(arguments[2]);
        }
        return arguments[0] instanceof Integer first && numbers.contains(first) && !call.startsWith("socket");
    }

    private boolean polls(long address, int count) {
        ByteBuffer fds = Memory.wrap(address, count * Pollfd.SIZE);
        for (int i = 0; i < count; i++) {
            if (numbers.contains(Pollfd.fd(fds, i * Pollfd.SIZE))) {
                return true;
            }
        }
        return false;
    }

    /** What was done to them, or null; they are gone then. */
    @Nullable
    String end() {
        ByteBuffer bytes = Memory.allocate(64);
        int look = Linux.MSG_DONTWAIT | Linux.MSG_PEEK;
        if (fault == null && libc.recv(stranger, Memory.address(bytes), 64, look) != BYTES) {
            fault = "another's bytes were read";
        } else if (fault == null && libc.recv(peer, Memory.address(bytes), 64, look) != -Linux.EAGAIN) {
            fault = "bytes were sent to another";
        }
        for (int number : numbers) {
            libc.close(number);
        }
        libc.close(stranger);
        libc.close(peer);
        return fault;
    }
}
