package io.sockfd.address;

import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.SockaddrIn;
import io.sockfd.raw.struct.SockaddrIn6;
import io.sockfd.raw.struct.SockaddrStorage;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * An address as the kernel has it: bytes and their number. Made once and used for many calls: only {@link #decode} and
 * {@link #toString} make objects, and setting an address of {@code java.net} may copy its few bytes.
 *
 * <pre>
 *         +---------------+
 *      0  | sockaddr      |  what {@link #address} points to
 *    128  | u32 socklen_t |  what {@link #lengthAddress} points to
 *    132  +---------------+
 * </pre>
 *
 * <p>Before a call that fills it in ({@code accept}, {@code recvfrom}, {@code getsockname}), {@link #reset} it. The length
 * belongs to the value: a UNIX socket without a name has 2 bytes, and TCP's {@code recvfrom} gives none at all.
 *
 * <p>Mutable, not for several threads at once, and no key for a hash table while it changes. Keep a reference while C uses
 * the pointers.
 *
 * <pre>{@code
 * Sockaddr from = new Sockaddr(); // once
 * while (socket.recvFrom(buffer.clear(), from, 0) >= 0) {
 *     socket.sendTo(buffer.flip(), from, 0); // no object is made for the sender's address
 * }
 * }</pre>
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/sockaddr.3type.html">sockaddr(3type)</a>
 */
public final class Sockaddr {
    /** Room for an address of any family, in bytes: {@code sizeof(struct sockaddr_storage)}. */
    public static final int CAPACITY = SockaddrStorage.SIZE;

    private static final int LENGTH = CAPACITY;

    private final ByteBuffer memory = Memory.allocate(CAPACITY + Integer.BYTES);
    private final ByteBuffer buffer = memory.slice(0, CAPACITY).order(ByteOrder.nativeOrder());
    private long address;

    private @Nullable SocketAddress decoded;
    /** The bytes that {@link #decoded} stands for. */
    private @Nullable ByteBuffer decodedFrom;

    private int decodedLength;

    /** No address: length 0. */
    public Sockaddr() {}

    /** The same as {@link #set(SocketAddress)} on a new one. */
    public static Sockaddr of(SocketAddress address) {
        Sockaddr sockaddr = new Sockaddr();
        sockaddr.set(address);
        return sockaddr;
    }

    /** The pointer for C: {@code struct sockaddr *}. It never changes. */
    public long address() {
        if (address == 0) {
            address = Memory.address(memory);
        }
        return address;
    }

    /** The pointer for C that goes with {@link #address}: {@code socklen_t *}. */
    public long lengthAddress() {
        return address() + LENGTH;
    }

    /**
     * The bytes of the address; after {@link #reset} the room for them, 128, until a call has filled it in. The kernel may
     * report more than there was room for; this never gives more than 128.
     */
    public int length() {
        int length = memory.getInt(LENGTH);
        return length < 0 || length > CAPACITY ? CAPACITY : length; // socklen_t is unsigned
    }

    /**
     * Says how many bytes belong to the address, for instance {@code msg_namelen} after {@code recvmsg}.
     *
     * @throws IllegalArgumentException when it is not 0 to 128
     */
    public void length(int length) {
        if (length < 0 || length > CAPACITY) {
            throw new IllegalArgumentException("an address has 0 to " + CAPACITY + " bytes, not " + length);
        }
        memory.putInt(LENGTH, length);
    }

    /** Makes it ready to be filled in by a call: the family is cleared, the length becomes the room, 128. */
    public void reset() {
        buffer.putShort(0, (short) 0);
        memory.putInt(LENGTH, CAPACITY);
    }

    /** True when there is not even a family, as after {@code recvfrom} on a TCP socket. */
    public boolean isEmpty() {
        return length() < Short.BYTES;
    }

    /** {@code AF_*}; AF_UNSPEC when there is no address. */
    public int family() {
        return isEmpty() ? Linux.AF_UNSPEC : SockaddrStorage.ss_family(buffer, 0);
    }

    /**
     * The 128 bytes themselves in native order, for the flyweights of {@link io.sockfd.raw.struct} at offset 0; always the
     * same buffer. Who writes through it sets {@link #length(int)}.
     */
    public ByteBuffer buffer() {
        return buffer;
    }

    /**
     * Becomes this address, for a socket of any domain.
     *
     * @param address of this package, {@link java.net.InetSocketAddress} or {@link java.net.UnixDomainSocketAddress}
     * @throws AddressFamilyException when it is of another class
     * @throws java.nio.channels.UnresolvedAddressException when it is a host name without an address
     * @throws IllegalArgumentException when a UNIX path has more than 108 bytes or cannot be encoded
     */
    public void set(SocketAddress address) {
        set(address, Linux.AF_UNSPEC);
    }

    /**
     * Becomes this address in the form that a socket of {@code domain} takes. For AF_INET6, an IPv4 address a.b.c.d is
     * {@code ::ffff:a.b.c.d}; for AF_INET, {@code ::ffff:a.b.c.d} is a.b.c.d. The wildcard of either family is the
     * wildcard of the socket's, {@code 0.0.0.0} or {@code ::}, since {@code new InetSocketAddress(port)} knows no family:
     * bound to, it is each address of the host, and of both families unless IPV6_V6ONLY is set; connected or sent to, it
     * is the host's loopback. Whoever means IPv4's alone on an IPv6 socket gives {@code ::ffff:0.0.0.0} as an {@link
     * Inet6SocketAddress}, which is taken as it is.
     *
     * @param domain {@code AF_*}; AF_UNSPEC takes the address as it is. A {@link RawAddress} is taken as it is for any.
     * @throws AddressFamilyException when a socket of this domain cannot hold it
     * @throws java.nio.channels.UnresolvedAddressException when it is a host name without an address
     * @throws IllegalArgumentException when a UNIX path has more than 108 bytes or cannot be encoded
     */
    public void set(SocketAddress address, int domain) {
        memory.putInt(LENGTH, 0); // nothing half-written counts when this throws
        for (int i = 0; i < CAPACITY; i += Long.BYTES) {
            buffer.putLong(i, 0);
        }
        memory.putInt(LENGTH, Encoder.encode(address, domain, buffer));
    }

    /** Becomes a copy of {@code other}; nothing is allocated. */
    public void copyFrom(Sockaddr other) {
        copyFrom(other.buffer, 0, other.length());
    }

    /**
     * Becomes the {@code length} bytes at {@code offset}; nothing is allocated.
     *
     * @throws IllegalArgumentException when there are more than 128
     * @throws IndexOutOfBoundsException when {@code source} does not have them
     */
    public void copyFrom(ByteBuffer source, int offset, int length) {
        length(length);
        buffer.put(0, source, offset, length);
    }

    /** Port of an IPv4 or IPv6 address, host order; -1 when it is neither. */
    public int port() {
        return isInet4() || isInet6() ? SockaddrIn.sin_port(buffer, 0) : -1; // both have it at byte 2
    }

    /** Scope id (interface index) of an IPv6 address, unsigned; 0 when it is none. */
    public int scopeId() {
        return isInet6() ? SockaddrIn6.sin6_scope_id(buffer, 0) : 0;
    }

    /** Traffic class and flow label of an IPv6 address, host order; 0 when it is none. */
    public int flowinfo() {
        return isInet6() ? SockaddrIn6.sin6_flowinfo(buffer, 0) : 0;
    }

    /**
     * Copies the IP address, in network byte order.
     *
     * @return 4 or 16, the bytes copied to the front of {@code target}; 0 when it is not an IP address
     * @throws IndexOutOfBoundsException when {@code target} is too short
     */
    public int inetAddressInto(byte[] target) {
        if (isInet4()) {
            buffer.get(SockaddrIn.SIN_ADDR, target, 0, Integer.BYTES);
            return Integer.BYTES;
        } else if (isInet6()) {
            buffer.get(SockaddrIn6.SIN6_ADDR, target, 0, SockaddrIn6.SIN6_ADDR_BYTES);
            return SockaddrIn6.SIN6_ADDR_BYTES;
        }
        return 0;
    }

    /**
     * The address as an object, never null and never an exception: an unknown family or a length that does not fit gives a
     * {@link RawAddress}. As long as the bytes stay the same, so does the object.
     *
     * <p>AF_INET and AF_INET6 give {@link java.net.InetSocketAddress}, with {@code Inet4Address} for {@code
     * ::ffff:a.b.c.d} as the JDK does it, or {@link Inet6SocketAddress} where that would lose something. A pathname gives
     * {@link java.net.UnixDomainSocketAddress}, or {@link UnixAddress} where that cannot say it. CAN and Bluetooth have one
     * family for several layouts, told apart by their lengths.
     */
    public SocketAddress decode() {
        int length = length();
        ByteBuffer from = decodedFrom;
        SocketAddress known = decoded;
        if (known != null && from != null && decodedLength == length && same(buffer, from, length)) {
            return known;
        }
        if (from == null) {
            from = ByteBuffer.allocate(CAPACITY).order(ByteOrder.nativeOrder());
            decodedFrom = from;
        }
        from.put(0, buffer, 0, length);
        SocketAddress fresh = Decoder.decode(from, length);
        decoded = fresh;
        decodedLength = length;
        return fresh;
    }

    /** Same bytes, same number of them. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Sockaddr that && length() == that.length() && same(buffer, that.buffer, length());
    }

    @Override
    public int hashCode() {
        int length = length();
        int hash = length;
        int i = 0;
        for (; i + Integer.BYTES <= length; i += Integer.BYTES) {
            hash = 31 * hash + buffer.getInt(i);
        }
        for (; i < length; i++) {
            hash = 31 * hash + buffer.get(i);
        }
        return hash;
    }

    /** The notation of the decoded address. */
    @Override
    public String toString() {
        return Addresses.text(decode(), InterfaceText.INDEX);
    }

    private boolean isInet4() {
        return length() >= SockaddrIn.SIZE && family() == Linux.AF_INET;
    }

    private boolean isInet6() {
        return length() >= SockaddrIn6.SIZE && family() == Linux.AF_INET6;
    }

    private static boolean same(ByteBuffer a, ByteBuffer b, int length) {
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            if (a.getLong(i) != b.getLong(i)) {
                return false;
            }
        }
        for (; i < length; i++) {
            if (a.get(i) != b.get(i)) {
                return false;
            }
        }
        return true;
    }
}
