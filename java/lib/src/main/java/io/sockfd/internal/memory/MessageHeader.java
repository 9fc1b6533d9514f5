package io.sockfd.internal.memory;

import io.sockfd.address.Sockaddr;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.Msghdr;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The struct msghdr of a message, alone or in the array of a batch. Addresses are asked for when first needed. */
public final class MessageHeader {
    private final ByteBuffer header;
    private final int at;
    private long address;

    // what the call under way, or the last one, was told of
    private @Nullable ByteBuffer control;
    private @Nullable Sockaddr name;
    private long controlAddress;
    private boolean plain;

    public MessageHeader(ByteBuffer header, int at) {
        this.header = header;
        this.at = at;
    }

    public long address() {
        if (address == 0) {
            address = Memory.address(header) + at;
        }
        return address;
    }

    /** All fields, before a call. */
    @SuppressWarnings("ReferenceEquality") // equal content is not the same memory
    public void fill(
            @Nullable Sockaddr name, int nameBytes, MessageBuffers data, ByteBuffer control, int controlBytes) {
        if (this.control != control) {
            this.control = control;
            controlAddress = Memory.address(control);
        }
        this.name = name;
        Msghdr.msg_name(header, at, name == null || nameBytes == 0 ? 0 : name.address());
        Msghdr.msg_namelen(header, at, name == null ? 0 : nameBytes);
        Msghdr.msg_iov(header, at, data.address());
        Msghdr.msg_iovlen(header, at, data.prepared());
        Msghdr.msg_control(header, at, controlBytes == 0 ? 0 : controlAddress);
        Msghdr.msg_controllen(header, at, controlBytes);
        Msghdr.msg_flags(header, at, 0);
        plain = data.prepared() == 1 && controlBytes == 0 && (name == null || nameBytes == 0);
    }

    /** The data lies in these instead, until the next {@link #fill}. */
    public void data(long iovecs, int count) {
        Msghdr.msg_iov(header, at, iovecs);
        Msghdr.msg_iovlen(header, at, count);
        plain = false;
    }

    /** Whether it is but one buffer, so that send(2) can send it, which has less to read than sendmsg(2). */
    public boolean isPlain() {
        return plain;
    }

    /** After recvmsg, for another one with these iovecs: what the one before said is overwritten only if it succeeds. */
    public Runnable again(ByteBuffer iovecs, int count) {
        int controlBytes = control == null ? 0 : control.capacity();
        int nameLength = Msghdr.msg_namelen(header, at);
        long controlLength = Msghdr.msg_controllen(header, at);
        int flags = Msghdr.msg_flags(header, at);
        Msghdr.msg_namelen(header, at, name == null ? 0 : Sockaddr.CAPACITY);
        Msghdr.msg_iov(header, at, Memory.address(iovecs));
        Msghdr.msg_iovlen(header, at, count);
        Msghdr.msg_control(header, at, controlBytes == 0 ? 0 : controlAddress);
        Msghdr.msg_controllen(header, at, controlBytes);
        return () -> {
            Msghdr.msg_namelen(header, at, nameLength);
            Msghdr.msg_controllen(header, at, controlLength);
            Msghdr.msg_flags(header, at, flags);
        };
    }

    /** As recvmsg leaves it that received 0 bytes of nobody. */
    public void nothing() {
        Msghdr.msg_namelen(header, at, 0);
        Msghdr.msg_controllen(header, at, 0);
        Msghdr.msg_flags(header, at, 0);
    }

    /** The address that the call was given. */
    @Nullable
    public Sockaddr name() {
        return name;
    }

    /** Lets go of what the call was given. */
    public void drop() {
        name = null;
    }

    /** After recvmsg: without the caller's MSG_CMSG_CLOEXEC, which the kernel gives back. */
    public int flags() {
        return Msghdr.msg_flags(header, at) & ~Linux.MSG_CMSG_CLOEXEC;
    }

    /** After recvmsg: the bytes of the address that there was room for; the kernel tells its full length. */
    public int nameLength() {
        return Math.min(Msghdr.msg_namelen(header, at), Sockaddr.CAPACITY);
    }

    /** After recvmsg: the bytes of control data that came. */
    public int controlLength() {
        return control == null ? 0 : (int) Math.min(Msghdr.msg_controllen(header, at), control.capacity());
    }

    /**
     * What recvmsg's flags must contain on a socket of this domain. Descriptors arrive on UNIX sockets only, and there
     * they must be close-on-exec from the first moment; packet sockets answer EINVAL to the flag.
     */
    public static int receiveFlags(int domain) {
        return domain == Linux.AF_UNIX ? Linux.MSG_CMSG_CLOEXEC : 0;
    }
}
