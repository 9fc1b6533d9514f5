package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * The file of a bound UNIX socket: UNIX_DIAG_VFS. See
 * <a href="https://man7.org/linux/man-pages/man7/sock_diag.7.html">sock_diag(7)</a>.
 *
 * <pre>
 *         +-------------------+
 *      0  | u32 udiag_vfs_ino |  inode
 *      4  | u32 udiag_vfs_dev |  device
 *      8  +-------------------+
 * </pre>
 */
public final class UnixDiagVfs {
    public static final int SIZE = 8;

    public static final int UDIAG_VFS_INO = 0;
    public static final int UDIAG_VFS_DEV = 4;

    private UnixDiagVfs() {}

    public static int udiag_vfs_ino(ByteBuffer b, int o) {
        return b.getInt(o + UDIAG_VFS_INO);
    }

    public static int udiag_vfs_dev(ByteBuffer b, int o) {
        return b.getInt(o + UDIAG_VFS_DEV);
    }
}
