package io.sockfd.segment;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.sockfd.Descriptor;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.address.Sockaddr;
import io.sockfd.internal.memory.MessageCall;
import io.sockfd.internal.wait.Ppoll;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a thread. Its own object is what the descriptor calls back, so that nothing is allocated; the segments are
 * arguments of the linker's call, which holds their arenas until the kernel is done. Of several segments the kernel finds
 * the addresses in struct iovec; that they are arguments too, behind those that the function has, is only to hold them. So
 * is it with ppoll(2), in which a platform thread waits.
 */
final class Transfer implements Descriptor.Call, Ppoll {
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    // a heap array may not move during the call, which holds the collector up: never in a call that waits
    private static final MethodHandle SENDTO = link("sendto", one(JAVA_INT), false);
    private static final MethodHandle SENDTO_HEAP = link("sendto", one(JAVA_INT), true);
    private static final MethodHandle RECVFROM = link("recvfrom", one(JAVA_LONG), false);
    private static final MethodHandle RECVFROM_HEAP = link("recvfrom", one(JAVA_LONG), true);
    private static final MethodHandle SENDMSG =
            link("sendmsg", several(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT), false);
    private static final MethodHandle RECVMSG =
            link("recvmsg", several(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT), false);

    // the same for a wait: pollfds, count, timeout, no mask
    private static final MethodHandle PPOLL =
            link("ppoll", several(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG), false);

    /** A copy of 1 MiB takes less than 0.1 ms. */
    private static final long MOST_OF_HEAP = 1 << 20;

    private static final long MSGHDR = 56;
    private static final long MSG_IOV = 16;
    private static final long MSG_IOVLEN = 24;
    private static final long IOVEC = 16;

    private static final int ENDS = -1; // no errno

    private final MemorySegment state = Arena.ofAuto().allocate(STATE);
    private final MemorySegment header = Arena.ofAuto().allocate(MSGHDR + Segments.MOST * IOVEC, Long.BYTES);
    private final MemorySegment[] several = new MemorySegment[Segments.MOST];
    private int count;
    private boolean out;
    private @Nullable MemorySegment memory;
    private @Nullable Sockaddr address;
    private @Nullable MessageCall message;
    private int flags;
    private long mostOfHeap;
    private long result;

    Transfer() {
        clear();
    }

    /** The last argument is a number of bytes, or where one is. */
    private static FunctionDescriptor one(MemoryLayout last) {
        return FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_LONG, last);
    }

    /** What the function gives and takes, and segments behind it. */
    private static FunctionDescriptor several(MemoryLayout result, MemoryLayout... arguments) {
        FunctionDescriptor types = FunctionDescriptor.of(result, arguments);
        for (int i = 0; i < Segments.MOST; i++) {
            types = types.appendArgumentLayouts(ADDRESS);
        }
        return types;
    }

    @SuppressWarnings("restricted") // this module is for native access
    private static MethodHandle link(String function, FunctionDescriptor types, boolean heap) {
        Linker linker = Linker.nativeLinker();
        MemorySegment symbol = linker.defaultLookup().find(function).orElseThrow();
        Linker.Option errno = Linker.Option.captureCallState("errno");
        return heap
                ? linker.downcallHandle(symbol, types, errno, Linker.Option.critical(true))
                : linker.downcallHandle(symbol, types, errno);
    }

    void prepare(boolean sends, MemorySegment segment, @Nullable Sockaddr peer, int wanted) {
        prepare(sends, wanted);
        memory = segment;
        address = peer;
    }

    /** Several segments, or one with control data. */
    void prepare(boolean sends, MemorySegment[] segments, int wanted, @Nullable MessageCall control) {
        prepare(sends, wanted);
        message = control;
        for (MemorySegment segment : segments) {
            add(segment);
        }
    }

    void prepare(boolean sends, MemorySegment segment, int wanted, MessageCall control) {
        prepare(sends, wanted);
        message = control;
        add(segment);
    }

    private void add(MemorySegment segment) {
        several[count] = segment;
        header.set(JAVA_LONG, MSGHDR + count * IOVEC, segment.address());
        header.set(JAVA_LONG, MSGHDR + count * IOVEC + Long.BYTES, segment.byteSize());
        count++;
    }

    private void prepare(boolean sends, int wanted) {
        out = sends;
        flags = wanted | Linux.MSG_DONTWAIT | (sends ? Linux.MSG_NOSIGNAL : 0);
    }

    /** Keeps nothing reachable. */
    void clear() {
        memory = null;
        address = null;
        message = null;
        count = 0;
        for (int i = 0; i < several.length; i++) {
            several[i] = MemorySegment.NULL;
        }
    }

    /** C's name of the function. */
    String call() {
        if (memory == null) {
            return out ? "sendmsg" : "recvmsg";
        } else if (address == null) {
            return out ? "send" : "recv";
        }
        return out ? "sendto" : "recvfrom";
    }

    /** The bytes moved, or -errno. */
    long attempt(Socket socket) throws IOException {
        MessageCall control = message;
        if (control == null) {
            mostOfHeap =
                    socket.type().equals(SocketType.STREAM) ? MOST_OF_HEAP : Long.MAX_VALUE; // a message is not cut
            return call(socket);
        }
        long done = ENDS;
        if (out) {
            control.beforeSend(0);
            try {
                done = call(socket);
            } finally {
                control.afterSend(done);
            }
        } else {
            control.beforeReceive(0);
            try {
                done = call(socket);
            } finally {
                control.afterReceive(done);
            }
        }
        return done;
    }

    private long call(Socket socket) throws IOException {
        return socket.call(call(), this) == 0 ? result : 0; // it gives 0, see below
    }

    /** Gives no error: what is to be tried again must not become an exception. */
    @Override
    public long on(int fd) {
        MemorySegment segment = memory;
        try {
            long moved =
                    segment == null ? message(fd) : out ? sendto(fd, segment, address) : recvfrom(fd, segment, address);
            result = moved < 0 ? -(int) ERRNO.get(state, 0L) : moved;
            return 0;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e); // C throws nothing
        }
    }

    private long sendto(int fd, MemorySegment segment, @Nullable Sockaddr to) throws Throwable {
        long at = to == null ? 0 : to.address();
        int size = to == null ? 0 : to.length();
        return segment.isNative()
                ? (long) SENDTO.invokeExact(state, fd, segment, segment.byteSize(), flags, at, size)
                : (long) SENDTO_HEAP.invokeExact(state, fd, segment, part(segment), flags, at, size);
    }

    private long recvfrom(int fd, MemorySegment segment, @Nullable Sockaddr from) throws Throwable {
        if (from != null) {
            from.reset();
        }
        long at = from == null ? 0 : from.address();
        long size = from == null ? 0 : from.lengthAddress();
        return segment.isNative()
                ? (long) RECVFROM.invokeExact(state, fd, segment, segment.byteSize(), flags, at, size)
                : (long) RECVFROM_HEAP.invokeExact(state, fd, segment, part(segment), flags, at, size);
    }

    private long part(MemorySegment heap) {
        return Math.min(heap.byteSize(), mostOfHeap);
    }

    /** C's functions have three arguments and do not look at more. */
    private long message(int fd) throws Throwable {
        MemorySegment[] s = several;
        long at = header();
        return out
                ? (long) SENDMSG.invokeExact(state, fd, at, flags, s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7])
                : (long) RECVMSG.invokeExact(state, fd, at, flags, s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7]);
    }

    private long header() {
        long iovecs = header.address() + MSGHDR;
        MessageCall control = message;
        if (control != null) {
            control.data(iovecs, count);
            return control.header();
        }
        header.set(JAVA_LONG, MSG_IOV, iovecs);
        header.set(JAVA_LONG, MSG_IOVLEN, count);
        return header.address();
    }

    /** What is on the heap cannot go, and is not held. */
    @Override
    public int ppoll(long pollfds, int descriptors, long timeout) {
        MemorySegment[] s = several;
        MemorySegment first = memory != null && memory.isNative() ? memory : s[0];
        try {
            int ready = (int) PPOLL.invokeExact(
                    state, pollfds, (long) descriptors, timeout, 0L, first, s[1], s[2], s[3], s[4], s[5], s[6], s[7]);
            return ready < 0 ? -(int) ERRNO.get(state, 0L) : ready;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e); // C throws nothing
        }
    }
}
