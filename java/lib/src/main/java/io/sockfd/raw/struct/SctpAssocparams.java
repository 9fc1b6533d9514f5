package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * SCTP_ASSOCINFO. See <a href="https://man7.org/linux/man-pages/man7/sctp.7.html">sctp(7)</a>.
 *
 * <pre>
 *         +------------------------------------+
 *      0  | s32 sasoc_assoc_id                 |
 *      4  | u16 sasoc_asocmaxrxt               |
 *      6  | u16 sasoc_number_peer_destinations |
 *      8  | u32 sasoc_peer_rwnd                |  bytes
 *     12  | u32 sasoc_local_rwnd               |  bytes
 *     16  | u32 sasoc_cookie_life              |  milliseconds
 *     20  +------------------------------------+
 * </pre>
 */
public final class SctpAssocparams {
    public static final int SIZE = 20;

    public static final int SASOC_ASSOC_ID = 0;
    public static final int SASOC_ASOCMAXRXT = 4;
    public static final int SASOC_NUMBER_PEER_DESTINATIONS = 6;
    public static final int SASOC_PEER_RWND = 8;
    public static final int SASOC_LOCAL_RWND = 12;
    public static final int SASOC_COOKIE_LIFE = 16;

    private SctpAssocparams() {}

    public static int sasoc_assoc_id(ByteBuffer b, int o) {
        return b.getInt(o + SASOC_ASSOC_ID);
    }

    public static void sasoc_assoc_id(ByteBuffer b, int o, int value) {
        b.putInt(o + SASOC_ASSOC_ID, value);
    }

    public static int sasoc_asocmaxrxt(ByteBuffer b, int o) {
        return Fields.u16(b, o + SASOC_ASOCMAXRXT);
    }

    public static void sasoc_asocmaxrxt(ByteBuffer b, int o, int value) {
        b.putShort(o + SASOC_ASOCMAXRXT, (short) value);
    }

    public static int sasoc_number_peer_destinations(ByteBuffer b, int o) {
        return Fields.u16(b, o + SASOC_NUMBER_PEER_DESTINATIONS);
    }

    public static void sasoc_number_peer_destinations(ByteBuffer b, int o, int value) {
        b.putShort(o + SASOC_NUMBER_PEER_DESTINATIONS, (short) value);
    }

    public static int sasoc_peer_rwnd(ByteBuffer b, int o) {
        return b.getInt(o + SASOC_PEER_RWND);
    }

    public static void sasoc_peer_rwnd(ByteBuffer b, int o, int value) {
        b.putInt(o + SASOC_PEER_RWND, value);
    }

    public static int sasoc_local_rwnd(ByteBuffer b, int o) {
        return b.getInt(o + SASOC_LOCAL_RWND);
    }

    public static void sasoc_local_rwnd(ByteBuffer b, int o, int value) {
        b.putInt(o + SASOC_LOCAL_RWND, value);
    }

    public static int sasoc_cookie_life(ByteBuffer b, int o) {
        return b.getInt(o + SASOC_COOKIE_LIFE);
    }

    public static void sasoc_cookie_life(ByteBuffer b, int o, int value) {
        b.putInt(o + SASOC_COOKIE_LIFE, value);
    }
}
