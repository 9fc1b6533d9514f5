package io.sockfd;

import static io.sockfd.raw.Linux.EAGAIN;
import static io.sockfd.raw.Linux.MSG_CMSG_CLOEXEC;
import static io.sockfd.raw.Linux.MSG_DONTWAIT;
import static io.sockfd.raw.Linux.MSG_ERRQUEUE;
import static io.sockfd.raw.Linux.MSG_OOB;
import static io.sockfd.raw.Linux.MSG_WAITALL;
import static io.sockfd.raw.Linux.POLLOUT;
import static io.sockfd.raw.Linux.POLLRDHUP;

import io.sockfd.address.Sockaddr;
import io.sockfd.internal.memory.CallMemory;
import io.sockfd.internal.wait.BlockedSleeper;
import io.sockfd.internal.wait.Look;
import io.sockfd.internal.wait.Meanwhile;
import io.sockfd.internal.wait.VirtualThreads;
import io.sockfd.internal.wait.Wait;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.SteadyAddress;
import java.io.IOException;
import java.lang.ref.Reference;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * A socket as its operations see it: what it is, whether it is O_NONBLOCK, whether it is connecting, and the way to its
 * descriptor's calls and waits. {@link Socket} is its face; {@link Transfer}, {@link Exchange} and {@link Connection} work
 * on it.
 */
final class Endpoint extends Subject {
    /** What a non-blocking operation gives when it would have to wait. */
    static final int WOULD_BLOCK = -2;

    private static final Libc LIBC = Libc.getOrRefusing();

    /** The flags with which a receive may not wait, see {@link #neverWaits}. */
    private static final int NEVER_WAIT = MSG_DONTWAIT | MSG_ERRQUEUE | MSG_OOB;

    /** As many bytes a stream copies for one call at most: what does not fit would be copied again. */
    private static final int COPY_MAX = 128 * 1024;

    /** The names of what is no TCP socket of this library's making. */
    private static final byte ALWAYS_ASKED = 0;

    /** Names that the next call may change. */
    private static final byte UNSETTLED = 1;

    /** Names of a connection or a listener, which stay as they are until a call of this object's changes them. */
    private static final byte SETTLED = 2;

    /** After as many receives that waited at once, one tries first whether it still has to. */
    private static final int TRY_AGAIN = 16;

    final Descriptor channel;

    volatile boolean nonBlocking = true; // O_NONBLOCK, as far as it is our business
    volatile boolean connecting; // begun, and its result not read

    /**
     * How many receives had to wait, one after the other, so that the next one probably has to: it begins with that. Races do no
     * harm. Bytes, because 4 more would make each socket 8 larger.
     */
    private byte waitsInRow;

    private volatile byte names;

    private int below; // SO_RCVLOWAT less one

    private @Nullable SteadyAddress addresses; // of the buffers that are sent and received; none before the first one

    Endpoint(Descriptor channel, Domain domain, SocketType type, boolean tcp) {
        super(channel.life, domain, type);
        this.channel = channel;
        names = tcp ? UNSETTLED : ALWAYS_ASKED;
    }

    // ---- calls and waits -----------------------------------------------------------------------------------------

    int enter() throws ClosedChannelException {
        return life.enter();
    }

    void exit() {
        life.exit();
    }

    /** As {@link Memory#steadyAddress}. */
    long steadyAddress(ByteBuffer buffer) {
        SteadyAddress known = addresses;
        if (known == null) {
            known = new SteadyAddress();
            addresses = known;
        }
        return known.of(buffer);
    }

    void checkOpen() throws ClosedChannelException {
        channel.checkOpen();
    }

    /** As {@link Meanwhile#closed}, for what an operation throws that had begun. */
    ClosedChannelException closedMeanwhile(ClosedChannelException e) {
        return Meanwhile.closed(channel, e);
    }

    /** As {@link Descriptor#await(Wait, int)}. */
    boolean await(Wait wait, int events) throws IOException {
        return channel.await(wait, events);
    }

    /** As {@link Descriptor#poll(Wait, int)}. */
    int poll(Wait wait, int events) throws IOException {
        return channel.poll(wait, events);
    }

    /** As {@link Descriptor#pause(Wait)}. */
    boolean pause(Wait wait) throws IOException {
        return channel.pause(wait);
    }

    /** As {@link Descriptor#call(BlockedSleeper)}. */
    long call(BlockedSleeper prepared) throws IOException {
        return channel.call(prepared);
    }

    long timeoutNanos(boolean out) {
        return life.timeoutNanos(out);
    }

    // ---- may its names change ------------------------------------------------------------------------------------

    /** Connected, or listening. */
    void settle() {
        if (names != ALWAYS_ASKED) {
            names = SETTLED;
        }
        renamed();
    }

    /** Bound, or connected to somebody else, or to nobody. */
    void unsettle() {
        if (names != ALWAYS_ASKED) {
            names = UNSETTLED;
        }
        renamed();
    }

    boolean isSettled() {
        return names == SETTLED;
    }

    // ---- may it wait, and where ----------------------------------------------------------------------------------

    /** Once: what shares the descriptor's flags only ever sets this one. */
    void makeNonBlocking() throws IOException {
        if (!nonBlocking) {
            Probe.makeNonBlocking(number());
            nonBlocking = true;
        }
    }

    /** Whether a system call may be left to block, see {@link BlockedSleeper}. */
    boolean mayWaitInside(boolean out) {
        return !nonBlocking && timeoutNanos(out) < 0 && !VirtualThreads.isCurrent();
    }

    /** As {@link #mayWaitInside(boolean)} for a receive with these flags. */
    boolean mayReceiveInside(int flags) {
        return (flags & NEVER_WAIT) == 0 && mayWaitInside(false);
    }

    /** Whether a receive may wait without a first try, because those before it had to wait. */
    boolean maySkipFirstTry(int flags) {
        return waitsInRow > 0 && isNotTheTryBetween() && mayReceiveInside(flags);
    }

    private boolean isNotTheTryBetween() {
        int now = waitsInRow + 1;
        waitsInRow = now < TRY_AGAIN ? (byte) now : 0;
        return now < TRY_AGAIN;
    }

    /** A receive had to wait. */
    void expectToWait() {
        if (waitsInRow <= 0) {
            waitsInRow = 1;
        }
    }

    /**
     * Whether a call with these flags gives EAGAIN on a blocking socket, too. Out-of-band data of a stream and the error
     * queue are there or not; a socket that knows neither ignores the flag, and waits.
     */
    boolean neverWaits(boolean out, int flags) {
        if (out || (flags & NEVER_WAIT) == 0) {
            return (flags & MSG_DONTWAIT) != 0;
        }
        return (flags & MSG_DONTWAIT) != 0
                || ((flags & MSG_OOB) != 0 && type.equals(SocketType.STREAM))
                || ((flags & MSG_ERRQUEUE) != 0 && !domain.equals(Domain.UNIX) && !domain.equals(Domain.NETLINK));
    }

    /**
     * SO_RCVLOWAT is another value now. A receive that may wait then waits for so many bytes, as recv(2) does; but one that
     * has MSG_DONTWAIT, as all have here, takes what there is.
     */
    void mark(int bytes) {
        below = Math.max(0, bytes - 1);
    }

    int mark() {
        return below + 1;
    }

    /** How many bytes less than the mark do not end a receive: 0 as long as nobody has set it, see {@link #mark(int)}. */
    int belowMark() {
        return below;
    }

    /** Asks the kernel for SO_RCVLOWAT, inside of a call. */
    void learnMark() throws IOException {
        mark(Probe.intOption(number(), Linux.SO_RCVLOWAT));
    }

    /** How many bytes end a receive with room for {@code length}. */
    long target(int flags, long length) {
        return (flags & MSG_WAITALL) != 0 ? length : Math.min(below + 1, length);
    }

    /** Whether poll(2) may say nothing though these bytes are there: of a UNIX stream alone it speaks of each byte. */
    boolean isSilentAt(long bytes) {
        return bytes <= below && !domain.equals(Domain.UNIX);
    }

    /** Whether a receive may wait for more than there is, by MSG_WAITALL or SO_RCVLOWAT: of a stream, where one may wait. */
    boolean waitsForMore(int flags) {
        return type.equals(SocketType.STREAM) && timeoutNanos(false) != 0 && !neverWaits(false, flags);
    }

    /**
     * Whether poll(2) says again and again that these events are there when a call finds that they are not. A UNIX datagram
     * socket without a peer does not know which receiver is full, and a netlink socket never does: POLLOUT speaks of its own
     * queue.
     */
    boolean readinessLies(int events) {
        return (events & POLLOUT) != 0
                && (domain.equals(Domain.NETLINK) || (domain.equals(Domain.UNIX) && type.equals(SocketType.DGRAM)));
    }

    /**
     * Whether a receive of datagrams is over because reading was shut down: a call that waits gives 0, as at a stream's end,
     * but one with MSG_DONTWAIT gives EAGAIN, while the socket stays readable.
     *
     * @param wait null before the first wait
     */
    boolean endedByShutdown(long result, @Nullable Wait wait) {
        if (result != -EAGAIN || wait == null || type.endsWithZero()) {
            return false;
        }
        int ready = Look.now(number(), POLLRDHUP);
        return ready > 0 && (ready & POLLRDHUP) != 0;
    }

    // ---- what it is ----------------------------------------------------------------------------------------------

    /** What recvmsg needs so that descriptors arrive close-on-exec; PACKET refuses flags that it does not know. */
    int closeOnExec() {
        return domain.equals(Domain.UNIX) ? MSG_CMSG_CLOEXEC : 0;
    }

    /** How much one call copies at most. */
    long mostCopied() {
        return type.equals(SocketType.STREAM) ? copyMax() : Long.MAX_VALUE;
    }

    /** How much a call copies at most into memory of the current thread. */
    static int copyMax() {
        return VirtualThreads.isCurrent() ? Libc.HEAP_MAX : COPY_MAX;
    }

    /** Good until the thread's next use of an address of its own. */
    Sockaddr sockaddr(SocketAddress address) {
        Sockaddr sockaddr = CallMemory.address();
        sockaddr.set(address, domain.value());
        return sockaddr;
    }

    /** Whether getpeername(2) knows a peer: not of a TCP socket that is still connecting, or has failed to. */
    boolean hasPeer() {
        Sockaddr peer = new Sockaddr();
        try {
            return LIBC.getpeername(number(), peer.address(), peer.lengthAddress()) == 0;
        } finally {
            Reference.reachabilityFence(peer);
        }
    }

    /** Whether it is TCP or multipath TCP, inside of a call; asks the kernel, and uses {@link CallMemory}. */
    boolean isTcp() throws IOException {
        if (!type.equals(SocketType.STREAM) || (!domain.equals(Domain.INET) && !domain.equals(Domain.INET6))) {
            return false;
        }
        int protocol = Probe.intOption(number(), Linux.SO_PROTOCOL);
        return protocol == Linux.IPPROTO_TCP || protocol == Linux.IPPROTO_MPTCP;
    }
}
