package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * An algorithm of the kernel's crypto API. See {@code linux/if_alg.h}.
 *
 * <pre>
 *         +--------------------+
 *      0  | u16    salg_family |  AF_ALG
 *      2  | u8[14] salg_type   |  "hash", "skcipher", "aead", "rng", ended by 0
 *     16  | u32    salg_feat   |
 *     20  | u32    salg_mask   |
 *     24  | u8[64] salg_name   |  "sha256", "cbc(aes)" ..., ended by 0
 *     88  +--------------------+
 * </pre>
 */
public final class SockaddrAlg {
    public static final int SIZE = 88;

    public static final int SALG_FAMILY = 0;
    public static final int SALG_TYPE = 2;
    public static final int SALG_TYPE_BYTES = 14;
    public static final int SALG_FEAT = 16;
    public static final int SALG_MASK = 20;
    public static final int SALG_NAME = 24;
    public static final int SALG_NAME_BYTES = 64;

    private SockaddrAlg() {}

    public static int salg_family(ByteBuffer b, int o) {
        return Fields.u16(b, o + SALG_FAMILY);
    }

    public static void salg_family(ByteBuffer b, int o, int value) {
        b.putShort(o + SALG_FAMILY, (short) value);
    }

    /** A copy. */
    public static byte[] salg_type(ByteBuffer b, int o) {
        return Fields.bytes(b, o + SALG_TYPE, SALG_TYPE_BYTES);
    }

    /** What {@code value} does not fill becomes 0. */
    public static void salg_type(ByteBuffer b, int o, byte[] value) {
        Fields.bytes(b, o + SALG_TYPE, SALG_TYPE_BYTES, value);
    }

    public static int salg_feat(ByteBuffer b, int o) {
        return b.getInt(o + SALG_FEAT);
    }

    public static void salg_feat(ByteBuffer b, int o, int value) {
        b.putInt(o + SALG_FEAT, value);
    }

    public static int salg_mask(ByteBuffer b, int o) {
        return b.getInt(o + SALG_MASK);
    }

    public static void salg_mask(ByteBuffer b, int o, int value) {
        b.putInt(o + SALG_MASK, value);
    }

    /** A copy. */
    public static byte[] salg_name(ByteBuffer b, int o) {
        return Fields.bytes(b, o + SALG_NAME, SALG_NAME_BYTES);
    }

    /** What {@code value} does not fill becomes 0. */
    public static void salg_name(ByteBuffer b, int o, byte[] value) {
        Fields.bytes(b, o + SALG_NAME, SALG_NAME_BYTES, value);
    }
}
