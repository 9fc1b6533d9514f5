package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * Credentials of a process: SCM_CREDENTIALS, SO_PEERCRED. See
 * <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7)</a>.
 *
 * <pre>
 *         +---------+
 *      0  | s32 pid |
 *      4  | u32 uid |
 *      8  | u32 gid |
 *     12  +---------+
 * </pre>
 */
public final class Ucred {
    public static final int SIZE = 12;

    public static final int PID = 0;
    public static final int UID = 4;
    public static final int GID = 8;

    private Ucred() {}

    public static int pid(ByteBuffer b, int o) {
        return b.getInt(o + PID);
    }

    public static void pid(ByteBuffer b, int o, int value) {
        b.putInt(o + PID, value);
    }

    public static int uid(ByteBuffer b, int o) {
        return b.getInt(o + UID);
    }

    public static void uid(ByteBuffer b, int o, int value) {
        b.putInt(o + UID, value);
    }

    public static int gid(ByteBuffer b, int o) {
        return b.getInt(o + GID);
    }

    public static void gid(ByteBuffer b, int o, int value) {
        b.putInt(o + GID, value);
    }
}
