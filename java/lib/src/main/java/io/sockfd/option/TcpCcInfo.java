package io.sockfd.option;

import io.sockfd.Codec;
import io.sockfd.Codecs;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * TCP_CC_INFO: what congestion control tells of itself. The kernel returns a union without saying which; TCP_CONGESTION
 * does: read it as {@link #bbr}, {@link #vegas} (also of nv, illinois, westwood …) or {@link #dctcp}. Immutable.
 */
public final class TcpCcInfo {
    private static final int SIZE = 64;
    private static final int VEGAS_SIZE = 16;
    private static final int BBR_SIZE = 20;
    private static final int WORD1 = 4;
    private static final int WORD2 = 8;
    private static final int WORD3 = 12;
    private static final int WORD4 = 16;

    static final Codec<TcpCcInfo> CODEC = Codecs.decoding(TcpCcInfo.class, SIZE, TcpCcInfo::new);

    private final ByteBuffer bytes;

    private TcpCcInfo(ByteBuffer b, int length) {
        bytes = ByteBuffer.wrap(Sockaddrs.bytes(b, 0, length)).order(ByteOrder.nativeOrder());
    }

    /**
     * Reads the struct where it lies, for instance in a message of sock_diag(7).
     *
     * @param b in native byte order
     * @param at where it begins
     * @param length how much of it there is; 0 and more
     */
    public static TcpCcInfo of(ByteBuffer b, int at, int length) {
        return new TcpCcInfo(b.slice(at, length), length);
    }

    /** The bytes that the kernel returned; 0 when the algorithm tells nothing. */
    public int length() {
        return bytes.capacity();
    }

    /** struct tcp_bbr_info, when it is that long. */
    public Optional<Bbr> bbr() {
        return length() < BBR_SIZE
                ? Optional.empty()
                : Optional.of(new Bbr(u32(0) | u32(WORD1) << Integer.SIZE, u32(WORD2), u32(WORD3), u32(WORD4)));
    }

    /** struct tcpvegas_info, when it is that long. */
    public Optional<Vegas> vegas() {
        return length() < VEGAS_SIZE
                ? Optional.empty()
                : Optional.of(new Vegas(u32(0) != 0, u32(WORD1), u32(WORD2), u32(WORD3)));
    }

    /** struct tcp_dctcp_info, when it is that long. */
    public Optional<Dctcp> dctcp() {
        return length() < VEGAS_SIZE
                ? Optional.empty()
                : Optional.of(new Dctcp(
                        bytes.getShort(0) != 0, bytes.getShort(2) & 0xffff, u32(WORD1), u32(WORD2), u32(WORD3)));
    }

    private long u32(int at) {
        return Integer.toUnsignedLong(bytes.getInt(at));
    }

    /**
     * BBR.
     *
     * @param bw the bandwidth estimate, in bytes a second
     * @param minRttMicros the least round trip time, in microseconds
     * @param pacingGain times 256
     * @param cwndGain times 256
     */
    public record Bbr(long bw, long minRttMicros, long pacingGain, long cwndGain) {}

    /**
     * Vegas.
     *
     * @param enabled whether it is in control
     * @param rttcnt measurements in this round trip
     * @param rttMicros the round trip time, in microseconds
     * @param minrttMicros the least round trip time, in microseconds
     */
    public record Vegas(boolean enabled, long rttcnt, long rttMicros, long minrttMicros) {}

    /**
     * Data center TCP.
     *
     * @param enabled whether both ends do ECN
     * @param ceState the state of congestion marks
     * @param alpha the fraction of marked bytes, times 1024
     * @param abEcn bytes acknowledged with a mark
     * @param abTot bytes acknowledged
     */
    public record Dctcp(boolean enabled, int ceState, long alpha, long abEcn, long abTot) {}

    @Override
    public String toString() {
        return "TcpCcInfo[" + length() + " bytes]";
    }
}
