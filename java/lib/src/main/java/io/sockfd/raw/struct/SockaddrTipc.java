package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * A TIPC socket, service or range of services; addrtype says which. See {@code linux/tipc.h}.
 *
 * <pre>
 *         +--------------+
 *      0  | u16 family   |  AF_TIPC
 *      2  | u8  addrtype |  TIPC_ADDR_*
 *      3  | s8  scope    |  TIPC_CLUSTER_SCOPE, TIPC_NODE_SCOPE
 *      4  | u32 ref      |  socket
 *      8  | u32 node     |  socket
 *      4  | u32 type     |  or: service or range
 *      8  | u32 instance |  or: service
 *     12  | u32 domain   |  service
 *      8  | u32 lower    |  or: range
 *     12  | u32 upper    |  or: range
 *     16  +--------------+
 * </pre>
 */
public final class SockaddrTipc {
    public static final int SIZE = 16;

    public static final int FAMILY = 0;
    public static final int ADDRTYPE = 2;
    public static final int SCOPE = 3;
    public static final int REF = 4;
    public static final int NODE = 8;
    public static final int TYPE = 4;
    public static final int INSTANCE = 8;
    public static final int DOMAIN = 12;
    public static final int LOWER = 8;
    public static final int UPPER = 12;

    private SockaddrTipc() {}

    public static int family(ByteBuffer b, int o) {
        return Fields.u16(b, o + FAMILY);
    }

    public static void family(ByteBuffer b, int o, int value) {
        b.putShort(o + FAMILY, (short) value);
    }

    public static int addrtype(ByteBuffer b, int o) {
        return Fields.u8(b, o + ADDRTYPE);
    }

    public static void addrtype(ByteBuffer b, int o, int value) {
        b.put(o + ADDRTYPE, (byte) value);
    }

    public static int scope(ByteBuffer b, int o) {
        return b.get(o + SCOPE);
    }

    public static void scope(ByteBuffer b, int o, int value) {
        b.put(o + SCOPE, (byte) value);
    }

    public static int ref(ByteBuffer b, int o) {
        return b.getInt(o + REF);
    }

    public static void ref(ByteBuffer b, int o, int value) {
        b.putInt(o + REF, value);
    }

    public static int node(ByteBuffer b, int o) {
        return b.getInt(o + NODE);
    }

    public static void node(ByteBuffer b, int o, int value) {
        b.putInt(o + NODE, value);
    }

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

    public static int domain(ByteBuffer b, int o) {
        return b.getInt(o + DOMAIN);
    }

    public static void domain(ByteBuffer b, int o, int value) {
        b.putInt(o + DOMAIN, value);
    }

    public static int lower(ByteBuffer b, int o) {
        return b.getInt(o + LOWER);
    }

    public static void lower(ByteBuffer b, int o, int value) {
        b.putInt(o + LOWER, value);
    }

    public static int upper(ByteBuffer b, int o) {
        return b.getInt(o + UPPER);
    }

    public static void upper(ByteBuffer b, int o, int value) {
        b.putInt(o + UPPER, value);
    }
}
