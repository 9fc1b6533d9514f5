package io.sockfd.option;

import io.sockfd.Codec;
import io.sockfd.raw.Memory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * MPTCP_FULL_INFO: a connection and all its subflows at one moment.
 *
 * @param info the connection
 * @param subflows each subflow
 */
public record MptcpFullInfo(MptcpInfo info, List<Subflow> subflows) {
    static final Codec<MptcpFullInfo> CODEC = new FullInfoCodec();

    /**
     * A subflow.
     *
     * @param id its number within the connection
     * @param addrs its ends
     * @param tcpInfo its TCP_INFO
     */
    public record Subflow(int id, MptcpSubflowAddrs.Addrs addrs, TcpInfo tcpInfo) {}

    /** A copy of the list. */
    public MptcpFullInfo {
        subflows = List.copyOf(subflows);
    }

    /**
     * struct mptcp_full_info, and behind it, in the same memory, the two arrays that it points to.
     *
     * <pre>
     *         +--------------------------------+
     *      0  | u32 size_tcpinfo_kernel        |  out
     *      4  | u32 size_tcpinfo_user          |  in and out
     *      8  | u32 size_sfinfo_kernel         |  out
     *     12  | u32 size_sfinfo_user           |  in and out
     *     16  | u32 num_subflows               |  out
     *     20  | u32 size_arrays_user           |  in: elements
     *     24  | u64 subflow_info               |  in: address of { u32 id; pad; struct mptcp_subflow_addrs }[]
     *     32  | u64 tcp_info                   |  in: address of struct tcp_info[]
     *     40  | struct mptcp_info              |  out
     *         +--------------------------------+
     * </pre>
     */
    private static final class FullInfoCodec implements Codec<MptcpFullInfo> {
        private static final int SIZE_TCPINFO_USER = 4;
        private static final int SIZE_SFINFO_USER = 12;
        private static final int NUM_SUBFLOWS = 16;
        private static final int SIZE_ARRAYS_USER = 20;
        private static final int SUBFLOW_INFO = 24;
        private static final int TCP_INFO = 32;
        private static final int MPTCP_INFO = 40;
        private static final int HEAD = MPTCP_INFO + io.sockfd.raw.struct.MptcpInfo.SIZE;
        private static final int SFINFO_ADDRS = 8;
        private static final int SFINFO = SFINFO_ADDRS + MptcpSubflowAddrs.SIZE;
        private static final int TCPINFO = io.sockfd.raw.struct.TcpInfo.SIZE;
        private static final int SFINFOS_AT = HEAD;
        private static final int TCPINFOS_AT = SFINFOS_AT + SubflowData.SUBFLOWS * SFINFO;

        @Override
        public Class<MptcpFullInfo> type() {
            return MptcpFullInfo.class;
        }

        @Override
        public int size() {
            return TCPINFOS_AT + SubflowData.SUBFLOWS * TCPINFO;
        }

        @Override
        public int encode(MptcpFullInfo value, ByteBuffer b) {
            throw new UnsupportedOperationException("MPTCP_FULL_INFO can only be read");
        }

        @Override
        public int request(@Nullable MptcpFullInfo request, ByteBuffer b) {
            b.putInt(SIZE_TCPINFO_USER, TCPINFO);
            b.putInt(SIZE_SFINFO_USER, SFINFO);
            b.putInt(SIZE_ARRAYS_USER, SubflowData.SUBFLOWS);
            b.putLong(SUBFLOW_INFO, Memory.address(b) + SFINFOS_AT);
            b.putLong(TCP_INFO, Memory.address(b) + TCPINFOS_AT);
            return HEAD;
        }

        @Override
        public MptcpFullInfo decode(ByteBuffer b, int length) {
            int count = Math.min(b.getInt(NUM_SUBFLOWS), SubflowData.SUBFLOWS);
            int sfinfo = b.getInt(SIZE_SFINFO_USER);
            int tcpinfo = b.getInt(SIZE_TCPINFO_USER);
            List<Subflow> subflows = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                int at = SFINFOS_AT + i * sfinfo;
                subflows.add(new Subflow(
                        b.getInt(at),
                        MptcpSubflowAddrs.addrs(b, at + SFINFO_ADDRS),
                        new TcpInfo(b, TCPINFOS_AT + i * tcpinfo, tcpinfo)));
            }
            return new MptcpFullInfo(new MptcpInfo(b, MPTCP_INFO, length - MPTCP_INFO), subflows);
        }
    }
}
