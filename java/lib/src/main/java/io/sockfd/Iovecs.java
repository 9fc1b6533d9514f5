package io.sockfd;

import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.Iovec;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A message's data buffers and the struct iovec[] made of them; heap buffers go through memory of its own. */
final class Iovecs {
    private static final ByteBuffer NO_BOUNCE = ByteBuffer.allocate(0);

    private @Nullable ByteBuffer[] buffers;
    private long[] addresses;
    private ByteBuffer iov;
    private long iovAddress;
    private ByteBuffer bounce = NO_BOUNCE;
    private long bounceAddress;
    private int count;
    private int prepared;

    Iovecs(int capacity) {
        buffers = new ByteBuffer[checked(capacity)];
        addresses = new long[capacity];
        iov = Memory.allocate(capacity * Iovec.SIZE);
    }

    private static int checked(int capacity) {
        if (capacity < 0 || capacity > Linux.UIO_MAXIOV) {
            throw new IllegalArgumentException(capacity + " buffers: a message takes 0 to " + Linux.UIO_MAXIOV);
        }
        return capacity;
    }

    /** Makes room for that many buffers. */
    void reserve(int capacity) {
        if (checked(capacity) > buffers.length) {
            buffers = Arrays.copyOf(buffers, capacity);
            addresses = Arrays.copyOf(addresses, capacity);
            iov = Memory.allocate(capacity * Iovec.SIZE);
            iovAddress = 0;
        }
    }

    int capacity() {
        return buffers.length;
    }

    int count() {
        return count;
    }

    ByteBuffer buffer(int i) {
        ByteBuffer buffer = i < count ? buffers[i] : null;
        if (buffer == null) {
            throw new IndexOutOfBoundsException("buffer " + i + " of " + count);
        }
        return buffer;
    }

    /** Forgets the buffers, but not the address of each, so that setting the same ones again costs nothing. */
    void clear() {
        count = 0;
    }

    /** Lets go of the buffers. */
    void drop() {
        count = 0;
        Arrays.fill(buffers, null);
    }

    @SuppressWarnings("ReferenceEquality") // equal content is not the same memory
    void add(ByteBuffer buffer) {
        if (count == buffers.length) {
            throw new IllegalStateException("the message takes " + count + " buffers: use Message.reserveBuffers");
        }
        if (buffers[count] != buffer) {
            addresses[count] = 0;
            buffers[count] = buffer;
        }
        count++;
    }

    /** The buffers now, in an array of their own. */
    ByteBuffer[] copy() {
        ByteBuffer[] copy = new ByteBuffer[count];
        for (int i = 0; i < count; i++) {
            copy[i] = buffer(i);
        }
        return copy;
    }

    /** Bytes between position and limit, all buffers together. */
    long remaining() {
        long bytes = 0;
        for (int i = 0; i < count; i++) {
            bytes += buffer(i).remaining();
        }
        return bytes;
    }

    boolean allDirect() {
        for (int i = 0; i < count; i++) {
            if (!buffer(i).isDirect()) {
                return false;
            }
        }
        return true;
    }

    /** The array's address. */
    long address() {
        if (iovAddress == 0) {
            iovAddress = Memory.address(iov);
        }
        return iovAddress;
    }

    void prepareSend() {
        prepare(false);
    }

    void prepareReceive() {
        for (int i = 0; i < count; i++) {
            if (buffer(i).isReadOnly()) {
                throw new ReadOnlyBufferException();
            }
        }
        prepare(true);
    }

    private void prepare(boolean receive) {
        int heap = 0;
        for (int i = 0; i < count; i++) {
            ByteBuffer buffer = buffer(i);
            if (!buffer.isDirect()) {
                heap = Math.addExact(heap, buffer.remaining());
            }
        }
        if (heap > bounce.capacity()) {
            bounce = Memory.allocate(heap);
            bounceAddress = Memory.address(bounce);
        }
        int used = 0;
        for (int i = 0; i < count; i++) {
            ByteBuffer buffer = buffer(i);
            int remaining = buffer.remaining();
            long base;
            if (buffer.isDirect()) {
                if (addresses[i] == 0) {
                    addresses[i] = Memory.address(buffer);
                }
                base = addresses[i] + buffer.position();
            } else {
                if (!receive) {
                    bounce.put(used, buffer, buffer.position(), remaining);
                }
                base = bounceAddress + used;
                used += remaining;
            }
            Iovec.iov_base(iov, i * Iovec.SIZE, base);
            Iovec.iov_len(iov, i * Iovec.SIZE, remaining);
        }
        prepared = count;
    }

    /** Iovecs of their own over what is prepared but for its first bytes; as many as fill what is given back. */
    ByteBuffer behind(long bytes) {
        long left = bytes;
        int first = 0;
        while (left >= Iovec.iov_len(iov, first * Iovec.SIZE)) {
            left -= Iovec.iov_len(iov, first * Iovec.SIZE);
            first++;
        }
        int size = (prepared - first) * Iovec.SIZE;
        ByteBuffer rest = Memory.allocate(size);
        rest.put(0, iov, first * Iovec.SIZE, size);
        Iovec.iov_base(rest, 0, Iovec.iov_base(rest, 0) + left);
        Iovec.iov_len(rest, 0, Iovec.iov_len(rest, 0) - left);
        return rest;
    }

    /** Moves the positions over the bytes that were sent, buffer by buffer. */
    void advanceSend(long bytes) {
        long left = bytes;
        for (int i = 0; i < prepared && left > 0; i++) {
            ByteBuffer buffer = buffer(i);
            int moved = (int) Math.min(left, Iovec.iov_len(iov, i * Iovec.SIZE));
            buffer.position(buffer.position() + moved);
            left -= moved;
        }
    }

    /** Moves the positions over the bytes that were received, and copies those of heap buffers. */
    void advanceReceive(long bytes) {
        long left = bytes;
        int used = 0;
        for (int i = 0; i < prepared && left > 0; i++) {
            ByteBuffer buffer = buffer(i);
            int room = (int) Iovec.iov_len(iov, i * Iovec.SIZE);
            int moved = (int) Math.min(left, room);
            if (!buffer.isDirect()) {
                buffer.put(buffer.position(), bounce, used, moved);
                used += room;
            }
            buffer.position(buffer.position() + moved);
            left -= moved;
        }
    }
}
