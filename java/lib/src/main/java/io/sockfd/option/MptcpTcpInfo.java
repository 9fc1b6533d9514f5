package io.sockfd.option;

import io.sockfd.Codec;
import java.util.List;

/**
 * MPTCP_TCPINFO.
 *
 * @param subflows the TCP_INFO of each subflow
 */
public record MptcpTcpInfo(List<TcpInfo> subflows) {
    static final Codec<MptcpTcpInfo> CODEC =
            new SubflowData<>(MptcpTcpInfo.class, io.sockfd.raw.struct.TcpInfo.SIZE, TcpInfo::new, MptcpTcpInfo::new);

    /** A copy of the list. */
    public MptcpTcpInfo {
        subflows = List.copyOf(subflows);
    }
}
