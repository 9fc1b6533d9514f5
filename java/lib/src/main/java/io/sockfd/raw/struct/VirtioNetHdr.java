package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * Offloads of one packet: IFF_VNET_HDR, PACKET_VNET_HDR. In host order unless TUNSETVNETLE or TUNSETVNETBE says
 * otherwise. See {@code linux/virtio_net.h}.
 *
 * <pre>
 *         +-----------------+
 *      0  | u8  flags       |  VIRTIO_NET_HDR_F_*
 *      1  | u8  gso_type    |  VIRTIO_NET_HDR_GSO_*
 *      2  | u16 hdr_len     |  bytes
 *      4  | u16 gso_size    |  bytes
 *      6  | u16 csum_start  |  offset
 *      8  | u16 csum_offset |  from csum_start
 *     10  +-----------------+
 * </pre>
 */
public final class VirtioNetHdr {
    public static final int SIZE = 10;

    public static final int FLAGS = 0;
    public static final int GSO_TYPE = 1;
    public static final int HDR_LEN = 2;
    public static final int GSO_SIZE = 4;
    public static final int CSUM_START = 6;
    public static final int CSUM_OFFSET = 8;

    private VirtioNetHdr() {}

    public static int flags(ByteBuffer b, int o) {
        return Fields.u8(b, o + FLAGS);
    }

    public static void flags(ByteBuffer b, int o, int value) {
        b.put(o + FLAGS, (byte) value);
    }

    public static int gso_type(ByteBuffer b, int o) {
        return Fields.u8(b, o + GSO_TYPE);
    }

    public static void gso_type(ByteBuffer b, int o, int value) {
        b.put(o + GSO_TYPE, (byte) value);
    }

    public static int hdr_len(ByteBuffer b, int o) {
        return Fields.u16(b, o + HDR_LEN);
    }

    public static void hdr_len(ByteBuffer b, int o, int value) {
        b.putShort(o + HDR_LEN, (short) value);
    }

    public static int gso_size(ByteBuffer b, int o) {
        return Fields.u16(b, o + GSO_SIZE);
    }

    public static void gso_size(ByteBuffer b, int o, int value) {
        b.putShort(o + GSO_SIZE, (short) value);
    }

    public static int csum_start(ByteBuffer b, int o) {
        return Fields.u16(b, o + CSUM_START);
    }

    public static void csum_start(ByteBuffer b, int o, int value) {
        b.putShort(o + CSUM_START, (short) value);
    }

    public static int csum_offset(ByteBuffer b, int o) {
        return Fields.u16(b, o + CSUM_OFFSET);
    }

    public static void csum_offset(ByteBuffer b, int o, int value) {
        b.putShort(o + CSUM_OFFSET, (short) value);
    }
}
