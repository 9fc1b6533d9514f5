package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * The sequence numbers of TCP-AO to restore: TCP_AO_REPAIR, Linux 6.7. See {@code include/newer_structs.h}.
 *
 * <p>In memory the {@code be} fields are in network byte order; the accessors take and give host order.
 *
 * <pre>
 *         +--------------+
 *      0  | be32 snt_isn |
 *      4  | be32 rcv_isn |
 *      8  | u32  snd_sne |
 *     12  | u32  rcv_sne |
 *     16  +--------------+
 * </pre>
 */
public final class TcpAoRepair {
    public static final int SIZE = 16;

    public static final int SNT_ISN = 0;
    public static final int RCV_ISN = 4;
    public static final int SND_SNE = 8;
    public static final int RCV_SNE = 12;

    private TcpAoRepair() {}

    public static int snt_isn(ByteBuffer b, int o) {
        return Fields.be32(b, o + SNT_ISN);
    }

    public static void snt_isn(ByteBuffer b, int o, int value) {
        Fields.be32(b, o + SNT_ISN, value);
    }

    public static int rcv_isn(ByteBuffer b, int o) {
        return Fields.be32(b, o + RCV_ISN);
    }

    public static void rcv_isn(ByteBuffer b, int o, int value) {
        Fields.be32(b, o + RCV_ISN, value);
    }

    public static int snd_sne(ByteBuffer b, int o) {
        return b.getInt(o + SND_SNE);
    }

    public static void snd_sne(ByteBuffer b, int o, int value) {
        b.putInt(o + SND_SNE, value);
    }

    public static int rcv_sne(ByteBuffer b, int o) {
        return b.getInt(o + RCV_SNE);
    }

    public static void rcv_sne(ByteBuffer b, int o, int value) {
        b.putInt(o + RCV_SNE, value);
    }
}
