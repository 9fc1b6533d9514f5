package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * The ancillary message SCTP_SNDINFO. See {@code linux/sctp.h}.
 *
 * <pre>
 *         +------------------+
 *      0  | u16 snd_sid      |
 *      2  | u16 snd_flags    |  SCTP_UNORDERED ...
 *      4  | u32 snd_ppid     |  passed through as it is: network order by custom
 *      8  | u32 snd_context  |
 *     12  | s32 snd_assoc_id |
 *     16  +------------------+
 * </pre>
 */
public final class SctpSndinfo {
    public static final int SIZE = 16;

    public static final int SND_SID = 0;
    public static final int SND_FLAGS = 2;
    public static final int SND_PPID = 4;
    public static final int SND_CONTEXT = 8;
    public static final int SND_ASSOC_ID = 12;

    private SctpSndinfo() {}

    public static int snd_sid(ByteBuffer b, int o) {
        return Fields.u16(b, o + SND_SID);
    }

    public static void snd_sid(ByteBuffer b, int o, int value) {
        b.putShort(o + SND_SID, (short) value);
    }

    public static int snd_flags(ByteBuffer b, int o) {
        return Fields.u16(b, o + SND_FLAGS);
    }

    public static void snd_flags(ByteBuffer b, int o, int value) {
        b.putShort(o + SND_FLAGS, (short) value);
    }

    public static int snd_ppid(ByteBuffer b, int o) {
        return b.getInt(o + SND_PPID);
    }

    public static void snd_ppid(ByteBuffer b, int o, int value) {
        b.putInt(o + SND_PPID, value);
    }

    public static int snd_context(ByteBuffer b, int o) {
        return b.getInt(o + SND_CONTEXT);
    }

    public static void snd_context(ByteBuffer b, int o, int value) {
        b.putInt(o + SND_CONTEXT, value);
    }

    public static int snd_assoc_id(ByteBuffer b, int o) {
        return b.getInt(o + SND_ASSOC_ID);
    }

    public static void snd_assoc_id(ByteBuffer b, int o, int value) {
        b.putInt(o + SND_ASSOC_ID, value);
    }
}
