package io.sockfd.benchmarks.datagram;

import io.sockfd.address.Sockaddr;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.Cmsghdr;
import io.sockfd.raw.struct.Iovec;
import io.sockfd.raw.struct.Mmsghdr;
import io.sockfd.raw.struct.Msghdr;
import io.sockfd.raw.struct.SockaddrIn;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A struct mmsghdr[] with all that it points to: a buffer, and room for an address and one control message each. */
final class RawVector {
    private static final int CONTROL = Cmsghdr.cmsg_space(Integer.BYTES);

    private final int count;
    private final ByteBuffer headers;
    private final ByteBuffer control;
    private final long pointer;
    // nothing else keeps what the headers point to
    private final ByteBuffer iovecs;
    private final ByteBuffer data;
    private @Nullable Sockaddr address;

    RawVector(int count, int size) {
        this.count = count;
        headers = Memory.allocate(count * Mmsghdr.SIZE);
        control = Memory.allocate(count * CONTROL);
        iovecs = Memory.allocate(count * Iovec.SIZE);
        data = Memory.allocate(count * size);
        pointer = Memory.address(headers);
        for (int i = 0; i < count; i++) {
            Iovec.iov_base(iovecs, i * Iovec.SIZE, Memory.address(data) + (long) i * size);
            Iovec.iov_len(iovecs, i * Iovec.SIZE, size);
            Msghdr.msg_iov(headers, i * Mmsghdr.SIZE, Memory.address(iovecs) + (long) i * Iovec.SIZE);
            Msghdr.msg_iovlen(headers, i * Mmsghdr.SIZE, 1);
        }
    }

    long pointer() {
        return pointer;
    }

    /** The address of the first message's data. */
    long data() {
        return Memory.address(data);
    }

    /** Where all messages go, or where all senders' addresses are put. */
    void address(Sockaddr sockaddr) {
        address = sockaddr;
        for (int i = 0; i < count; i++) {
            Msghdr.msg_name(headers, i * Mmsghdr.SIZE, sockaddr.address());
            Msghdr.msg_namelen(headers, i * Mmsghdr.SIZE, SockaddrIn.SIZE);
        }
    }

    /** UDP_SEGMENT with the first message. */
    void segment(int bytes) {
        Cmsghdr.cmsg_len(control, 0, Cmsghdr.cmsg_len(Short.BYTES));
        Cmsghdr.cmsg_level(control, 0, Linux.SOL_UDP);
        Cmsghdr.cmsg_type(control, 0, Linux.UDP_SEGMENT);
        control.putShort(Cmsghdr.SIZE, (short) bytes);
        Msghdr.msg_control(headers, 0, Memory.address(control));
        Msghdr.msg_controllen(headers, 0, Cmsghdr.cmsg_space(Short.BYTES));
    }

    /** Says again how much room there is: the kernel has put in what it used. */
    void beforeReceive() {
        int room = address == null ? 0 : SockaddrIn.SIZE;
        long controls = Memory.address(control);
        for (int i = 0; i < count; i++) {
            Msghdr.msg_namelen(headers, i * Mmsghdr.SIZE, room);
            Msghdr.msg_control(headers, i * Mmsghdr.SIZE, controls + (long) i * CONTROL);
            Msghdr.msg_controllen(headers, i * Mmsghdr.SIZE, CONTROL);
        }
    }

    /** UDP_GRO of the first message, -1 when it is a single datagram. */
    int segment() {
        return Msghdr.msg_controllen(headers, 0) >= Cmsghdr.cmsg_len(Integer.BYTES)
                        && Cmsghdr.cmsg_level(control, 0) == Linux.SOL_UDP
                        && Cmsghdr.cmsg_type(control, 0) == Linux.UDP_GRO
                ? control.getInt(Cmsghdr.SIZE)
                : -1;
    }

    /** The bytes of the first {@code received} messages; a negative errno as it is. */
    long bytes(int received) {
        long bytes = Math.min(received, 0);
        for (int i = 0; i < received; i++) {
            bytes += Mmsghdr.msg_len(headers, i * Mmsghdr.SIZE);
        }
        return bytes;
    }
}
