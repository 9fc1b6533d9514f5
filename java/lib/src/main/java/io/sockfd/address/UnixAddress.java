package io.sockfd.address;

import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.SockaddrUn;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A UNIX domain address: a path, an abstract name, or none. Names are bytes; text is converted in the encoding of file
 * names ({@code sun.jnu.encoding}).
 *
 * <p>The length tells the three apart, see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7)</a>. A path
 * has 1 to 108 bytes and is sent with a final NUL if there is room for it; Linux takes 108 without. An abstract name has 0
 * to 107 bytes, NULs among them, and lives as long as its socket. Binding to no name gives the socket a free abstract name
 * of five hexadecimal digits.
 *
 * <p>As text, a path that begins with {@code /}, {@code ./} or {@code ../} stands for itself; any other comes after {@code
 * unix:}. An abstract name comes after {@code @}, with {@code \0} for NUL, {@code \\} for the backslash and {@code \xHH}
 * for what does not print. A path with bytes that do not print, and one that begins with {@code @} or a quote, is {@code
 * unix:"..."} with the same escapes. {@code unix:} alone has no name.
 */
public final class UnixAddress extends LinuxAddress {
    /** Room for the name in the kernel's struct, in bytes. */
    public static final int MAX_BYTES = SockaddrUn.SUN_PATH_BYTES;

    /** What {@link Path#toString} puts in place of bytes that are no text; the path itself still has the bytes. */
    private static final char REPLACEMENT = '\uFFFD';

    private static final String FORM =
            "/PATH, ./PATH, @ABSTRACT, unix:PATH, unix:@ABSTRACT, unix:\"ESCAPED PATH\" or unix:";

    private static final UnixAddress UNNAMED = new UnixAddress(new byte[0]);
    private static final long serialVersionUID = 1;

    /** The path without a final NUL, or NUL and the abstract name, or nothing. */
    private final byte[] sunPath;

    private UnixAddress(byte[] sunPath) {
        this.sunPath = sunPath;
    }

    /** No name: what a socket has before bind, and the end of a pair. */
    public static UnixAddress unnamed() {
        return UNNAMED;
    }

    /**
     * A path in the file system.
     *
     * @throws IllegalArgumentException when it is empty, has more than 108 bytes, or cannot be encoded
     */
    public static UnixAddress of(Path path) {
        String text = path.toString();
        if (text.indexOf(REPLACEMENT) >= 0) {
            throw new IllegalArgumentException(
                    text + " may stand for other bytes than it shows: give them to UnixAddress.ofPath(byte[])");
        }
        return ofPath(text);
    }

    /** The address that the JDK's says; its empty path is no name. */
    static UnixAddress of(UnixDomainSocketAddress address) {
        Path path = address.getPath();
        return path.toString().isEmpty() ? UNNAMED : of(path);
    }

    /** For messages: a path of any length. */
    static UnixAddress unchecked(UnixDomainSocketAddress address) {
        return new UnixAddress(FileNames.encode(address.getPath().toString()));
    }

    /**
     * A path in the file system.
     *
     * @throws IllegalArgumentException when it is empty, has more than 108 bytes or a NUL, or cannot be encoded
     */
    public static UnixAddress ofPath(String path) {
        return ofPath(FileNames.encode(path));
    }

    /**
     * A path in the file system, as bytes, without a final NUL; copied.
     *
     * @throws IllegalArgumentException when it is empty, has more than 108 bytes or a NUL
     */
    public static UnixAddress ofPath(byte[] path) {
        UnixAddress address = new UnixAddress(path.clone());
        if (path.length == 0) {
            throw new IllegalArgumentException("an empty path: use UnixAddress.unnamed()");
        }
        if (path.length > MAX_BYTES) {
            throw new IllegalArgumentException(address + " has " + path.length + " bytes, a UNIX address holds "
                    + MAX_BYTES + ": use a shorter or relative path");
        }
        for (byte b : path) {
            if (b == 0) {
                throw new IllegalArgumentException("a path has no NUL: use ofAbstract for an abstract name");
            }
        }
        return address;
    }

    /**
     * A name in the abstract namespace, without the leading NUL.
     *
     * @throws IllegalArgumentException when it has more than 107 bytes or cannot be encoded
     */
    public static UnixAddress ofAbstract(String name) {
        return ofAbstract(FileNames.encode(name));
    }

    /**
     * A name in the abstract namespace, as bytes, without the leading NUL.
     *
     * @throws IllegalArgumentException when it has more than 107 bytes
     */
    public static UnixAddress ofAbstract(byte[] name) {
        if (name.length >= MAX_BYTES) {
            throw new IllegalArgumentException(
                    "an abstract name has at most " + (MAX_BYTES - 1) + " bytes, not " + name.length);
        }
        byte[] sunPath = new byte[1 + name.length];
        System.arraycopy(name, 0, sunPath, 1, name.length);
        return new UnixAddress(sunPath);
    }

    /**
     * Reads the notation given above.
     *
     * @throws IllegalArgumentException when the text has another form, or a name is too long
     */
    public static UnixAddress parse(String text) {
        boolean prefixed = text.startsWith(UnixText.PREFIX);
        int at = prefixed ? UnixText.PREFIX.length() : 0;
        String name = text.substring(at);
        if (!prefixed && !UnixText.isPlain(text)) {
            throw Notation.fail(text, 0, "a UNIX address", FORM);
        } else if (name.isEmpty()) {
            return unnamed();
        } else if (name.startsWith("@")) {
            return ofAbstract(UnixText.unescape(text, at + 1, text.length(), FORM));
        } else if (name.startsWith("\"")) {
            if (name.length() < 2 || !name.endsWith("\"")) {
                throw Notation.fail(text, text.length(), "a closing quote", FORM);
            }
            return ofPath(UnixText.unescape(text, at + 1, text.length() - 1, FORM));
        }
        return ofPath(name);
    }

    /** Whether there is no name. */
    public boolean isUnnamed() {
        return sunPath.length == 0;
    }

    /** Whether it is in the abstract namespace. */
    public boolean isAbstract() {
        return sunPath.length > 0 && sunPath[0] == 0;
    }

    /** Whether it is a path in the file system. */
    public boolean isPath() {
        return sunPath.length > 0 && sunPath[0] != 0;
    }

    /** A copy of the path, or of the abstract name without the leading NUL; empty when there is neither. */
    public byte[] bytes() {
        return Arrays.copyOfRange(sunPath, isAbstract() ? 1 : 0, sunPath.length);
    }

    /** The path or the abstract name as text; null when its bytes are none. */
    public @Nullable String name() {
        return FileNames.decode(bytes());
    }

    /** {@link UnixDomainSocketAddress} where that says exactly the same, else this. */
    SocketAddress simplest() {
        String name = isPath() ? name() : null;
        if (name != null && name.indexOf(REPLACEMENT) < 0) {
            try {
                UnixDomainSocketAddress jdk = UnixDomainSocketAddress.of(name);
                // Path drops double and final slashes
                return jdk.getPath().toString().equals(name) ? jdk : this;
            } catch (InvalidPathException e) {
                return this;
            }
        }
        return this;
    }

    static @Nullable SocketAddress decode(ByteBuffer b, int length) {
        // the kernel counts a final NUL even after 108 bytes, so 111 is a length it reports
        if (length > SockaddrUn.SIZE + 1) {
            return null;
        }
        byte[] sunPath = new byte[length - SockaddrUn.SUN_PATH];
        b.get(SockaddrUn.SUN_PATH, sunPath);
        if (sunPath.length > 0 && sunPath[0] == 0) {
            return sunPath.length > MAX_BYTES ? null : new UnixAddress(sunPath);
        }
        int end = 0;
        while (end < sunPath.length && sunPath[end] != 0) {
            end++;
        }
        return end > MAX_BYTES ? null : new UnixAddress(Arrays.copyOf(sunPath, end)).simplest();
    }

    @Override
    public int family() {
        return Linux.AF_UNIX;
    }

    @Override
    int encode(ByteBuffer b) {
        SockaddrUn.sun_family(b, 0, Linux.AF_UNIX);
        b.put(SockaddrUn.SUN_PATH, sunPath);
        boolean terminated = isPath() && sunPath.length < MAX_BYTES;
        return SockaddrUn.SUN_PATH + sunPath.length + (terminated ? 1 : 0);
    }

    @Override
    String text(InterfaceText names) {
        if (isUnnamed()) {
            return UnixText.PREFIX;
        } else if (isAbstract()) {
            return "@" + UnixText.escape(bytes());
        }
        String path = name();
        if (path == null
                || path.startsWith("\"")
                || path.startsWith("@")
                || path.chars().anyMatch(Character::isISOControl)) {
            return UnixText.PREFIX + "\"" + UnixText.escape(bytes()) + "\"";
        }
        return UnixText.isPlain(path) ? path : UnixText.PREFIX + path;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UnixAddress that && Arrays.equals(sunPath, that.sunPath);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sunPath);
    }
}
