package io.sockfd;

import io.sockfd.internal.memory.OptionCall;
import io.sockfd.internal.memory.OptionMemory;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.SocketOption;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A socket option: its C name, its number and how its value looks in memory. The ones of Linux are constants in {@code
 * io.sockfd.option}; {@link #of} makes any other, {@link #bytes} one whose value stays bytes.
 *
 * <p>Options are immutable and may be used from any thread. Reading and setting a boolean option allocates nothing.
 *
 * <pre>{@code
 * socket.setOption(TcpOptions.TCP_KEEPIDLE, 60); // one of the constants
 * Option<Integer> busyPoll = Option.of("SO_BUSY_POLL", SOL_SOCKET, SO_BUSY_POLL, Option.Access.READ_WRITE, Codecs.INT);
 * socket.setOption(busyPoll, 50);
 * byte[] memory = socket.getOption(Option.bytes(SOL_SOCKET, SO_MEMINFO));
 * }</pre>
 *
 * @param <T> the type of the value
 * @see <a href="https://man7.org/linux/man-pages/man2/getsockopt.2.html">getsockopt(2)</a>
 */
public final class Option<T> implements SocketOption<T> {

    /** Which of the two calls an option answers. */
    public enum Access {
        READ_ONLY,
        WRITE_ONLY,
        READ_WRITE,
        /** Neither: the number is only used in a control message. */
        CONTROL_MESSAGE
    }

    static {
        OptionCall.told(option -> ((Option<?>) option).new Call());
    }

    private static final int UNKNOWN_SIZE = 512;

    /** A longer answer is asked for so often: it may have grown meanwhile. */
    private static final int MOST_TRIES = 4;

    private final String name;
    private final int level;
    private final int optname;
    private final Access access;
    private final Codec<T> codec;
    private final Extents extents;
    private final boolean simple;
    private final String capability;
    /** Set along with this one, and may fail: how the JDK treats IPv4 through an IPv6 socket. */
    private final @Nullable Option<T> twin;

    private Option(
            String name,
            int level,
            int optname,
            Access access,
            Codec<T> codec,
            String capability,
            @Nullable Option<T> twin) {
        this.name = name;
        this.level = level;
        this.optname = optname;
        this.access = access;
        this.codec = codec;
        this.extents = new Extents(name, level, optname, codec);
        this.simple = extents.isSimple() && (access == Access.READ_ONLY || access == Access.READ_WRITE);
        this.capability = capability;
        this.twin = twin;
    }

    /**
     * An option.
     *
     * @param name C's name, for messages
     * @param level such as {@link Linux#SOL_SOCKET}
     * @param optname its number on that level
     */
    public static <T> Option<T> of(String name, int level, int optname, Access access, Codec<T> codec) {
        return new Option<>(name, level, optname, access, codec, "", null);
    }

    /**
     * An option whose value stays bytes; a get offers 512 of them and gives as many as the kernel returned, more where it
     * says that there are more. A value with addresses in it (SO_ATTACH_FILTER, TCP_ZEROCOPY_RECEIVE …) is refused with
     * {@link IllegalArgumentException}: take its constant, or {@link Libc}.
     */
    public static Option<byte[]> bytes(int level, int optname) {
        return bytes(level, optname, UNKNOWN_SIZE);
    }

    /**
     * An option whose value stays bytes.
     *
     * @param size the bytes that a get offers; some options insist on the exact number
     */
    public static Option<byte[]> bytes(int level, int optname, int size) {
        return of("option " + optname + " of level " + level, level, optname, Access.READ_WRITE, Codecs.bytes(size));
    }

    /**
     * The option of this library for any option: one of its own is given back as it is, those of {@link
     * java.net.StandardSocketOptions} and {@code jdk.net.ExtendedSocketOptions} are found by their names, with the JDK's
     * types and meanings.
     *
     * @param domain the socket's address family, since some names are one option of IPv4 and another of IPv6
     * @throws UnsupportedOperationException when there is none
     */
    public static <T> Option<T> from(SocketOption<T> option, int domain) {
        return option instanceof Option<T> own ? own : JdkOptions.find(option, domain);
    }

    /** This option, marked as one that only a process with this capability may set. */
    public Option<T> needs(String capability) {
        return new Option<>(name, level, optname, access, codec, capability, twin);
    }

    Option<T> with(Option<T> twin) {
        return new Option<>(name, level, optname, access, codec, capability, twin);
    }

    /**
     * getsockopt(2), once; again only when the kernel says that the value is longer than expected. The kernel is never
     * offered more memory than there is, whatever the codec says.
     *
     * @param sockfd the descriptor
     * @throws UnsupportedOperationException when the option cannot be read, or needs {@link #get(int, Object)}
     * @throws IllegalArgumentException when the codec contradicts itself about the memory that it needs
     * @throws ErrnoException ENOPROTOOPT or EOPNOTSUPP when this socket or kernel has no such option, ENOTCONN when the
     *     option wants a connection, and the option's own
     */
    public T get(int sockfd) throws IOException {
        return simple ? readSimple(sockfd) : read(sockfd, null, codec.size());
    }

    /** As {@link #read}, of an int, of which there is nothing to find out before. */
    private T readSimple(int sockfd) throws IOException {
        try (OptionMemory scratch = OptionMemory.take(Integer.BYTES, true)) {
            scratch.value.putInt(0, 0);
            int result = getsockopt(sockfd, scratch, Integer.BYTES);
            if (result == 0 && scratch.length() <= Integer.BYTES) {
                return codec.decode(scratch.value, scratch.length());
            } else if (result < 0 && result != -Linux.ERANGE) {
                throw Errors.exception(result, "getsockopt", new Situation.Setting(name, name));
            }
        }
        return read(sockfd, null, codec.size());
    }

    /**
     * As {@link #get(int)}, for options that read a request before they answer (PACKET_HDRLEN, IP_MSFILTER,
     * TCP_ZEROCOPY_RECEIVE).
     *
     * @param request goes in
     * @return comes out
     * @throws IllegalArgumentException when the request is of the wrong type
     */
    public T get(int sockfd, T request) throws IOException {
        check(request);
        return read(sockfd, request, Math.max(codec.size(), codec.size(request)));
    }

    private T read(int sockfd, @Nullable T request, int size) throws IOException {
        checkGet();
        int unit = extents.unit();
        int wanted = extents.checkSize(size);
        for (int tries = 0; ; tries++) {
            try (OptionMemory scratch = OptionMemory.take(wanted, extents.isOurs())) {
                scratch.clear(wanted);
                int asked = extents.checkLength(codec.request(request, scratch.value), scratch.capacity());
                int offered = tries == 0 ? asked : Math.max(asked, wanted);
                extents.checkSources(scratch.value);
                int result = getsockopt(sockfd, scratch, offered / unit);
                if (unit > 1 && result == -Linux.EINVAL) {
                    result = getsockopt(sockfd, scratch, 0); // SO_GET_FILTER: how many there are
                }
                long length = (long) scratch.length() * unit;
                if (length > offered && tries < MOST_TRIES && (result == 0 || result == -Linux.ERANGE)) {
                    // NETLINK_LIST_MEMBERSHIPS, SO_PEERGROUPS and SO_GET_FILTER say what they need
                    wanted = extents.checkSize((int) Math.min(length, Integer.MAX_VALUE));
                } else if (result < 0) {
                    throw Errors.exception(result, "getsockopt", new Situation.Setting(name, name));
                } else {
                    int exact = codec.rest(scratch.value, (int) Math.min(length, scratch.capacity()));
                    if (exact != 0) {
                        int again = getsockopt(sockfd, scratch, extents.checkLength(exact, scratch.capacity()));
                        Errors.check(again, "getsockopt", name);
                        length = scratch.length();
                    }
                    return codec.decode(
                            scratch.value,
                            extents.checkLength((int) Math.min(length, Integer.MAX_VALUE), scratch.capacity()));
                }
            }
        }
    }

    private void checkGet() {
        if (access == Access.WRITE_ONLY) {
            throw new UnsupportedOperationException(name + " can only be set: the kernel has no getsockopt for it");
        }
        checkNotControlMessage();
        extents.checkAddresses(false);
    }

    private int getsockopt(int sockfd, OptionMemory scratch, int length) {
        scratch.length(length);
        return Libc.get().getsockopt(sockfd, level, optname, scratch.address, scratch.lengthAddress());
    }

    /**
     * setsockopt(2), once. A value that the kernel would silently change is refused. Where it makes something else of a
     * good value, the option says so: sizes of buffers are doubled and capped by the system's limits, times are rounded up
     * to its clock, -1 and 0 may stand for a default, a connection gives what it uses, and some options have no effect
     * any more or none on MPTCP.
     *
     * @param sockfd the descriptor
     * @throws IllegalArgumentException when the value is of the wrong type, null, or one that the kernel would silently
     *     change
     * @throws UnsupportedOperationException when the option cannot be set
     * @throws ErrnoException EINVAL, EDOM and others for values that the kernel refuses, EPERM without the {@link
     *     #capability}, ENOTCONN when the option wants a connection, ENOPROTOOPT or EOPNOTSUPP when this socket or kernel has no such option
     */
    public void set(int sockfd, T value) throws IOException {
        checkSet(value);
        try (OptionMemory scratch = OptionMemory.take(extents.checkSize(codec.size(value)), extents.isOurs())) {
            int length = encode(value, scratch);
            int result = Libc.get().setsockopt(sockfd, level, optname, address(scratch, length), length);
            if (result < 0) {
                String words = name + "=" + text(value) + remedy(result);
                throw Errors.exception(result, "setsockopt", new Situation.Setting(name, words));
            }
            if (twin != null) {
                length = twin.encode(value, scratch);
                Libc.get().setsockopt(sockfd, twin.level, twin.optname, scratch.address, length);
            }
        }
    }

    private void checkSet(@Nullable Object value) {
        check(value);
        if (access == Access.READ_ONLY) {
            throw new UnsupportedOperationException(name + " can only be read: the kernel has no setsockopt for it");
        }
        checkNotControlMessage();
        extents.checkAddresses(true);
    }

    private String remedy(int result) {
        boolean denied = result == -Linux.EPERM || result == -Linux.EACCES;
        return denied && !capability.isEmpty() && Situation.lacks(capability) ? ", which needs " + capability : "";
    }

    /** Nothing is a null pointer: IP_XFRM_POLICY takes only that for "none". */
    private static long address(OptionMemory scratch, int length) {
        return length == 0 ? 0 : scratch.address;
    }

    private int encode(T value, OptionMemory scratch) {
        scratch.clear(codec.size(value));
        int length;
        try {
            length = codec.encode(value, scratch.value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
        return extents.checkLength(length, scratch.capacity());
    }

    private void check(@Nullable Object value) {
        if (!codec.type().isInstance(value)) {
            throw new IllegalArgumentException(name + " takes a " + codec.type().getSimpleName() + ", not "
                    + (value == null ? "null" : "a " + value.getClass().getSimpleName()));
        }
    }

    private void checkNotControlMessage() {
        if (access == Access.CONTROL_MESSAGE) {
            throw new UnsupportedOperationException(
                    name + " is no option of the socket: send it as a control message with the data");
        }
    }

    /** For the packages above. */
    private final class Call extends OptionCall {
        @Override
        public boolean isSimple() {
            return simple && twin == null;
        }

        @Override
        public void checkGet() {
            Option.this.checkGet();
        }

        @Override
        public void checkSet(@Nullable Object value) {
            Option.this.checkSet(value);
            T checked = Objects.requireNonNull(codec.type().cast(value));
            try (OptionMemory scratch = OptionMemory.take(extents.checkSize(codec.size(checked)), extents.isOurs())) {
                int ignored = encode(checked, scratch); // which finds values that are none of the option's
            }
        }
    }

    private static String text(Object value) {
        if (value instanceof byte[] bytes) {
            return "[" + bytes.length + " bytes]"; // may be a key
        }
        if (value instanceof Object[] array) {
            return Arrays.toString(array);
        }
        return value instanceof int[] ints ? Arrays.toString(ints) : value.toString();
    }

    /** C's name. */
    @Override
    public String name() {
        return name;
    }

    @Override
    public Class<T> type() {
        return codec.type();
    }

    /** The first number, such as {@link Linux#SOL_SOCKET}. */
    public int level() {
        return level;
    }

    /** The second number. */
    public int optname() {
        return optname;
    }

    /** Which of the two calls the kernel has. */
    public Access access() {
        return access;
    }

    /** How values look in memory. */
    public Codec<T> codec() {
        return codec;
    }

    /** The capability without which a set fails with EPERM, such as CAP_NET_ADMIN; see capabilities(7). */
    public Optional<String> capability() {
        return capability.isEmpty() ? Optional.empty() : Optional.of(capability);
    }

    /** C's name. */
    @Override
    public String toString() {
        return name;
    }
}
