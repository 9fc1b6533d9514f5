package io.sockfd.address;

import static io.sockfd.raw.Linux.ENODEV;
import static io.sockfd.raw.Linux.ENXIO;
import static io.sockfd.raw.Linux.IF_NAMESIZE;

import io.sockfd.raw.ErrnoNames;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Memory;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Network interfaces by name and by index, in the network namespace of the calling thread. Safe for any thread.
 *
 * <pre>{@code
 * int loopback = Interfaces.index("lo");
 * System.out.println(Interfaces.name(loopback)); // lo
 * }</pre>
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/if_nametoindex.3.html">if_nametoindex(3)</a>
 */
public final class Interfaces {
    /** What {@link #index} accepts at most, in bytes. */
    public static final int MAX_NAME_BYTES = IF_NAMESIZE - 1;

    /** Where names go in and out of C; guarded by itself. */
    private static final ByteBuffer SCRATCH = Memory.allocate(IF_NAMESIZE);

    private Interfaces() {}

    /**
     * The index of an interface, at least 1.
     *
     * @param name for instance {@code eth0}; 1 to 15 bytes
     * @throws IllegalArgumentException when the name is empty, longer than that, or has a NUL
     * @throws SocketException when there is no such interface (ENODEV), or no descriptor is left to ask with (EMFILE)
     */
    public static int index(String name) throws SocketException {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        // libc copies what it is given up to the NUL: nothing longer may reach it
        if (bytes.length == 0 || bytes.length > MAX_NAME_BYTES || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("\"" + name + "\" is no interface name: those have 1 to "
                    + MAX_NAME_BYTES + " bytes, none of them 0");
        }
        int result;
        synchronized (SCRATCH) {
            SCRATCH.put(0, Arrays.copyOf(bytes, IF_NAMESIZE));
            result = Libc.get().if_nametoindex(Memory.address(SCRATCH));
        }
        if (result > 0) {
            return result;
        } else if (result == -ENODEV) {
            throw new SocketException("if_nametoindex(" + name + "): ENODEV (No such device): no interface of this"
                    + " network namespace has this name");
        }
        throw new SocketException("if_nametoindex(" + name + "): " + ErrnoNames.describe(-result));
    }

    /**
     * The name of an interface.
     *
     * @throws SocketException when there is no such interface (ENXIO), or no descriptor is left to ask with (EMFILE)
     */
    public static String name(int index) throws SocketException {
        byte[] bytes = new byte[IF_NAMESIZE];
        long result;
        synchronized (SCRATCH) {
            result = Libc.get().if_indextoname(index, Memory.address(SCRATCH));
            SCRATCH.get(0, bytes);
        }
        // an address may have its top bit set; an errno is in the last page
        if (result >= 0 || result < -4095) {
            int end = 0;
            while (end < bytes.length && bytes[end] != 0) {
                end++;
            }
            return new String(bytes, 0, end, StandardCharsets.UTF_8);
        } else if (result == -ENXIO || result == -ENODEV) {
            throw new SocketException(
                    "if_indextoname(" + Integer.toUnsignedString(index) + "): ENXIO (No such device or"
                            + " address): no interface of this network namespace has this index");
        }
        throw new SocketException(
                "if_indextoname(" + Integer.toUnsignedString(index) + "): " + ErrnoNames.describe((int) -result));
    }
}
