package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * Fragments to give back: SO_DEVMEM_DONTNEED, Linux 6.12. See {@code include/newer_structs.h}.
 *
 * <pre>
 *         +-----------------+
 *      0  | u32 token_start |
 *      4  | u32 token_count |
 *      8  +-----------------+
 * </pre>
 */
public final class DmabufToken {
    public static final int SIZE = 8;

    public static final int TOKEN_START = 0;
    public static final int TOKEN_COUNT = 4;

    private DmabufToken() {}

    public static int token_start(ByteBuffer b, int o) {
        return b.getInt(o + TOKEN_START);
    }

    public static void token_start(ByteBuffer b, int o, int value) {
        b.putInt(o + TOKEN_START, value);
    }

    public static int token_count(ByteBuffer b, int o) {
        return b.getInt(o + TOKEN_COUNT);
    }

    public static void token_count(ByteBuffer b, int o, int value) {
        b.putInt(o + TOKEN_COUNT, value);
    }
}
