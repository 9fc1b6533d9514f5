package io.sockfd.benchmarks.rights;

import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Ends;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.Cmsghdr;
import io.sockfd.raw.struct.Iovec;
import io.sockfd.raw.struct.Msghdr;
import java.io.IOException;
import java.nio.ByteBuffer;

/** {@link Libc#sendmsg}, {@link Libc#recvmsg} and {@link Libc#close}, with the structs written and read in Java. */
public final class RawRights implements Contestant {
    private static final Libc LIBC = Libc.get();
    private static final int CONTROL = Msghdr.SIZE + Iovec.SIZE + Long.BYTES;

    private final int[] fds = Ends.descriptors(false);
    private final Passed passed;
    private final int capacity;
    private final ByteBuffer sent;
    private final ByteBuffer received;

    public RawRights(int count) throws IOException {
        passed = new Passed(count);
        capacity = Cmsghdr.cmsg_space(Linux.SCM_MAX_FD * Integer.BYTES);
        sent = message();
        received = message();
        int[] rights = passed.fds();
        Cmsghdr.cmsg_level(sent, CONTROL, Linux.SOL_SOCKET);
        Cmsghdr.cmsg_type(sent, CONTROL, Linux.SCM_RIGHTS);
        Cmsghdr.cmsg_len(sent, CONTROL, Cmsghdr.cmsg_len(count * Integer.BYTES));
        for (int i = 0; i < count; i++) {
            sent.putInt(CONTROL + Cmsghdr.SIZE + i * Integer.BYTES, rights[i]);
        }
        Msghdr.msg_controllen(sent, 0, Cmsghdr.cmsg_space(count * Integer.BYTES));
    }

    /** One byte of data and room for control data, all in one piece of memory behind the struct msghdr. */
    private ByteBuffer message() {
        ByteBuffer message = Memory.allocate(CONTROL + capacity);
        long address = Memory.address(message);
        Iovec.iov_base(message, Msghdr.SIZE, address + Msghdr.SIZE + Iovec.SIZE);
        Iovec.iov_len(message, Msghdr.SIZE, 1);
        Msghdr.msg_iov(message, 0, address + Msghdr.SIZE);
        Msghdr.msg_iovlen(message, 0, 1);
        Msghdr.msg_control(message, 0, address + CONTROL);
        return message;
    }

    @Override
    public long run(int times) {
        long out = Memory.address(sent);
        long in = Memory.address(received);
        long descriptors = 0;
        for (int i = 0; i < times; i++) {
            LIBC.sendmsg(fds[0], out, Linux.MSG_NOSIGNAL);
            Msghdr.msg_controllen(received, 0, capacity);
            LIBC.recvmsg(fds[1], in, Linux.MSG_CMSG_CLOEXEC);
            descriptors += closeRights();
        }
        return descriptors;
    }

    private int closeRights() {
        int count = (int) (Cmsghdr.cmsg_len(received, CONTROL) - Cmsghdr.SIZE) / Integer.BYTES;
        for (int i = 0; i < count; i++) {
            LIBC.close(received.getInt(CONTROL + Cmsghdr.SIZE + i * Integer.BYTES));
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        Ends.close(fds);
        passed.close();
    }
}
