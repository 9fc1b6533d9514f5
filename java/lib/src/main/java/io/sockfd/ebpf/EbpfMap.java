package io.sockfd.ebpf;

import io.sockfd.Descriptor;
import io.sockfd.ErrnoException;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.BpfMapCreate;
import io.sockfd.raw.struct.BpfMapElem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A map: memory that programs in the kernel and this process share. Its keys and values have fixed sizes. An array's keys are
 * indexes, from 0, in this machine's byte order, and its values are there from the beginning, all zero; a hash has what was
 * put there. The values of a map of sockets are sockets.
 *
 * <pre>{@code
 * try (EbpfMap counts = EbpfMap.array(Long.BYTES, 256)) {
 *     EbpfCode code = EbpfAssembler.assemble(text).with("counts", counts);
 *     use(code);
 *     long udp = counts.get(IPPROTO_UDP);
 * }
 * }</pre>
 *
 * <p>A program that uses a map has its own reference to it, so it may be closed earlier. All methods may be called from any
 * thread, one at a time works, and nothing is allocated for a call except where a list is given.
 *
 * @see <a href="https://docs.kernel.org/bpf/maps.html">maps, in the kernel's documentation</a>
 */
public final class EbpfMap extends Descriptor {
    private static final int SOCKET_BYTES = Long.BYTES;

    /** What {@link Memory#allocate} needs beside. */
    private static final int SLACK = 256;

    /** A number for each processor: their values have another size for user space. */
    private static final Set<Integer> PER_PROCESSOR = Set.of(
            Linux.BPF_MAP_TYPE_PERCPU_ARRAY,
            Linux.BPF_MAP_TYPE_PERCPU_HASH,
            Linux.BPF_MAP_TYPE_LRU_PERCPU_HASH,
            Linux.BPF_MAP_TYPE_PERCPU_CGROUP_STORAGE);

    private final int type;
    private final int keySize;
    private final int valueSize;
    private final int entries;
    private final ByteBuffer memory; // the call's part of union bpf_attr, then a key, a value, another key
    private final int keyAt = BpfMapElem.SIZE;
    private final int valueAt;
    private final int nextAt;

    private EbpfMap(int fd, ByteBuffer memory, int type, int keySize, int valueSize, int entries) {
        super(fd, true);
        this.type = type;
        this.keySize = keySize;
        this.valueSize = valueSize;
        this.entries = entries;
        valueAt = (int) valueAt(keySize);
        nextAt = (int) nextAt(keySize, valueSize);
        this.memory = memory;
    }

    private static long valueAt(int keySize) {
        return aligned((long) BpfMapElem.SIZE + keySize);
    }

    private static long nextAt(int keySize, int valueSize) {
        return aligned(valueAt(keySize) + valueSize);
    }

    private static long aligned(long at) {
        return at + Long.BYTES - 1 & -Long.BYTES;
    }

    /** An array of values; of 8 or 4 bytes they can be read as numbers by {@link #get}. */
    public static EbpfMap array(int valueSize, int entries) throws IOException {
        return create(Linux.BPF_MAP_TYPE_ARRAY, Integer.BYTES, valueSize, entries, 0);
    }

    /** A hash table with room for so many entries. */
    public static EbpfMap hash(int keySize, int valueSize, int entries) throws IOException {
        return create(Linux.BPF_MAP_TYPE_HASH, keySize, valueSize, entries, 0);
    }

    /** An array of AF_XDP sockets, for {@code redirect_map}: those of an interface's queues. Linux 4.18. */
    public static EbpfMap xsk(int entries) throws IOException {
        return create(Linux.BPF_MAP_TYPE_XSKMAP, Integer.BYTES, Integer.BYTES, entries, 0);
    }

    /** An array of sockets that programs redirect between, or choose in {@code sk_assign}. Linux 4.14. */
    public static EbpfMap sockets(int entries) throws IOException {
        return create(Linux.BPF_MAP_TYPE_SOCKMAP, Integer.BYTES, SOCKET_BYTES, entries, 0);
    }

    /** As {@link #sockets}, with keys of one's own. Linux 4.18. */
    public static EbpfMap socketsByKey(int keySize, int entries) throws IOException {
        return create(Linux.BPF_MAP_TYPE_SOCKHASH, keySize, SOCKET_BYTES, entries, 0);
    }

    /** An array of SO_REUSEPORT sockets, for {@code sk_select_reuseport}. Linux 4.19. */
    public static EbpfMap reuseport(int entries) throws IOException {
        return create(Linux.BPF_MAP_TYPE_REUSEPORT_SOCKARRAY, Integer.BYTES, SOCKET_BYTES, entries, 0);
    }

    /**
     * Any map of keys and values.
     *
     * @param type {@code BPF_MAP_TYPE_*}
     * @param keySize in bytes
     * @param valueSize in bytes
     * @param entries the most that fit
     * @param flags {@code BPF_F_*}
     * @throws ErrnoException EPERM without the rights, see {@linkplain io.sockfd.ebpf the package}; EINVAL for sizes that this
     *     type does not have, and for types that this kernel does not know; E2BIG, ENOMEM
     * @throws IllegalArgumentException for sizes below 0 or of 2 GiB together, and for types with a value for each processor,
     *     which this class does not read
     */
    public static EbpfMap create(int type, int keySize, int valueSize, int entries, int flags) throws IOException {
        if (PER_PROCESSOR.contains(type)) {
            throw new IllegalArgumentException(
                    "a map with a value for each processor cannot be read: use a plain one, and"
                            + " add to its values with lock *(u64 *)(r1 +0) += r2");
        } else if (keySize < 0 || valueSize < 0 || entries < 0) {
            throw new IllegalArgumentException("keys of " + keySize + " bytes, values of " + valueSize + ", " + entries
                    + " entries: none is below 0");
        }
        long bytes = nextAt(keySize, valueSize) + keySize;
        if (bytes > Integer.MAX_VALUE - SLACK) {
            throw new IllegalArgumentException("keys of " + keySize + " bytes and values of " + valueSize
                    + ": two keys and a value have less than 2 GiB");
        }
        ByteBuffer memory =
                Memory.allocate((int) bytes); // first, since the kernel's map is nobody's when there is none
        ByteBuffer attr = Memory.allocate(BpfMapCreate.SIZE);
        BpfMapCreate.map_type(attr, 0, type);
        BpfMapCreate.key_size(attr, 0, keySize);
        BpfMapCreate.value_size(attr, 0, valueSize);
        BpfMapCreate.max_entries(attr, 0, entries);
        BpfMapCreate.map_flags(attr, 0, flags);
        BpfMapCreate.map_name(attr, 0, BpfCall.name("sockfd"));
        int fd = BpfCall.check(
                Linux.BPF_MAP_CREATE,
                attr,
                "BPF_MAP_CREATE of type " + type + ": keys of " + keySize + " bytes, values of " + valueSize + ", "
                        + entries + " entries");
        return new EbpfMap(fd, memory, type, keySize, valueSize, entries);
    }

    // ---- by index ------------------------------------------------------------------------------------------------

    /**
     * The value of an index or a key of 4 bytes, as a number: of 1, 2, 4 or 8 bytes, without a sign when it is shorter than
     * 8. Of a map of sockets it is the socket's cookie, see {@code SO_COOKIE}.
     *
     * @throws ErrnoException ENOENT when there is none; EOPNOTSUPP for {@link #xsk}, which user space cannot read
     * @throws IllegalStateException when the keys have another size, or the values
     */
    public synchronized long get(int key) throws IOException {
        checkNumber(true);
        memory.putInt(keyAt, key);
        call(Linux.BPF_MAP_LOOKUP_ELEM, valueAt, 0, "BPF_MAP_LOOKUP_ELEM");
        return switch (valueSize) {
            case Long.BYTES -> memory.getLong(valueAt);
            case Integer.BYTES -> Integer.toUnsignedLong(memory.getInt(valueAt));
            case Short.BYTES -> Short.toUnsignedLong(memory.getShort(valueAt));
            default -> Byte.toUnsignedLong(memory.get(valueAt));
        };
    }

    /**
     * Changes the value of an index or a key of 4 bytes; otherwise as {@link #get}. Bits that the value has not are left out.
     *
     * @throws ErrnoException E2BIG for an index beyond the array, or a hash that is full
     */
    public synchronized void put(int key, long value) throws IOException {
        checkNumber(true);
        checkNoSockets();
        memory.putInt(keyAt, key);
        switch (valueSize) {
            case Long.BYTES -> memory.putLong(valueAt, value);
            case Integer.BYTES -> memory.putInt(valueAt, (int) value);
            case Short.BYTES -> memory.putShort(valueAt, (short) value);
            default -> memory.put(valueAt, (byte) value);
        }
        call(Linux.BPF_MAP_UPDATE_ELEM, valueAt, Linux.BPF_ANY, "BPF_MAP_UPDATE_ELEM");
    }

    /**
     * Puts a socket into a map of sockets, in place of the one that was there. It leaves when it is closed, or, an AF_XDP
     * socket, when its process lets it go.
     *
     * @throws ErrnoException EINVAL for a kind of socket that the map does not take, of an AF_XDP socket that is not bound
     *     too; EOPNOTSUPP for a TCP socket that is not connected; EBUSY for one that is in another {@link #reuseport}; E2BIG
     * @throws IllegalStateException when this is no map of sockets, or its keys are not indexes
     */
    public synchronized void put(int index, Descriptor socket) throws IOException {
        checkNumber(false);
        memory.putInt(keyAt, index);
        putSocket(socket);
    }

    /**
     * As {@link #put(int, Descriptor)} for keys of one's own.
     *
     * @param key between position and limit, which stay
     */
    public synchronized void put(ByteBuffer key, Descriptor socket) throws IOException {
        take(key, keyAt, keySize, "key");
        putSocket(socket);
    }

    private void putSocket(Descriptor socket) throws IOException {
        if (!hasSockets()) {
            throw new IllegalStateException("this map's values are no sockets");
        }
        try (Hold hold = socket.hold()) {
            if (valueSize == Long.BYTES) {
                memory.putLong(valueAt, hold.fd());
            } else {
                memory.putInt(valueAt, hold.fd());
            }
            call(Linux.BPF_MAP_UPDATE_ELEM, valueAt, Linux.BPF_ANY, "BPF_MAP_UPDATE_ELEM");
        }
    }

    /**
     * Takes the entry of an index or a key of 4 bytes out.
     *
     * @return whether there was one
     * @throws ErrnoException EINVAL for an {@link #array}, whose values are always there
     */
    public synchronized boolean remove(int key) throws IOException {
        checkNumber(false);
        memory.putInt(keyAt, key);
        return found(Linux.BPF_MAP_DELETE_ELEM, 0, "BPF_MAP_DELETE_ELEM");
    }

    // ---- by key --------------------------------------------------------------------------------------------------

    /**
     * Reads a value.
     *
     * @param key between position and limit, which stay
     * @param value gets the value from its position on, which moves behind it
     * @return false when there is none, and nothing was read
     * @throws IllegalArgumentException when the key has another size than the map's, or the value does not fit
     */
    public synchronized boolean lookup(ByteBuffer key, ByteBuffer value) throws IOException {
        take(key, keyAt, keySize, "key");
        if (value.remaining() < valueSize) {
            throw new IllegalArgumentException(
                    "room for " + value.remaining() + " bytes: the map's values have " + valueSize);
        } else if (!found(Linux.BPF_MAP_LOOKUP_ELEM, valueAt, "BPF_MAP_LOOKUP_ELEM")) {
            return false;
        }
        give(valueAt, valueSize, value);
        return true;
    }

    /**
     * Writes a value.
     *
     * @param key between position and limit, which stay
     * @param value likewise
     * @param flags {@code BPF_ANY}, {@code BPF_NOEXIST} or {@code BPF_EXIST}
     * @throws ErrnoException EEXIST and ENOENT by the flags, E2BIG when it is full
     * @throws IllegalArgumentException for other sizes than the map's
     * @throws IllegalStateException for a map of sockets
     */
    public synchronized void update(ByteBuffer key, ByteBuffer value, long flags) throws IOException {
        checkNoSockets();
        take(key, keyAt, keySize, "key");
        take(value, valueAt, valueSize, "value");
        call(Linux.BPF_MAP_UPDATE_ELEM, valueAt, flags, "BPF_MAP_UPDATE_ELEM");
    }

    /**
     * Takes an entry out.
     *
     * @param key between position and limit, which stay
     * @return whether there was one
     */
    public synchronized boolean delete(ByteBuffer key) throws IOException {
        take(key, keyAt, keySize, "key");
        return found(Linux.BPF_MAP_DELETE_ELEM, 0, "BPF_MAP_DELETE_ELEM");
    }

    /**
     * The key behind another one, in no order that means anything.
     *
     * @param key between position and limit, which stay; null for the first, and so is one that is not there any more
     * @param next gets the key from its position on, which moves behind it
     * @return false after the last
     * @throws IllegalArgumentException when a key has another size than the map's, or the next does not fit
     */
    public synchronized boolean nextKey(@Nullable ByteBuffer key, ByteBuffer next) throws IOException {
        if (next.remaining() < keySize) {
            throw new IllegalArgumentException(
                    "room for " + next.remaining() + " bytes: the map's keys have " + keySize);
        } else if (key != null) {
            take(key, keyAt, keySize, "key");
        }
        if (!found(Linux.BPF_MAP_GET_NEXT_KEY, nextAt, key != null, "BPF_MAP_GET_NEXT_KEY")) {
            return false;
        }
        give(nextAt, keySize, next);
        return true;
    }

    /**
     * Copies of all keys, at most {@link #entries}: a map that changes meanwhile may give one twice, or leave one out.
     *
     * @return buffers in this machine's byte order
     */
    public List<ByteBuffer> keys() throws IOException {
        List<ByteBuffer> keys = new ArrayList<>();
        ByteBuffer last = null;
        while (keys.size() < entries) {
            ByteBuffer next = ByteBuffer.allocate(keySize).order(memory.order());
            if (!nextKey(last, next)) {
                break;
            }
            last = next.flip();
            keys.add(last);
        }
        return keys;
    }

    // ---- what it is ----------------------------------------------------------------------------------------------

    /** {@code BPF_MAP_TYPE_*}. */
    public int type() {
        return type;
    }

    /** In bytes. */
    public int keySize() {
        return keySize;
    }

    /** In bytes. */
    public int valueSize() {
        return valueSize;
    }

    /** The most that fit. */
    public int entries() {
        return entries;
    }

    private boolean hasSockets() {
        return type == Linux.BPF_MAP_TYPE_XSKMAP
                || type == Linux.BPF_MAP_TYPE_SOCKMAP
                || type == Linux.BPF_MAP_TYPE_SOCKHASH
                || type == Linux.BPF_MAP_TYPE_REUSEPORT_SOCKARRAY;
    }

    // ---- the call ------------------------------------------------------------------------------------------------

    private void checkNumber(boolean value) {
        if (keySize != Integer.BYTES) {
            throw new IllegalStateException("this map's keys have " + keySize + " bytes: give a buffer as the key");
        } else if (value && (valueSize > Long.BYTES || Integer.bitCount(valueSize) != 1)) {
            throw new IllegalStateException("this map's values have " + valueSize + " bytes: use lookup and update");
        }
    }

    private void checkNoSockets() {
        if (hasSockets()) {
            throw new IllegalStateException("this map's values are sockets: use put with a socket");
        }
    }

    private void take(ByteBuffer from, int at, int size, String what) {
        int position = from.position();
        if (from.limit() - position != size) {
            throw new IllegalArgumentException(
                    "a " + what + " of " + (from.limit() - position) + " bytes: the map's have " + size);
        }
        memory.put(at, from, position, size);
    }

    private void give(int at, int size, ByteBuffer to) {
        for (int i = 0; i < size; i++) { // put(int, ByteBuffer, …) would need the place's position twice
            to.put(memory.get(at + i));
        }
    }

    private void call(int command, int value, long flags, String name) throws IOException {
        int result = raw(command, value, true, flags);
        if (result < 0) {
            int ignored = BpfCall.throwing(result, name + " of " + this);
        }
    }

    private boolean found(int command, int value, String name) throws IOException {
        return found(command, value, true, name);
    }

    private boolean found(int command, int value, boolean key, String name) throws IOException {
        int result = raw(command, value, key, 0);
        return result != -Linux.ENOENT && (result >= 0 || BpfCall.throwing(result, name + " of " + this) >= 0);
    }

    private int raw(int command, int value, boolean key, long flags) throws ClosedChannelException {
        int fd = enter();
        try {
            long address = Memory.address(memory);
            BpfMapElem.map_fd(memory, 0, fd);
            BpfMapElem.key(memory, 0, key ? address + keyAt : 0);
            BpfMapElem.value(memory, 0, value == 0 ? 0 : address + value);
            BpfMapElem.flags(memory, 0, flags);
            return BpfCall.raw(command, memory, BpfMapElem.SIZE);
        } finally {
            exit();
        }
    }
}
