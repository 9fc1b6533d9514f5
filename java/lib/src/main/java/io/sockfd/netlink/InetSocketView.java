package io.sockfd.netlink;

import static io.sockfd.raw.Linux.INET_DIAG_BBRINFO;
import static io.sockfd.raw.Linux.INET_DIAG_CGROUP_ID;
import static io.sockfd.raw.Linux.INET_DIAG_CLASS_ID;
import static io.sockfd.raw.Linux.INET_DIAG_CONG;
import static io.sockfd.raw.Linux.INET_DIAG_DCTCPINFO;
import static io.sockfd.raw.Linux.INET_DIAG_INFO;
import static io.sockfd.raw.Linux.INET_DIAG_MARK;
import static io.sockfd.raw.Linux.INET_DIAG_PROTOCOL;
import static io.sockfd.raw.Linux.INET_DIAG_SHUTDOWN;
import static io.sockfd.raw.Linux.INET_DIAG_SKMEMINFO;
import static io.sockfd.raw.Linux.INET_DIAG_SKV6ONLY;
import static io.sockfd.raw.Linux.INET_DIAG_SOCKOPT;
import static io.sockfd.raw.Linux.INET_DIAG_TCLASS;
import static io.sockfd.raw.Linux.INET_DIAG_TOS;
import static io.sockfd.raw.Linux.INET_DIAG_ULP_INFO;
import static io.sockfd.raw.Linux.INET_DIAG_VEGASINFO;

import io.sockfd.option.MemInfo;
import io.sockfd.option.TcpCcInfo;
import io.sockfd.option.TcpInfo;
import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.InetDiagMsg;
import io.sockfd.raw.struct.InetDiagSockid;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A TCP, UDP, UDP-Lite or raw socket, or another that inet_diag knows. */
public final class InetSocketView extends SocketView {
    private static final int TYPES = INET_DIAG_SOCKOPT + 1;
    private static final int IPV4 = 4;
    private static final int IPV6 = 16;
    private static final String[] TIMERS = {"", "on", "keepalive", "timewait", "persist"};

    private int protocol;

    /** A view of nothing, for {@link SocketDiag#next(InetSocketView)}. */
    public InetSocketView() {
        super(InetDiagMsg.SIZE, TYPES);
    }

    void set(NetlinkMessage message, int queried) throws MalformedMessageException {
        protocol = queried;
        set(message);
    }

    @Override
    public InetSocketView copy() {
        InetSocketView copy = new InetSocketView();
        copy.protocol = protocol;
        copy.copyFrom(this);
        return copy;
    }

    @Override
    void check(int type, Attributes a) throws MalformedMessageException {
        int least = switch (type) {
            case INET_DIAG_SHUTDOWN, INET_DIAG_TOS, INET_DIAG_TCLASS, INET_DIAG_PROTOCOL, INET_DIAG_SKV6ONLY -> 1;
            case INET_DIAG_SOCKOPT -> 2;
            case INET_DIAG_MARK, INET_DIAG_CLASS_ID -> Integer.BYTES;
            case INET_DIAG_CGROUP_ID -> Long.BYTES;
            default -> 0;
        };
        int unused = a.atLeast(least);
        if (type == INET_DIAG_ULP_INFO) {
            Attributes inner = a.nested();
            while (inner.next()) {}
        }
    }

    // ---- struct inet_diag_msg ------------------------------------------------------------------------------------

    /** IPPROTO_TCP …, as it was asked for; for raw sockets see {@link #rawProtocol}. */
    public int protocol() {
        return protocol;
    }

    @Override
    public int state() {
        return InetDiagMsg.idiag_state(buffer, at);
    }

    /** The local port in host order; of a raw socket its protocol; 0 when not bound. */
    public int localPort() {
        return InetDiagSockid.idiag_sport(buffer, at + InetDiagMsg.ID);
    }

    /** The peer's port in host order; 0 when not connected. */
    public int remotePort() {
        return InetDiagSockid.idiag_dport(buffer, at + InetDiagMsg.ID);
    }

    /** Copies the local address and tells its length, 4 or 16; {@code target} has room for 16. */
    public int localAddressInto(byte[] target) {
        return address(InetDiagSockid.IDIAG_SRC, target);
    }

    /** Copies the peer's address and tells its length, 4 or 16; {@code target} has room for 16. */
    public int remoteAddressInto(byte[] target) {
        return address(InetDiagSockid.IDIAG_DST, target);
    }

    private int address(int field, byte[] target) {
        int length = family() == Linux.AF_INET ? IPV4 : IPV6;
        buffer.get(at + InetDiagMsg.ID + field, target, 0, length);
        return length;
    }

    /** The local address; an IPv4-mapped one stays an {@link java.net.Inet6Address}. */
    public InetAddress localAddress() {
        byte[] bytes = new byte[family() == Linux.AF_INET ? IPV4 : IPV6];
        address(InetDiagSockid.IDIAG_SRC, bytes);
        return Attributes.inetAddress(bytes);
    }

    /** The peer's address; all zeros when not connected. */
    public InetAddress remoteAddress() {
        byte[] bytes = new byte[family() == Linux.AF_INET ? IPV4 : IPV6];
        address(InetDiagSockid.IDIAG_DST, bytes);
        return Attributes.inetAddress(bytes);
    }

    /** Address and port. */
    public InetSocketAddress local() {
        return new InetSocketAddress(localAddress(), localPort());
    }

    /** The peer's address and port. */
    public InetSocketAddress remote() {
        return new InetSocketAddress(remoteAddress(), remotePort());
    }

    /** The interface it is bound to (SO_BINDTODEVICE), or the scope of a link-local address; 0 for none. */
    public int interfaceIndex() {
        return InetDiagSockid.idiag_if(buffer, at + InetDiagMsg.ID);
    }

    /** Which timer runs: 0 none, 1 retransmission, 2 keep-alive, 3 TIME_WAIT, 4 zero window probe. */
    public int timer() {
        return InetDiagMsg.idiag_timer(buffer, at);
    }

    /** As ss(8) calls it: {@code on}, {@code keepalive}, {@code timewait}, {@code persist}; empty for none. */
    public String timerName() {
        return timer() < TIMERS.length ? TIMERS[timer()] : "timer" + timer();
    }

    /** When the timer expires, in milliseconds; 0 without one. */
    public long timerMillis() {
        return InetDiagMsg.idiag_expires(buffer, at);
    }

    /** Retransmissions, or probes of the timer that runs. */
    public int retransmissions() {
        return InetDiagMsg.idiag_retrans(buffer, at);
    }

    /** Bytes not read yet; of a listener the connections that wait for accept. */
    public long receiveQueue() {
        return InetDiagMsg.idiag_rqueue(buffer, at);
    }

    /** Bytes not acknowledged yet; of a listener its backlog. */
    public long sendQueue() {
        return InetDiagMsg.idiag_wqueue(buffer, at);
    }

    @Override
    public long uid() {
        return Integer.toUnsignedLong(InetDiagMsg.idiag_uid(buffer, at));
    }

    @Override
    public long inode() {
        return Integer.toUnsignedLong(InetDiagMsg.idiag_inode(buffer, at));
    }

    @Override
    public long cookie() {
        return cookieAt(at + InetDiagMsg.ID + InetDiagSockid.IDIAG_COOKIE);
    }

    // ---- attributes ----------------------------------------------------------------------------------------------

    @Override
    public @Nullable MemInfo memory() {
        return memory(INET_DIAG_SKMEMINFO);
    }

    /** TCP_INFO; null for other protocols, and for connections that are no full sockets (TIME_WAIT, SYN_RECV). */
    public @Nullable TcpInfo tcpInfo() {
        int offset = protocol == Linux.IPPROTO_TCP ? attributeOffset(INET_DIAG_INFO) : -1;
        return offset < 0 ? null : TcpInfo.of(buffer, offset, attributeLength(INET_DIAG_INFO));
    }

    /** What congestion control tells of itself; null when it tells nothing. */
    public @Nullable TcpCcInfo tcpCcInfo() {
        int type = attributeOffset(INET_DIAG_BBRINFO) >= 0
                ? INET_DIAG_BBRINFO
                : attributeOffset(INET_DIAG_DCTCPINFO) >= 0 ? INET_DIAG_DCTCPINFO : INET_DIAG_VEGASINFO;
        int offset = attributeOffset(type);
        return offset < 0 ? null : TcpCcInfo.of(buffer, offset, attributeLength(type));
    }

    /** The algorithm of congestion control, for instance {@code cubic}; null when not told. */
    public @Nullable String congestion() {
        return string(attributeOffset(INET_DIAG_CONG), attributeLength(INET_DIAG_CONG));
    }

    /** What is shut down: bit 0 receiving, bit 1 sending; -1 when not told. */
    public int shutdown() {
        return u8(INET_DIAG_SHUTDOWN);
    }

    /** IP_TOS; -1 when not told. */
    public int tos() {
        return u8(INET_DIAG_TOS);
    }

    /** IPV6_TCLASS; -1 when not told. */
    public int trafficClass() {
        return u8(INET_DIAG_TCLASS);
    }

    /** IPV6_V6ONLY: 1 or 0; -1 when not told, which is so for all but listening and unconnected IPv6 sockets. */
    public int v6Only() {
        return u8(INET_DIAG_SKV6ONLY);
    }

    /** SO_MARK; -1 when not told, which is so without CAP_NET_ADMIN. */
    public long mark() {
        return u32(INET_DIAG_MARK);
    }

    /** The traffic control class (SO_PRIORITY, net_cls); -1 when not told. */
    public long classId() {
        return u32(INET_DIAG_CLASS_ID);
    }

    /** The inode of its control group in cgroup2; -1 when not told. */
    public long cgroupId() {
        return u64(INET_DIAG_CGROUP_ID);
    }

    /** The protocol of a raw socket; -1 for others. */
    public int rawProtocol() {
        int told = u8(INET_DIAG_PROTOCOL);
        return protocol != Linux.IPPROTO_RAW ? -1 : told < 0 ? localPort() : told;
    }

    /** The upper layer in the socket, for instance {@code tls}; null for none. */
    public @Nullable String upperLayer() {
        int offset = attributeOffset(INET_DIAG_ULP_INFO);
        try {
            Attributes inner = new Attributes()
                    .set(buffer, offset, offset < 0 ? -1 : offset + attributeLength(INET_DIAG_ULP_INFO));
            while (inner.next()) {
                if (inner.type() == Linux.INET_ULP_INFO_NAME) {
                    return inner.string();
                }
            }
        } catch (MalformedMessageException e) {
            throw new IllegalStateException("the view is of a message that is gone", e); // check() was here before
        }
        return null;
    }

    private @Nullable String string(int offset, int length) {
        if (offset < 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        buffer.get(offset, bytes);
        String text = new String(bytes, StandardCharsets.UTF_8);
        int nul = text.indexOf('\0');
        return nul < 0 ? text : text.substring(0, nul);
    }

    /** {@code ESTABLISHED 127.0.0.1:80 127.0.0.1:40000 inode 4711}. */
    @Override
    public String toString() {
        return family() == Linux.AF_UNSPEC
                ? "InetSocketView[none]"
                : stateName() + " " + local() + " " + remote() + " inode " + inode();
    }
}
