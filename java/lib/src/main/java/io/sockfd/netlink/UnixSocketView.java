package io.sockfd.netlink;

import static io.sockfd.raw.Linux.UNIX_DIAG_ICONS;
import static io.sockfd.raw.Linux.UNIX_DIAG_MEMINFO;
import static io.sockfd.raw.Linux.UNIX_DIAG_NAME;
import static io.sockfd.raw.Linux.UNIX_DIAG_PEER;
import static io.sockfd.raw.Linux.UNIX_DIAG_RQLEN;
import static io.sockfd.raw.Linux.UNIX_DIAG_SHUTDOWN;
import static io.sockfd.raw.Linux.UNIX_DIAG_UID;
import static io.sockfd.raw.Linux.UNIX_DIAG_VFS;

import io.sockfd.address.UnixAddress;
import io.sockfd.option.MemInfo;
import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.UnixDiagMsg;
import io.sockfd.raw.struct.UnixDiagRqlen;
import io.sockfd.raw.struct.UnixDiagVfs;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A UNIX socket. */
public final class UnixSocketView extends SocketView {
    private static final int TYPES = UNIX_DIAG_UID + 1;

    /** A view of nothing, for {@link SocketDiag#next(UnixSocketView)}. */
    public UnixSocketView() {
        super(UnixDiagMsg.SIZE, TYPES);
    }

    @Override
    public UnixSocketView copy() {
        UnixSocketView copy = new UnixSocketView();
        copy.copyFrom(this);
        return copy;
    }

    @Override
    void check(int type, Attributes a) throws MalformedMessageException {
        int least = switch (type) {
            case UNIX_DIAG_SHUTDOWN -> 1;
            case UNIX_DIAG_PEER, UNIX_DIAG_UID -> Integer.BYTES;
            case UNIX_DIAG_VFS -> UnixDiagVfs.SIZE;
            case UNIX_DIAG_RQLEN -> UnixDiagRqlen.SIZE;
            default -> 0;
        };
        int unused = a.atLeast(least);
        if (type == UNIX_DIAG_NAME && a.length() > UnixAddress.MAX_BYTES + 1) {
            throw new MalformedMessageException("the name of a UNIX socket has " + a.length() + " bytes");
        }
    }

    /** SOCK_STREAM, SOCK_DGRAM or SOCK_SEQPACKET. */
    public int type() {
        return UnixDiagMsg.udiag_type(buffer, at);
    }

    @Override
    public int state() {
        return UnixDiagMsg.udiag_state(buffer, at);
    }

    @Override
    public long inode() {
        return Integer.toUnsignedLong(UnixDiagMsg.udiag_ino(buffer, at));
    }

    @Override
    public long cookie() {
        return cookieAt(at + UnixDiagMsg.UDIAG_COOKIE);
    }

    /** The name it is bound to, a path or abstract; null for none. */
    public @Nullable UnixAddress address() {
        byte[] name = bytes(UNIX_DIAG_NAME);
        if (name == null || name.length == 0) {
            return null;
        } else if (name[0] == 0) {
            return UnixAddress.ofAbstract(Arrays.copyOfRange(name, 1, name.length));
        }
        int length = 0;
        while (length < name.length && name[length] != 0) {
            length++;
        }
        return UnixAddress.ofPath(Arrays.copyOf(name, length));
    }

    /** The inode of the socket that it is connected to; -1 for none. */
    public long peerInode() {
        return u32(UNIX_DIAG_PEER);
    }

    /** The inode of the file of its path; -1 for none. */
    public long fileInode() {
        return u32(UNIX_DIAG_VFS, UnixDiagVfs.UDIAG_VFS_INO);
    }

    /** The device of the file of its path, as the kernel counts: the minor number in the lowest 20 bits; -1 for none. */
    public long fileDevice() {
        return u32(UNIX_DIAG_VFS, UnixDiagVfs.UDIAG_VFS_DEV);
    }

    /** The inodes of those whose connections wait for accept, 0 for one that has none any more; empty for others. */
    public long[] waiting() {
        int offset = attributeOffset(UNIX_DIAG_ICONS);
        long[] inodes = new long[attributeLength(UNIX_DIAG_ICONS) / Integer.BYTES];
        for (int i = 0; i < inodes.length; i++) {
            inodes[i] = Integer.toUnsignedLong(buffer.getInt(offset + i * Integer.BYTES));
        }
        return inodes;
    }

    /** Bytes not read yet; of a listener the connections that wait for accept; -1 when not told. */
    public long receiveQueue() {
        return u32(UNIX_DIAG_RQLEN, UnixDiagRqlen.UDIAG_RQUEUE);
    }

    /** Bytes sent and not read by the peer; of a listener its backlog; -1 when not told. */
    public long sendQueue() {
        return u32(UNIX_DIAG_RQLEN, UnixDiagRqlen.UDIAG_WQUEUE);
    }

    /** What is shut down: bit 0 receiving, bit 1 sending; -1 when not told. */
    public int shutdown() {
        return u8(UNIX_DIAG_SHUTDOWN);
    }

    /** Linux 5.3. */
    @Override
    public long uid() {
        return u32(UNIX_DIAG_UID);
    }

    @Override
    public @Nullable MemInfo memory() {
        return memory(UNIX_DIAG_MEMINFO);
    }

    /** {@code LISTEN unix:/run/x inode 4711}. */
    @Override
    public String toString() {
        return family() == Linux.AF_UNSPEC
                ? "UnixSocketView[none]"
                : stateName() + " " + (address() == null ? "unnamed" : address()) + " inode " + inode() + " peer "
                        + peerInode();
    }
}
