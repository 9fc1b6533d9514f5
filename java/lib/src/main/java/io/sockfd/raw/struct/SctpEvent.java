package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * SCTP_EVENT. See {@code linux/sctp.h}.
 *
 * <pre>
 *         +-----------------+
 *      0  | s32 se_assoc_id |
 *      4  | u16 se_type     |  SCTP_ASSOC_CHANGE ...
 *      6  | u8  se_on       |
 *      8  +-----------------+
 * </pre>
 */
public final class SctpEvent {
    public static final int SIZE = 8;

    public static final int SE_ASSOC_ID = 0;
    public static final int SE_TYPE = 4;
    public static final int SE_ON = 6;

    private SctpEvent() {}

    public static int se_assoc_id(ByteBuffer b, int o) {
        return b.getInt(o + SE_ASSOC_ID);
    }

    public static void se_assoc_id(ByteBuffer b, int o, int value) {
        b.putInt(o + SE_ASSOC_ID, value);
    }

    public static int se_type(ByteBuffer b, int o) {
        return Fields.u16(b, o + SE_TYPE);
    }

    public static void se_type(ByteBuffer b, int o, int value) {
        b.putShort(o + SE_TYPE, (short) value);
    }

    public static int se_on(ByteBuffer b, int o) {
        return Fields.u8(b, o + SE_ON);
    }

    public static void se_on(ByteBuffer b, int o, int value) {
        b.put(o + SE_ON, (byte) value);
    }
}
