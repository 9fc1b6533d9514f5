package io.sockfd.option;

import io.sockfd.Codec;
import io.sockfd.Codecs;
import io.sockfd.raw.Linux;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * SO_MEMINFO: the socket's memory, all in bytes but {@code drops}. See
 * <a href="https://man7.org/linux/man-pages/man7/sock_diag.7.html">sock_diag(7)</a>, SK_MEMINFO_ …
 *
 * @param rmemAlloc in the receive queue
 * @param rcvbuf SO_RCVBUF
 * @param wmemAlloc sent and not yet gone
 * @param sndbuf SO_SNDBUF
 * @param fwdAlloc reserved in advance
 * @param wmemQueued in the send queue
 * @param optmem of options and control messages
 * @param backlog in the backlog
 * @param drops packets dropped; 0 before Linux 4.16
 */
public record MemInfo(
        long rmemAlloc,
        long rcvbuf,
        long wmemAlloc,
        long sndbuf,
        long fwdAlloc,
        long wmemQueued,
        long optmem,
        long backlog,
        long drops) {
    private static final int SIZE = Integer.BYTES * (Linux.SK_MEMINFO_DROPS + 1);

    static final Codec<MemInfo> CODEC = Codecs.decoding(
            MemInfo.class,
            SIZE,
            (b, length) -> new MemInfo(
                    u32(b, Linux.SK_MEMINFO_RMEM_ALLOC),
                    u32(b, Linux.SK_MEMINFO_RCVBUF),
                    u32(b, Linux.SK_MEMINFO_WMEM_ALLOC),
                    u32(b, Linux.SK_MEMINFO_SNDBUF),
                    u32(b, Linux.SK_MEMINFO_FWD_ALLOC),
                    u32(b, Linux.SK_MEMINFO_WMEM_QUEUED),
                    u32(b, Linux.SK_MEMINFO_OPTMEM),
                    u32(b, Linux.SK_MEMINFO_BACKLOG),
                    u32(b, Linux.SK_MEMINFO_DROPS)));

    /**
     * Reads the struct where it lies, for instance in a message of sock_diag(7).
     *
     * @param b in native byte order
     * @param at where it begins
     * @param length how much of it there is; 0 and more
     */
    public static MemInfo of(ByteBuffer b, int at, int length) {
        ByteBuffer copy = ByteBuffer.allocate(SIZE).order(ByteOrder.nativeOrder());
        copy.put(0, b, at, Math.min(length, SIZE));
        return CODEC.decode(copy, SIZE);
    }

    private static long u32(ByteBuffer b, int index) {
        return Integer.toUnsignedLong(b.getInt(index * Integer.BYTES));
    }
}
