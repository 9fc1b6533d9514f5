package io.sockfd;

import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.In6Pktinfo;
import io.sockfd.raw.struct.InPktinfo;
import io.sockfd.raw.struct.ScmTimestamping;
import io.sockfd.raw.struct.SockaddrIn;
import io.sockfd.raw.struct.SockaddrIn6;
import io.sockfd.raw.struct.TpacketAuxdata;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The ancillary data that a {@link Message} received, by its meaning: each method looks for its control message and reads
 * it. Where it did not come, or came cut short, numbers are {@link #ABSENT} and objects null. Methods that give a number
 * allocate nothing.
 *
 * <p>What is to come must be asked for with a socket option first; each method names it. Valid until the message is used
 * again. Not safe for use by several threads at once. {@link #cursor} goes through all control messages, those too
 * that have no method here.
 *
 * <pre>{@code
 * socket.setOption(IpOptions.IP_PKTINFO, true).setOption(IpOptions.IP_RECVTTL, true);
 * socket.receiveMessage(message, 0);
 * ControlReader incoming = message.incoming();
 * Pktinfo asked = incoming.pktinfo();
 * if (asked != null && incoming.ttl() != ControlReader.ABSENT) {
 *     System.out.println("sent to " + asked.destination() + ", ttl " + incoming.ttl());
 * }
 * }</pre>
 */
public final class ControlReader {
    /** What a number is that did not come; none of them is negative otherwise. */
    public static final int ABSENT = -1;

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final int TIMESPEC = 16;
    private static final int HARDWARE = 2;
    private static final int IN_ADDR = 4;
    private static final int IN6_ADDR = 16;

    private final ControlCursor cursor;
    private final ControlCursor all;
    private int limit;

    /** Over native-order bytes; {@link #limit} says how many of them count. */
    ControlReader(ByteBuffer control) {
        cursor = new ControlCursor(control);
        all = new ControlCursor(control);
    }

    void move(ByteBuffer larger) {
        cursor.move(larger);
        all.move(larger);
    }

    ControlReader limit(int bytes) {
        limit = bytes;
        return this;
    }

    /** All control messages, from the first on. The same object each time. */
    public ControlCursor cursor() {
        return all.limit(limit);
    }

    // ---- UNIX sockets --------------------------------------------------------------------------------------------

    /** SCM_CREDENTIALS: who sent it; with SO_PASSCRED. */
    public @Nullable Ucred credentials() {
        return find(Linux.SOL_SOCKET, Linux.SCM_CREDENTIALS, io.sockfd.raw.struct.Ucred.SIZE)
                ? new Ucred(
                        cursor.getInt(io.sockfd.raw.struct.Ucred.PID),
                        cursor.getInt(io.sockfd.raw.struct.Ucred.UID),
                        cursor.getInt(io.sockfd.raw.struct.Ucred.GID))
                : null;
    }

    /** SCM_PIDFD: the sender's pidfd, with SO_PASSPIDFD. The number is the message's, see {@link Message#takePidFd}. */
    public int pidfd() {
        return find(Linux.SOL_SOCKET, Linux.SCM_PIDFD, Integer.BYTES) ? Math.max(ABSENT, cursor.getInt(0)) : ABSENT;
    }

    /** SCM_SECURITY: the sender's label in the Linux security module; with SO_PASSSEC. */
    public @Nullable String security() {
        if (!find(Linux.SOL_SOCKET, Linux.SCM_SECURITY, 0)) {
            return null;
        }
        byte[] label = cursor.bytes();
        int end = label.length;
        while (end > 0 && label[end - 1] == 0) {
            end--;
        }
        return new String(label, 0, end, StandardCharsets.UTF_8);
    }

    // ---- any socket ----------------------------------------------------------------------------------------------

    /**
     * When it arrived (in the error queue: left), in nanoseconds since 1970 on CLOCK_REALTIME, as the kernel's software
     * saw it: SO_TIMESTAMPNS, SO_TIMESTAMPING or, in steps of 1000, SO_TIMESTAMP. The kernel starts stamping in the
     * background when the first socket of the system asks for it: with SO_TIMESTAMPING, what arrives in that moment has
     * no stamp.
     */
    public long timestampNanos() {
        if (find(Linux.SOL_SOCKET, Linux.SO_TIMESTAMPNS_OLD, TIMESPEC)
                || find(Linux.SOL_SOCKET, Linux.SO_TIMESTAMPNS_NEW, TIMESPEC)) {
            return timespec(0);
        }
        if (findTimestamping()) {
            return timespec(0) == 0 ? ABSENT : timespec(0);
        }
        if (find(Linux.SOL_SOCKET, Linux.SO_TIMESTAMP_OLD, TIMESPEC)
                || find(Linux.SOL_SOCKET, Linux.SO_TIMESTAMP_NEW, TIMESPEC)) {
            return cursor.getLong(0) * NANOS_PER_SECOND + cursor.getLong(Long.BYTES) * NANOS_PER_MICRO;
        }
        return ABSENT;
    }

    /** As {@link #timestampNanos}, but on the network card's own clock: SO_TIMESTAMPING with hardware that does it. */
    public long hardwareTimestampNanos() {
        return findTimestamping() && timespec(HARDWARE) != 0 ? timespec(HARDWARE) : ABSENT;
    }

    /** SO_MARK: the firewall mark, an unsigned 32-bit number; with SO_RCVMARK, Linux 5.19. */
    public long mark() {
        return find(Linux.SOL_SOCKET, Linux.SO_MARK, Integer.BYTES) ? unsigned(cursor.getInt(0)) : ABSENT;
    }

    /** SO_PRIORITY: the queueing priority, an unsigned 32-bit number; with SO_RCVPRIORITY, Linux 6.14. */
    public long priority() {
        return find(Linux.SOL_SOCKET, Linux.SO_PRIORITY, Integer.BYTES) ? unsigned(cursor.getInt(0)) : ABSENT;
    }

    /**
     * SO_RXQ_OVFL: how many datagrams this socket has dropped for want of room since it was made, an unsigned 32-bit
     * number that wraps. It comes only when there were some.
     */
    public long rxqOverflow() {
        return find(Linux.SOL_SOCKET, Linux.SO_RXQ_OVFL, Integer.BYTES) ? unsigned(cursor.getInt(0)) : ABSENT;
    }

    /** Bytes that are left to receive: TCP_CM_INQ with TCP_INQ, or SCM_INQ with SO_INQ (UNIX streams, Linux 6.17). */
    public int inq() {
        return find(Linux.SOL_TCP, Linux.TCP_CM_INQ, Integer.BYTES)
                        || find(Linux.SOL_SOCKET, Linux.SCM_INQ, Integer.BYTES)
                ? cursor.getInt(0)
                : ABSENT;
    }

    /**
     * TLS_GET_RECORD_TYPE, with TLS_RX: 23 is application data, 21 an alert ({@link TlsAlert}), 22 a handshake message. Records
     * of different types come in different messages.
     */
    public int tlsRecordType() {
        return find(Linux.SOL_TLS, Linux.TLS_GET_RECORD_TYPE, Byte.BYTES) ? cursor.getByte(0) : ABSENT;
    }

    // ---- IP ------------------------------------------------------------------------------------------------------

    /** IP_PKTINFO or IPV6_PKTINFO: where it arrived; with IP_PKTINFO or IPV6_RECVPKTINFO. */
    public @Nullable Pktinfo pktinfo() {
        if (find(Linux.SOL_IP, Linux.IP_PKTINFO, InPktinfo.SIZE)) {
            return new Pktinfo(
                    cursor.getInt(InPktinfo.IPI_IFINDEX),
                    address(InPktinfo.IPI_SPEC_DST, IN_ADDR),
                    address(InPktinfo.IPI_ADDR, IN_ADDR));
        }
        if (find(Linux.SOL_IPV6, Linux.IPV6_PKTINFO, In6Pktinfo.SIZE)) {
            InetAddress destination = address(In6Pktinfo.IPI6_ADDR, IN6_ADDR);
            return new Pktinfo(cursor.getInt(In6Pktinfo.IPI6_IFINDEX), destination, destination);
        }
        return null;
    }

    /** The interface of {@link #pktinfo}, without an object. */
    public int pktinfoIfindex() {
        if (find(Linux.SOL_IP, Linux.IP_PKTINFO, InPktinfo.SIZE)) {
            return cursor.getInt(InPktinfo.IPI_IFINDEX);
        }
        return find(Linux.SOL_IPV6, Linux.IPV6_PKTINFO, In6Pktinfo.SIZE)
                ? cursor.getInt(In6Pktinfo.IPI6_IFINDEX)
                : ABSENT;
    }

    /** IP_TTL or IPV6_HOPLIMIT: hops that were left, 0 to 255; with IP_RECVTTL or IPV6_RECVHOPLIMIT. */
    public int ttl() {
        return find(Linux.SOL_IP, Linux.IP_TTL, Integer.BYTES)
                        || find(Linux.SOL_IPV6, Linux.IPV6_HOPLIMIT, Integer.BYTES)
                ? cursor.getInt(0)
                : ABSENT;
    }

    /** IP_TOS or IPV6_TCLASS: DSCP and ECN, 0 to 255; with IP_RECVTOS or IPV6_RECVTCLASS. */
    public int tos() {
        if (find(Linux.SOL_IP, Linux.IP_TOS, Byte.BYTES)) {
            return cursor.getByte(0); // one byte here, where the sender gives an int
        }
        return find(Linux.SOL_IPV6, Linux.IPV6_TCLASS, Integer.BYTES) ? cursor.getInt(0) : ABSENT;
    }

    /**
     * IP_ORIGDSTADDR or IPV6_ORIGDSTADDR: where it was going before a transparent proxy took it; with IP_RECVORIGDSTADDR
     * or IPV6_RECVORIGDSTADDR.
     */
    public @Nullable InetSocketAddress originalDestination() {
        if (find(Linux.SOL_IP, Linux.IP_ORIGDSTADDR, SockaddrIn.SIZE)) {
            return new InetSocketAddress(address(SockaddrIn.SIN_ADDR, IN_ADDR), port(SockaddrIn.SIN_PORT));
        }
        if (find(Linux.SOL_IPV6, Linux.IPV6_ORIGDSTADDR, SockaddrIn6.SIZE)) {
            return new InetSocketAddress(address(SockaddrIn6.SIN6_ADDR, IN6_ADDR), port(SockaddrIn6.SIN6_PORT));
        }
        return null;
    }

    /** UDP_GRO: the data is several datagrams of this many bytes, the last one perhaps shorter; with UDP_GRO. */
    public int udpGroSegment() {
        // an int: reading half of it works on little-endian machines only
        return find(Linux.SOL_UDP, Linux.UDP_GRO, Integer.BYTES) ? cursor.getInt(0) : ABSENT;
    }

    // ---- the error queue, packets --------------------------------------------------------------------------------

    /**
     * IP_RECVERR, IPV6_RECVERR, PACKET_TX_TIMESTAMP or SCM_J1939_ERRQUEUE: why there is an entry in the error queue; received with
     * MSG_ERRQUEUE. The message's data is what had been sent, its address where it went.
     */
    public @Nullable SockExtendedErr extendedError() {
        if (!findError()) {
            return null;
        }
        return new SockExtendedErr(
                new Errno(cursor.getInt(io.sockfd.raw.struct.SockExtendedErr.EE_ERRNO)),
                cursor.getByte(io.sockfd.raw.struct.SockExtendedErr.EE_ORIGIN),
                cursor.getByte(io.sockfd.raw.struct.SockExtendedErr.EE_TYPE),
                cursor.getByte(io.sockfd.raw.struct.SockExtendedErr.EE_CODE),
                unsigned(cursor.getInt(io.sockfd.raw.struct.SockExtendedErr.EE_INFO)),
                unsigned(cursor.getInt(io.sockfd.raw.struct.SockExtendedErr.EE_DATA)),
                offender());
    }

    /** Finds the control message of an error queue's entry, whose fields are then at the cursor. */
    boolean findError() {
        int size = io.sockfd.raw.struct.SockExtendedErr.SIZE;
        return find(Linux.SOL_IP, Linux.IP_RECVERR, size)
                || find(Linux.SOL_IPV6, Linux.IPV6_RECVERR, size)
                || find(Linux.SOL_PACKET, Linux.PACKET_TX_TIMESTAMP, size)
                || find(Linux.SOL_CAN_J1939, Linux.SCM_J1939_ERRQUEUE, size);
    }

    /** Where {@link #findError} left off. */
    ControlCursor atError() {
        return cursor;
    }

    private @Nullable InetAddress offender() {
        int at = io.sockfd.raw.struct.SockExtendedErr.SIZE;
        if (cursor.length() < at + Short.BYTES) {
            return null;
        }
        int family = cursor.getShort(at);
        if (family == Linux.AF_INET && cursor.length() >= at + SockaddrIn.SIZE) {
            return address(at + SockaddrIn.SIN_ADDR, IN_ADDR);
        } else if (family == Linux.AF_INET6 && cursor.length() >= at + SockaddrIn6.SIZE) {
            return address(at + SockaddrIn6.SIN6_ADDR, IN6_ADDR);
        }
        return null;
    }

    /** PACKET_AUXDATA: length on the wire, VLAN tag, checksum state; with PACKET_AUXDATA. */
    public @Nullable PacketAuxdata packetAuxdata() {
        return find(Linux.SOL_PACKET, Linux.PACKET_AUXDATA, TpacketAuxdata.SIZE)
                ? new PacketAuxdata(
                        cursor.getInt(TpacketAuxdata.TP_STATUS),
                        cursor.getInt(TpacketAuxdata.TP_LEN),
                        cursor.getInt(TpacketAuxdata.TP_SNAPLEN),
                        cursor.getShort(TpacketAuxdata.TP_MAC),
                        cursor.getShort(TpacketAuxdata.TP_NET),
                        cursor.getShort(TpacketAuxdata.TP_VLAN_TCI),
                        cursor.getShort(TpacketAuxdata.TP_VLAN_TPID))
                : null;
    }

    /** SCTP_RCVINFO: stream, payload protocol and association; with SCTP_RECVRCVINFO. */
    public @Nullable SctpRcvinfo sctpRcvinfo() {
        int size = io.sockfd.raw.struct.SctpRcvinfo.SIZE;
        return find(Linux.SOL_SCTP, Linux.SCTP_RCVINFO, size)
                ? new SctpRcvinfo(
                        cursor.getShort(io.sockfd.raw.struct.SctpRcvinfo.RCV_SID),
                        cursor.getShort(io.sockfd.raw.struct.SctpRcvinfo.RCV_SSN),
                        cursor.getShort(io.sockfd.raw.struct.SctpRcvinfo.RCV_FLAGS),
                        unsigned(bigEndian(io.sockfd.raw.struct.SctpRcvinfo.RCV_PPID)),
                        unsigned(cursor.getInt(io.sockfd.raw.struct.SctpRcvinfo.RCV_TSN)),
                        unsigned(cursor.getInt(io.sockfd.raw.struct.SctpRcvinfo.RCV_CUMTSN)),
                        cursor.getInt(io.sockfd.raw.struct.SctpRcvinfo.RCV_CONTEXT),
                        cursor.getInt(io.sockfd.raw.struct.SctpRcvinfo.RCV_ASSOC_ID))
                : null;
    }

    /** The stream of {@link #sctpRcvinfo}, without an object. */
    public int sctpStream() {
        return find(Linux.SOL_SCTP, Linux.SCTP_RCVINFO, io.sockfd.raw.struct.SctpRcvinfo.SIZE)
                ? cursor.getShort(io.sockfd.raw.struct.SctpRcvinfo.RCV_SID)
                : ABSENT;
    }

    // ---- finding and reading -------------------------------------------------------------------------------------

    private boolean findTimestamping() {
        int size = ScmTimestamping.SIZE;
        return find(Linux.SOL_SOCKET, Linux.SO_TIMESTAMPING_OLD, size)
                || find(Linux.SOL_SOCKET, Linux.SO_TIMESTAMPING_NEW, size);
    }

    private boolean find(int level, int type, int bytes) {
        cursor.limit(limit);
        while (cursor.next()) {
            if (cursor.is(level, type) && cursor.length() >= bytes) {
                return true;
            }
        }
        return false;
    }

    private long timespec(int index) {
        int at = index * TIMESPEC;
        return cursor.getLong(at) * NANOS_PER_SECOND + cursor.getLong(at + Long.BYTES);
    }

    private int port(int at) {
        return cursor.getByte(at) << Byte.SIZE | cursor.getByte(at + 1);
    }

    private int bigEndian(int at) {
        return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN
                ? cursor.getInt(at)
                : Integer.reverseBytes(cursor.getInt(at));
    }

    private InetAddress address(int at, int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) cursor.getByte(at + i);
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError(e); // only for lengths other than 4 and 16
        }
    }

    private static long unsigned(int value) {
        return Integer.toUnsignedLong(value);
    }
}
