package io.sockfd.cli.kernel;

import io.sockfd.Errors;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.Cmsghdr;
import io.sockfd.raw.struct.Iovec;
import io.sockfd.raw.struct.Msghdr;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A struct msghdr for receiving: one buffer, and room for ancillary data. */
public final class Message {
    private final ByteBuffer header;
    private final ByteBuffer iovec;
    private final ByteBuffer data;
    private final ByteBuffer control;

    /**
     * An empty message.
     *
     * @param memory keeps what it consists of
     * @param controlSize bytes of ancillary data, heads and padding included
     */
    public Message(Scratch memory, int dataSize, int controlSize) {
        header = memory.allocate(Msghdr.SIZE);
        iovec = memory.allocate(Iovec.SIZE);
        data = memory.allocate(dataSize);
        control = memory.allocate(controlSize);
    }

    /** {@code recvmsg(2)}; the number of bytes. */
    public long receive(Libc libc, Fd socket, int flags) throws IOException {
        Iovec.iov_base(iovec, 0, Memory.address(data));
        Iovec.iov_len(iovec, 0, data.capacity());
        Msghdr.msg_iov(header, 0, Memory.address(iovec));
        Msghdr.msg_iovlen(header, 0, 1);
        Msghdr.msg_control(header, 0, Memory.address(control));
        Msghdr.msg_controllen(header, 0, control.capacity());
        return Errors.check(libc.recvmsg(socket.number(), Memory.address(header), flags), "recvmsg");
    }

    /** Where the data of the first such message begins in {@link #control}, or -1. */
    public int find(int level, int type) {
        int end = (int) Msghdr.msg_controllen(header, 0);
        int at = 0;
        while (at + Cmsghdr.SIZE <= end) {
            int length = (int) Cmsghdr.cmsg_len(control, at);
            if (length < Cmsghdr.SIZE) {
                return -1;
            }
            if (Cmsghdr.cmsg_level(control, at) == level && Cmsghdr.cmsg_type(control, at) == type) {
                return at + Cmsghdr.SIZE;
            }
            at += Cmsghdr.cmsg_align(length);
        }
        return -1;
    }

    /** The ancillary data. */
    public ByteBuffer control() {
        return control;
    }
}
