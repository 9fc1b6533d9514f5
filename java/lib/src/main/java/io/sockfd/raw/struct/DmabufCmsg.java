package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * A received fragment in device memory: SCM_DEVMEM_DMABUF, Linux 6.12. See {@code include/newer_structs.h}.
 *
 * <pre>
 *         +-----------------+
 *      0  | u64 frag_offset |  bytes
 *      8  | u32 frag_size   |  bytes
 *     12  | u32 frag_token  |  for SO_DEVMEM_DONTNEED
 *     16  | u32 dmabuf_id   |
 *     20  | u32 flags       |
 *     24  +-----------------+
 * </pre>
 */
public final class DmabufCmsg {
    public static final int SIZE = 24;

    public static final int FRAG_OFFSET = 0;
    public static final int FRAG_SIZE = 8;
    public static final int FRAG_TOKEN = 12;
    public static final int DMABUF_ID = 16;
    public static final int FLAGS = 20;

    private DmabufCmsg() {}

    public static long frag_offset(ByteBuffer b, int o) {
        return b.getLong(o + FRAG_OFFSET);
    }

    public static int frag_size(ByteBuffer b, int o) {
        return b.getInt(o + FRAG_SIZE);
    }

    public static int frag_token(ByteBuffer b, int o) {
        return b.getInt(o + FRAG_TOKEN);
    }

    public static int dmabuf_id(ByteBuffer b, int o) {
        return b.getInt(o + DMABUF_ID);
    }

    public static int flags(ByteBuffer b, int o) {
        return b.getInt(o + FLAGS);
    }
}
