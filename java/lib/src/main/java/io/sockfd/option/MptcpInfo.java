package io.sockfd.option;

import static io.sockfd.raw.struct.MptcpInfo.SIZE;
import static io.sockfd.raw.struct.MptcpInfo.mptcpi_add_addr_accepted;
import static io.sockfd.raw.struct.MptcpInfo.mptcpi_add_addr_accepted_max;
import static io.sockfd.raw.struct.MptcpInfo.mptcpi_add_addr_signal;
import static io.sockfd.raw.struct.MptcpInfo.mptcpi_add_addr_signal_max;
import static io.sockfd.raw.struct.MptcpInfo.mptcpi_bytes_acked;
import static io.sockfd.raw.struct.MptcpInfo.mptcpi_bytes_received;
import static io.sockfd.raw.struct.MptcpInfo.mptcpi_bytes_retrans;
import static io.sockfd.raw.struct.MptcpInfo.mptcpi_bytes_sent;
import static io.sockfd.raw.struct.MptcpInfo.mptcpi_csum_enabled;
import static io.sockfd.raw.struct.MptcpInfo.mptcpi_flags;
import static io.sockfd.raw.struct.MptcpInfo.mptcpi_last_ack_recv;
import static io.sockfd.raw.struct.MptcpInfo.mptcpi_last_data_recv;
import static io.sockfd.raw.struct.MptcpInfo.mptcpi_last_data_sent;
import static io.sockfd.raw.struct.MptcpInfo.mptcpi_local_addr_max;
import static io.sockfd.raw.struct.MptcpInfo.mptcpi_local_addr_used;
import static io.sockfd.raw.struct.MptcpInfo.mptcpi_rcv_nxt;
import static io.sockfd.raw.struct.MptcpInfo.mptcpi_retransmits;
import static io.sockfd.raw.struct.MptcpInfo.mptcpi_snd_una;
import static io.sockfd.raw.struct.MptcpInfo.mptcpi_subflows;
import static io.sockfd.raw.struct.MptcpInfo.mptcpi_subflows_max;
import static io.sockfd.raw.struct.MptcpInfo.mptcpi_subflows_total;
import static io.sockfd.raw.struct.MptcpInfo.mptcpi_token;
import static io.sockfd.raw.struct.MptcpInfo.mptcpi_write_seq;

import io.sockfd.Codec;
import io.sockfd.Codecs;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalLong;

/**
 * MPTCP_INFO: the state of a Multipath TCP connection, as of when it was read. Kernels append fields: one that this
 * kernel does not have is empty. Immutable.
 *
 * @see <a href="https://docs.kernel.org/networking/mptcp.html">MPTCP, in the kernel's documentation</a>
 */
public final class MptcpInfo {
    static final Codec<MptcpInfo> CODEC =
            Codecs.decoding(MptcpInfo.class, SIZE, (b, length) -> new MptcpInfo(b, 0, length));

    private final ByteBuffer bytes = ByteBuffer.allocate(SIZE).order(ByteOrder.nativeOrder());
    private final int length;

    /** Copies the struct; what newer kernels append is not looked at. */
    MptcpInfo(ByteBuffer b, int at, int length) {
        this.length = length;
        bytes.put(0, b, at, Math.min(length, SIZE));
    }

    private OptionalLong since(int end, long value) {
        return length >= end ? OptionalLong.of(value) : OptionalLong.empty();
    }

    /** The bytes that the kernel returned: which fields it has. */
    public int length() {
        return length;
    }

    /** Subflows beside the first. */
    public int subflows() {
        return mptcpi_subflows(bytes, 0);
    }

    /** Addresses announced to the peer. */
    public int addAddrSignal() {
        return mptcpi_add_addr_signal(bytes, 0);
    }

    /** Addresses of the peer that were taken. */
    public int addAddrAccepted() {
        return mptcpi_add_addr_accepted(bytes, 0);
    }

    /** Limit of subflows. */
    public int subflowsMax() {
        return mptcpi_subflows_max(bytes, 0);
    }

    /** Limit of announced addresses. */
    public int addAddrSignalMax() {
        return mptcpi_add_addr_signal_max(bytes, 0);
    }

    /** Limit of taken addresses. */
    public int addAddrAcceptedMax() {
        return mptcpi_add_addr_accepted_max(bytes, 0);
    }

    /** MPTCP_INFO_FLAG_FALLBACK, MPTCP_INFO_FLAG_REMOTE_KEY_RECEIVED. */
    public long flags() {
        return Integer.toUnsignedLong(mptcpi_flags(bytes, 0));
    }

    /** The connection's token. */
    public long token() {
        return Integer.toUnsignedLong(mptcpi_token(bytes, 0));
    }

    /** The next sequence number to send. */
    public long writeSeq() {
        return mptcpi_write_seq(bytes, 0);
    }

    /** The oldest sequence number that is not acknowledged. */
    public long sndUna() {
        return mptcpi_snd_una(bytes, 0);
    }

    /** The next sequence number expected. */
    public long rcvNxt() {
        return mptcpi_rcv_nxt(bytes, 0);
    }

    /** Own addresses in use. */
    public int localAddrUsed() {
        return mptcpi_local_addr_used(bytes, 0);
    }

    /** Limit of own addresses. */
    public int localAddrMax() {
        return mptcpi_local_addr_max(bytes, 0);
    }

    /** 1 when data is sent with a checksum. */
    public int csumEnabled() {
        return mptcpi_csum_enabled(bytes, 0);
    }

    /** Times that data was sent again. Linux 6.5. */
    public OptionalLong retransmits() {
        return since(48, mptcpi_retransmits(bytes, 0));
    }

    /** Bytes sent again. Linux 6.5. */
    public OptionalLong bytesRetrans() {
        return since(56, mptcpi_bytes_retrans(bytes, 0));
    }

    /** Bytes sent. Linux 6.5. */
    public OptionalLong bytesSent() {
        return since(64, mptcpi_bytes_sent(bytes, 0));
    }

    /** Bytes received. Linux 6.5. */
    public OptionalLong bytesReceived() {
        return since(72, mptcpi_bytes_received(bytes, 0));
    }

    /** Bytes acknowledged. Linux 6.5. */
    public OptionalLong bytesAcked() {
        return since(80, mptcpi_bytes_acked(bytes, 0));
    }

    /** All subflows, the first included. Linux 6.9. */
    public OptionalLong subflowsTotal() {
        return since(81, mptcpi_subflows_total(bytes, 0));
    }

    /** Since data was last sent, in milliseconds. Linux 6.10. */
    public OptionalLong lastDataSentMillis() {
        return since(88, mptcpi_last_data_sent(bytes, 0));
    }

    /** Since data last came, in milliseconds. Linux 6.10. */
    public OptionalLong lastDataRecvMillis() {
        return since(92, mptcpi_last_data_recv(bytes, 0));
    }

    /** Since an ACK last came, in milliseconds. Linux 6.10. */
    public OptionalLong lastAckRecvMillis() {
        return since(96, mptcpi_last_ack_recv(bytes, 0));
    }

    /** The fields that the kernel has and that are not 0. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("MptcpInfo[");
        Fields.append(text, "subflows", subflows());
        Fields.append(text, "add_addr_signal", addAddrSignal());
        Fields.append(text, "add_addr_accepted", addAddrAccepted());
        Fields.append(text, "subflows_max", subflowsMax());
        Fields.append(text, "add_addr_signal_max", addAddrSignalMax());
        Fields.append(text, "add_addr_accepted_max", addAddrAcceptedMax());
        Fields.append(text, "flags", flags());
        Fields.append(text, "token", token());
        Fields.append(text, "write_seq", writeSeq());
        Fields.append(text, "snd_una", sndUna());
        Fields.append(text, "rcv_nxt", rcvNxt());
        Fields.append(text, "local_addr_used", localAddrUsed());
        Fields.append(text, "local_addr_max", localAddrMax());
        Fields.append(text, "csum_enabled", csumEnabled());
        Fields.append(text, "retransmits", retransmits());
        Fields.append(text, "bytes_retrans", bytesRetrans());
        Fields.append(text, "bytes_sent", bytesSent());
        Fields.append(text, "bytes_received", bytesReceived());
        Fields.append(text, "bytes_acked", bytesAcked());
        Fields.append(text, "subflows_total", subflowsTotal());
        Fields.append(text, "last_data_sent", lastDataSentMillis());
        Fields.append(text, "last_data_recv", lastDataRecvMillis());
        Fields.append(text, "last_ack_recv", lastAckRecvMillis());
        return text.append(']').toString();
    }
}
