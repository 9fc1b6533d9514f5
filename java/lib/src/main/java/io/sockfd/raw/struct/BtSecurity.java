package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * BT_SECURITY. See {@code include/bluetooth.h}.
 *
 * <pre>
 *         +-------------+
 *      0  | u8 level    |  BT_SECURITY_*
 *      1  | u8 key_size |  bytes
 *      2  +-------------+
 * </pre>
 */
public final class BtSecurity {
    public static final int SIZE = 2;

    public static final int LEVEL = 0;
    public static final int KEY_SIZE = 1;

    private BtSecurity() {}

    public static int level(ByteBuffer b, int o) {
        return Fields.u8(b, o + LEVEL);
    }

    public static void level(ByteBuffer b, int o, int value) {
        b.put(o + LEVEL, (byte) value);
    }

    public static int key_size(ByteBuffer b, int o) {
        return Fields.u8(b, o + KEY_SIZE);
    }

    public static void key_size(ByteBuffer b, int o, int value) {
        b.put(o + KEY_SIZE, (byte) value);
    }
}
