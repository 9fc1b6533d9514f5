package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * TIPC_GROUP_JOIN. See {@code linux/tipc.h}.
 *
 * <pre>
 *         +--------------+
 *      0  | u32 type     |  group
 *      4  | u32 instance |  member
 *      8  | u32 scope    |
 *     12  | u32 flags    |  TIPC_GROUP_*
 *     16  +--------------+
 * </pre>
 */
public final class TipcGroupReq {
    public static final int SIZE = 16;

    public static final int TYPE = 0;
    public static final int INSTANCE = 4;
    public static final int SCOPE = 8;
    public static final int FLAGS = 12;

    private TipcGroupReq() {}

    public static int type(ByteBuffer b, int o) {
        return b.getInt(o + TYPE);
    }

    public static void type(ByteBuffer b, int o, int value) {
        b.putInt(o + TYPE, value);
    }

    public static int instance(ByteBuffer b, int o) {
        return b.getInt(o + INSTANCE);
    }

    public static void instance(ByteBuffer b, int o, int value) {
        b.putInt(o + INSTANCE, value);
    }

    public static int scope(ByteBuffer b, int o) {
        return b.getInt(o + SCOPE);
    }

    public static void scope(ByteBuffer b, int o, int value) {
        b.putInt(o + SCOPE, value);
    }

    public static int flags(ByteBuffer b, int o) {
        return b.getInt(o + FLAGS);
    }

    public static void flags(ByteBuffer b, int o, int value) {
        b.putInt(o + FLAGS, value);
    }
}
