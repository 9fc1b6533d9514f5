package io.sockfd;

import io.sockfd.raw.struct.Cmsghdr;
import java.nio.ByteBuffer;

/**
 * Goes through the control messages (struct cmsghdr) that a {@link Message} received, without allocating:
 *
 * <pre>{@code
 * ControlCursor c = message.incoming().cursor();
 * while (c.next()) {
 *     if (c.is(SOL_IP, IP_TTL)) {
 *         System.out.println("ttl " + c.getInt(0));
 *     }
 * }
 * }</pre>
 *
 * <p>It is valid until the message is used again. Every offset is checked against {@link #length}; what the kernel cut
 * off is not there. Not safe for use by several threads at once.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/cmsg.3.html">cmsg(3)</a>
 */
public final class ControlCursor {
    private ByteBuffer control;
    private int end;
    private int next;
    private int head = -1;
    private int length;
    private boolean malformed;

    /** Over native-order bytes; {@link #limit} says how many of them count. */
    ControlCursor(ByteBuffer control) {
        this.control = control;
    }

    /** Another buffer with the same content. */
    void move(ByteBuffer larger) {
        control = larger;
    }

    /** Goes to the beginning of {@code bytes} bytes of control data. */
    ControlCursor limit(int bytes) {
        end = Math.max(0, Math.min(bytes, control.capacity()));
        return rewind();
    }

    /** Goes back to before the first control message. */
    public ControlCursor rewind() {
        next = 0;
        head = -1;
        length = 0;
        malformed = false;
        return this;
    }

    /** Moves to the next control message. False when there is none, or none that is whole: see {@link #malformed}. */
    public boolean next() {
        head = -1;
        length = 0;
        if (end - next < Cmsghdr.SIZE) {
            return false;
        }
        long size = Cmsghdr.cmsg_len(control, next);
        if (size < Cmsghdr.SIZE || size > end - next) {
            // Linux shortens cmsg_len to what it wrote: this is no kernel's data
            malformed = true;
            next = end;
            return false;
        }
        head = next;
        length = (int) size - Cmsghdr.SIZE;
        next = Math.min(end, next + Cmsghdr.cmsg_align((int) size));
        return true;
    }

    /** True after {@link #next} met a length that cannot be. The Linux kernel writes none. */
    public boolean malformed() {
        return malformed;
    }

    /**
     * Its cmsg_level: SOL_SOCKET, SOL_IP, SOL_IPV6, SOL_UDP …
     *
     * @throws IllegalStateException when {@link #next} did not return true
     */
    public int level() {
        return Cmsghdr.cmsg_level(control, head());
    }

    /**
     * Its cmsg_type, whose meaning depends on the level: SCM_RIGHTS, IP_TTL …
     *
     * @throws IllegalStateException when {@link #next} did not return true
     */
    public int type() {
        return Cmsghdr.cmsg_type(control, head());
    }

    /** Whether it is this one. */
    public boolean is(int level, int type) {
        return level() == level && type() == type;
    }

    /** Bytes of data that arrived, without head and padding; 0 where there is no control message. */
    public int length() {
        return length;
    }

    /**
     * A byte of the data, as a number from 0 to 255.
     *
     * @throws IndexOutOfBoundsException when the data has no byte there
     */
    public int getByte(int offset) {
        return control.get(at(offset, Byte.BYTES)) & 0xff;
    }

    /**
     * A 16-bit number of the data in native order, from 0 to 65535.
     *
     * @throws IndexOutOfBoundsException when the data has not as many bytes there
     */
    public int getShort(int offset) {
        return control.getShort(at(offset, Short.BYTES)) & 0xffff;
    }

    /**
     * A 32-bit number of the data in native order.
     *
     * @throws IndexOutOfBoundsException when the data has not as many bytes there
     */
    public int getInt(int offset) {
        return control.getInt(at(offset, Integer.BYTES));
    }

    /**
     * A 64-bit number of the data in native order.
     *
     * @throws IndexOutOfBoundsException when the data has not as many bytes there
     */
    public long getLong(int offset) {
        return control.getLong(at(offset, Long.BYTES));
    }

    /**
     * Copies the first bytes of the data, as many as there are and {@code into} takes.
     *
     * @return the number of bytes copied
     */
    public int get(byte[] into) {
        int bytes = Math.min(length, into.length);
        if (bytes > 0) {
            control.get(head + Cmsghdr.SIZE, into, 0, bytes);
        }
        return bytes;
    }

    /** A copy of the data. */
    public byte[] bytes() {
        byte[] copy = new byte[length];
        int ignored = get(copy);
        return copy;
    }

    /** Where the data begins in the control buffer, for the flyweights of {@code io.sockfd.raw.struct}. */
    int at() {
        return head() + Cmsghdr.SIZE;
    }

    private int at(int offset, int bytes) {
        if (offset < 0 || offset > length - bytes) {
            throw new IndexOutOfBoundsException(bytes + " bytes at " + offset + " of a control message of " + length);
        }
        return head + Cmsghdr.SIZE + offset;
    }

    private int head() {
        if (head < 0) {
            throw new IllegalStateException("no control message here: next() has not returned true");
        }
        return head;
    }
}
