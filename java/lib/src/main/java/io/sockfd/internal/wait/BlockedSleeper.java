package io.sockfd.internal.wait;

import io.sockfd.address.Sockaddr;
import io.sockfd.internal.memory.PerThread;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A platform thread sleeps inside of connect(2), recv(2) or recvmsg(2) itself, on a descriptor that is not O_NONBLOCK: no poll(2)
 * before, no second try after. {@link WakeSignal} ends the call, and where it cannot, shutdown(2) does. Each thread has
 * one.
 */
public final class BlockedSleeper extends Sleeper {
    private static final PerThread<BlockedSleeper> OWN = new PerThread<>(BlockedSleeper::new);
    private static final long SHORT_NS = 20_000;

    /** No errno: the call was not made, because the descriptor's timeout is no longer that it may wait for ever. */
    public static final int NOT_TRIED = Integer.MIN_VALUE;

    /** So many signals without effect mean that the thread has blocked them. */
    private static final int MOST_SIGNALS = 1000;

    /** 0 as long as it only connected to TCP peers: to ask takes 10 ms of a process's start, and shutdown(2) will do. */
    private int thread;

    // the call
    private boolean connects;
    private long address;
    private int length;
    private int flags;
    private @Nullable Sockaddr peer;
    private int messages; // 0: recv or recvfrom, 1: recvmsg, more: recvmmsg

    private long result;
    private volatile int fd;
    private volatile boolean back;

    private BlockedSleeper() {}

    /**
     * Prepares a connect(2); {@link #call} makes it.
     *
     * @param shutdownEnds whether shutdown(2) ends the call, as with TCP
     */
    public static BlockedSleeper connect(Sockaddr remote, boolean shutdownEnds) {
        BlockedSleeper sleeper = OWN.get();
        if (!shutdownEnds) {
            sleeper.knowThread();
        }
        sleeper.connects = true;
        sleeper.peer = remote;
        return sleeper;
    }

    /** Prepares a recv(2), or a recvfrom(2) with {@code from}. */
    public static BlockedSleeper receive(long address, int length, int flags, @Nullable Sockaddr from) {
        BlockedSleeper sleeper = receive(address, flags, 0);
        sleeper.length = length;
        sleeper.peer = from;
        return sleeper;
    }

    /** Prepares a recvmsg(2) with this struct msghdr. */
    public static BlockedSleeper receiveMessage(long header, int flags) {
        return receive(header, flags, 1);
    }

    /** Prepares a recvmmsg(2) of 2 messages or more, which waits for the first one only. */
    public static BlockedSleeper receiveMessages(long headers, int count, int flags) {
        return receive(headers, flags | Linux.MSG_WAITFORONE, count);
    }

    private static BlockedSleeper receive(long address, int flags, int messages) {
        BlockedSleeper sleeper = OWN.get();
        sleeper.knowThread();
        sleeper.connects = false;
        sleeper.address = address;
        sleeper.flags = flags;
        sleeper.messages = messages;
        return sleeper;
    }

    private void knowThread() {
        if (thread == 0) {
            thread = WakeSignal.thread();
        }
    }

    /**
     * Makes the call, between {@link Life#enter} and {@link Life#exit}.
     *
     * @return 0 when a close ended it, else not 0, and {@link #result} has what it returned
     */
    public int call(Life life) {
        fd = -1;
        back = false;
        life.add(this);
        try {
            return sleep(life, life.fd(), connects ? Linux.POLLOUT : Linux.POLLIN, Nanos.FOREVER);
        } finally {
            life.remove(this);
            peer = null;
        }
    }

    /**
     * What the call returned; -EINTR after a signal, as a change of the timeout sends it; {@link #NOT_TRIED} of a connect when
     * the timeout was changed before.
     */
    public long result() {
        return result;
    }

    @Override
    int sleep(Sleepable descriptor, int fd, int events, long until) {
        this.fd = fd;
        try {
            if (descriptor.isClosed()) {
                return 0; // whoever closed may have looked for the number too early to see it
            } else if (descriptor.timeoutNanos(connects) >= 0) {
                result = connects ? NOT_TRIED : -Linux.EINTR; // and so may have whoever changed the timeout
                return events;
            }
            Sockaddr peer = this.peer;
            if (!connects) {
                result = messages == 0 ? recv(fd, address, length, flags, peer) : recvmsg(fd, address, messages, flags);
            } else if (peer != null) {
                result = Libc.get().connect(fd, peer.address(), peer.length());
            }
        } finally {
            back = true;
        }
        return result <= 0 && descriptor.isClosed() ? 0 : events; // 0 may be of the shutdown
    }

    private static long recvmsg(int fd, long header, int messages, int flags) {
        return messages == 1
                ? Libc.get().recvmsg(fd, header, flags)
                : Libc.get().recvmmsg(fd, header, messages, flags, 0);
    }

    private static long recv(int fd, long address, int length, int flags, @Nullable Sockaddr from) {
        if (from == null) {
            return Libc.get().recv(fd, address, length, flags);
        }
        from.reset();
        return Libc.get().recvfrom(fd, address, length, flags, from.address(), from.lengthAddress());
    }

    /**
     * A signal that comes before the call has begun is lost: so again, until the thread is back. It cannot leave meanwhile,
     * because that takes the monitor which is held here. A thread without a number will see that it is closed.
     */
    @Override
    void wake() {
        for (int i = 0; fd >= 0 && !back; i++) {
            if (thread == 0 || i >= MOST_SIGNALS || !WakeSignal.send(thread)) {
                Libc.get().shutdown(fd, Linux.SHUT_RDWR);
            }
            LockSupport.parkNanos(SHORT_NS);
        }
    }

    /** As {@link #wake}, but what the signal does not reach goes on. */
    @Override
    void wakeToLook() {
        Sockaddr argument = peer;
        int to = thread;
        for (int i = 0; fd >= 0 && !back && i < MOST_SIGNALS; i++) {
            if (to == 0 && argument != null) {
                to = WakeSignal.threadIn(fd, argument.address());
            }
            if (to != 0 && !WakeSignal.send(to)) {
                return;
            }
            LockSupport.parkNanos(SHORT_NS);
        }
    }

    @Override
    void rest() {}
}
