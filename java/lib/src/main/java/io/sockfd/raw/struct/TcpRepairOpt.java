package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * A TCP option to restore: TCP_REPAIR_OPTIONS. See {@code linux/tcp.h}.
 *
 * <pre>
 *         +--------------+
 *      0  | u32 opt_code |  TCPOPT_*
 *      4  | u32 opt_val  |
 *      8  +--------------+
 * </pre>
 */
public final class TcpRepairOpt {
    public static final int SIZE = 8;

    public static final int OPT_CODE = 0;
    public static final int OPT_VAL = 4;

    private TcpRepairOpt() {}

    public static int opt_code(ByteBuffer b, int o) {
        return b.getInt(o + OPT_CODE);
    }

    public static void opt_code(ByteBuffer b, int o, int value) {
        b.putInt(o + OPT_CODE, value);
    }

    public static int opt_val(ByteBuffer b, int o) {
        return b.getInt(o + OPT_VAL);
    }

    public static void opt_val(ByteBuffer b, int o, int value) {
        b.putInt(o + OPT_VAL, value);
    }
}
