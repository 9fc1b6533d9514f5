package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * The queues of a UNIX socket: UNIX_DIAG_RQLEN. See
 * <a href="https://man7.org/linux/man-pages/man7/sock_diag.7.html">sock_diag(7)</a>.
 *
 * <pre>
 *         +------------------+
 *      0  | u32 udiag_rqueue |  bytes, or connections waiting
 *      4  | u32 udiag_wqueue |  bytes, or the backlog
 *      8  +------------------+
 * </pre>
 */
public final class UnixDiagRqlen {
    public static final int SIZE = 8;

    public static final int UDIAG_RQUEUE = 0;
    public static final int UDIAG_WQUEUE = 4;

    private UnixDiagRqlen() {}

    public static long udiag_rqueue(ByteBuffer b, int o) {
        return Fields.u32(b, o + UDIAG_RQUEUE);
    }

    public static long udiag_wqueue(ByteBuffer b, int o) {
        return Fields.u32(b, o + UDIAG_WQUEUE);
    }
}
