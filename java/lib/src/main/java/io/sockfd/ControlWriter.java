package io.sockfd;

import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.Cmsghdr;
import io.sockfd.raw.struct.In6Pktinfo;
import io.sockfd.raw.struct.InPktinfo;
import io.sockfd.raw.struct.SctpSndinfo;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The ancillary data of the next message to send, one method per kind and {@link #put(int, int, byte[])} for the rest.
 * What was added stays for the messages after it too, until {@link #clear} or until the message receives.
 *
 * <p>Every method throws {@link IllegalStateException} when the message's control capacity does not suffice ({@link
 * Message#reserveControl} enlarges it). What the kernel does not want it refuses when the message is sent: EINVAL for a
 * kind that the socket's family does not know, EPERM where a privilege is missing. Not safe for use by several threads
 * at once.
 *
 * <pre>{@code
 * message.outgoing().ttl(5).tos(IPTOS_LOWDELAY);
 * socket.sendMessage(message, 0);
 * message.outgoing().clear().rights(file); // the next message carries a descriptor instead
 * }</pre>
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/cmsg.3.html">cmsg(3)</a>
 */
public final class ControlWriter {
    private static final int OPTMEM_MAX = 20_480; // before Linux 6.7

    private ByteBuffer control;
    private int length;
    private int segment;
    private final PassedDescriptors passed = new PassedDescriptors();

    /** Over native-order bytes. */
    ControlWriter(ByteBuffer control) {
        this.control = control;
    }

    /** Another buffer; what was written is copied. */
    void move(ByteBuffer larger) {
        larger.put(0, control, 0, length);
        control = larger;
    }

    /** Takes everything back. */
    public ControlWriter clear() {
        length = 0;
        segment = 0;
        passed.clear();
        return this;
    }

    /** Bytes so far, heads and padding included. */
    public int length() {
        return length;
    }

    /**
     * SCM_RIGHTS with one descriptor, UNIX sockets (others ignore it): the receiver gets a duplicate. Keep {@code fd} open until the message is sent.
     *
     * @throws IllegalArgumentException when the number is negative
     * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7)</a>
     */
    public ControlWriter rights(int fd) {
        int at = open(Linux.SOL_SOCKET, Linux.SCM_RIGHTS, Integer.BYTES);
        return right(at, fd).close(Integer.BYTES);
    }

    /**
     * SCM_RIGHTS, UNIX sockets (others ignore it): the receiver gets duplicates. Keep the descriptors open until the message is sent. The
     * kernel takes at most 253 in one message; it refuses more over several calls (EINVAL).
     *
     * @throws IllegalArgumentException when there are more than 253, or none, or a number is negative
     * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7)</a>
     */
    public ControlWriter rights(int... fds) {
        int at = openRights(fds.length);
        for (int i = 0; i < fds.length; i++) {
            right(at + i * Integer.BYTES, fds[i]);
        }
        return close(fds.length * Integer.BYTES);
    }

    /**
     * As {@link #rights(int...)}. Each number is looked up when the message is sent, and whoever closes a descriptor in that
     * moment closes it after that. To send a message whose descriptor was closed before is an {@link IllegalStateException}.
     *
     * @throws IllegalStateException when one of them is closed
     */
    public ControlWriter rights(Descriptor... descriptors) {
        for (Descriptor descriptor : descriptors) {
            if (!descriptor.isOpen()) {
                throw new IllegalStateException(descriptor + " cannot be passed");
            }
        }
        int at = openRights(descriptors.length);
        for (int i = 0; i < descriptors.length; i++) {
            passed.add(descriptors[i], at + i * Integer.BYTES);
        }
        return close(descriptors.length * Integer.BYTES);
    }

    /** Of what {@link #rights(Descriptor...)} added. */
    PassedDescriptors passed() {
        return passed;
    }

    /**
     * SCM_CREDENTIALS, UNIX sockets. Without CAP_SYS_ADMIN, CAP_SETUID and CAP_SETGID they must be the sender's own, else
     * EPERM; ESRCH for a process that is not there.
     */
    public ControlWriter credentials(Ucred ucred) {
        int at = open(Linux.SOL_SOCKET, Linux.SCM_CREDENTIALS, io.sockfd.raw.struct.Ucred.SIZE);
        io.sockfd.raw.struct.Ucred.pid(control, at, ucred.pid());
        io.sockfd.raw.struct.Ucred.uid(control, at, ucred.uid());
        io.sockfd.raw.struct.Ucred.gid(control, at, ucred.gid());
        return close(io.sockfd.raw.struct.Ucred.SIZE);
    }

    /**
     * IP_PKTINFO or IPV6_PKTINFO, after the address's family: leave by this interface, with this source address.
     *
     * @param ifindex the interface, 0 for the one that routing gives
     * @param source one of this host's addresses, or the wildcard address for the one that routing gives
     */
    public ControlWriter pktinfo(int ifindex, InetAddress source) {
        byte[] address = source.getAddress();
        if (source instanceof Inet4Address) {
            int at = open(Linux.SOL_IP, Linux.IP_PKTINFO, InPktinfo.SIZE);
            InPktinfo.ipi_ifindex(control, at, ifindex);
            control.put(at + InPktinfo.IPI_SPEC_DST, address);
            InPktinfo.ipi_addr(control, at, 0);
            return close(InPktinfo.SIZE);
        }
        int at = open(Linux.SOL_IPV6, Linux.IPV6_PKTINFO, In6Pktinfo.SIZE);
        control.put(at + In6Pktinfo.IPI6_ADDR, address);
        In6Pktinfo.ipi6_ifindex(control, at, ifindex);
        return close(In6Pktinfo.SIZE);
    }

    /**
     * IP_PKTINFO or IPV6_PKTINFO as an answer to what was received needs it: it comes from the address that the question went
     * to. Where that was a group or a broadcast, from one that this host has there, and by the interface on which it came;
     * so, too, by its interface, where the address was a link-local one. On a socket of both families, IPv4 is answered as
     * IPv4. The address to send to is the sender's: {@code message.address(from).outgoing().answer(message.incoming())}.
     *
     * <p>A message keeps what it received and what it sends in the same memory: when both are the same message, call this
     * before anything else is added.
     *
     * @param received of a socket with IP_PKTINFO or IPV6_RECVPKTINFO
     * @throws IllegalStateException when it has neither, or the control capacity does not suffice
     */
    public ControlWriter answer(ControlReader received) {
        Pktinfo info = received.pktinfo();
        if (info == null) {
            throw new IllegalStateException(
                    "no control message says where it arrived: set IP_PKTINFO or IPV6_RECVPKTINFO before it comes");
        }
        return answer(info);
    }

    /** As {@link #answer(ControlReader)}. */
    public ControlWriter answer(Pktinfo received) {
        InetAddress source = received.source();
        boolean routed = !source.isAnyLocalAddress() && !source.isLinkLocalAddress() && received.isUnicast();
        return pktinfo(routed ? 0 : received.ifindex(), source);
    }

    /** IP_TTL: the IPv4 time to live, 1 to 255. */
    public ControlWriter ttl(int hops) {
        return putInt(Linux.SOL_IP, Linux.IP_TTL, hops);
    }

    /** IPV6_HOPLIMIT: 0 to 255, or -1 for the route's. */
    public ControlWriter hopLimit(int hops) {
        return putInt(Linux.SOL_IPV6, Linux.IPV6_HOPLIMIT, hops);
    }

    /** IP_TOS: the IPv4 type of service, 0 to 255: DSCP in the upper six bits, ECN in the lower two. */
    public ControlWriter tos(int tos) {
        return putInt(Linux.SOL_IP, Linux.IP_TOS, tos);
    }

    /** IPV6_TCLASS: the IPv6 traffic class, 0 to 255, or -1 for the route's. */
    public ControlWriter trafficClass(int tclass) {
        return putInt(Linux.SOL_IPV6, Linux.IPV6_TCLASS, tclass);
    }

    /** SO_MARK: the firewall mark, 32 bits; needs CAP_NET_ADMIN or CAP_NET_RAW. */
    public ControlWriter mark(int mark) {
        return putInt(Linux.SOL_SOCKET, Linux.SO_MARK, mark);
    }

    /** SO_PRIORITY, Linux 6.14: the queueing priority; above 6 it needs CAP_NET_ADMIN or CAP_NET_RAW. */
    public ControlWriter priority(int priority) {
        return putInt(Linux.SOL_SOCKET, Linux.SO_PRIORITY, priority);
    }

    /**
     * TLS_SET_RECORD_TYPE, of a socket with TLS_TX: the data is a record of this type, and not application data.
     *
     * @param type 21 an alert, 22 a handshake message, 23 application data
     * @throws IllegalArgumentException when it is outside of 0 to 255
     */
    public ControlWriter tlsRecordType(int type) {
        if (type < 0 || type > 0xff) {
            throw new IllegalArgumentException("a record's type is 0 to 255, not " + type);
        }
        int at = open(Linux.SOL_TLS, Linux.TLS_SET_RECORD_TYPE, Byte.BYTES);
        control.put(at, (byte) type);
        return close(Byte.BYTES);
    }

    /** SCM_TXTIME: when to transmit, in nanoseconds on the clock that SO_TXTIME chose. Without SO_TXTIME: EINVAL. */
    public ControlWriter txtime(long nanos) {
        int at = open(Linux.SOL_SOCKET, Linux.SCM_TXTIME, Long.BYTES);
        control.putLong(at, nanos);
        return close(Long.BYTES);
    }

    /** SO_TIMESTAMPING: the SOF_TIMESTAMPING_TX_* flags of this message; the reports come to the error queue. */
    public ControlWriter timestamping(int flags) {
        return putInt(Linux.SOL_SOCKET, Linux.SO_TIMESTAMPING, flags);
    }

    /** SCM_TS_OPT_ID, Linux 6.13: the key of this message's timestamps; needs SOF_TIMESTAMPING_OPT_ID. */
    public ControlWriter timestampId(int id) {
        return putInt(Linux.SOL_SOCKET, Linux.SCM_TS_OPT_ID, id);
    }

    /**
     * UDP_SEGMENT (GSO): the kernel cuts the data into datagrams of this many bytes, the last one what is left; at most
     * 128 of them (64 before Linux 6.9), and in all at most 65,507 bytes (IPv4). A segment above the path's MTU: EMSGSIZE or EINVAL.
     *
     * @throws IllegalArgumentException when it is outside of 1 to 65535
     * @see <a href="https://man7.org/linux/man-pages/man7/udp.7.html">udp(7)</a>
     */
    public ControlWriter segmentSize(int bytes) {
        if (bytes < 1 || bytes > 0xffff) {
            throw new IllegalArgumentException("a segment of " + bytes + " bytes: UDP_SEGMENT takes 1 to 65535");
        }
        int at = open(Linux.SOL_UDP, Linux.UDP_SEGMENT, Short.BYTES);
        control.putShort(at, (short) bytes);
        segment = bytes;
        return close(Short.BYTES);
    }

    /** What {@link #segmentSize} said; 0 for nothing. */
    int segment() {
        return segment;
    }

    /** IP_RETOPTS: IPv4 header options as on the wire, at most 40 bytes. */
    public ControlWriter ipOptions(byte[] options) {
        return put(Linux.SOL_IP, Linux.IP_RETOPTS, options);
    }

    /** SCTP_SNDINFO: the message goes on this stream of the socket's association; the rest is 0. */
    public ControlWriter sctpStream(int stream) {
        return sctpSndinfo(stream, 0, 0, 0, 0);
    }

    /**
     * SCTP_SNDINFO, SCTP: where the message belongs.
     *
     * @param stream 0 to 65535; one that the association does not have is EINVAL
     * @param flags SCTP_UNORDERED, SCTP_ABORT, SCTP_EOF, SCTP_SENDALL, SCTP_ADDR_OVER
     * @param ppid the payload protocol identifier, put into network order as the wire has it
     * @param context given back with the message when it could not be sent
     * @param assocId which association, of one-to-many sockets; 0 goes by the address
     * @see <a href="https://www.rfc-editor.org/rfc/rfc6458#section-5.3.4">RFC 6458 section 5.3.4</a>
     */
    public ControlWriter sctpSndinfo(int stream, int flags, int ppid, int context, int assocId) {
        if (stream != (stream & 0xffff)) {
            throw new IllegalArgumentException("stream " + stream + ": SCTP has 0 to 65535");
        }
        int at = open(Linux.SOL_SCTP, Linux.SCTP_SNDINFO, SctpSndinfo.SIZE);
        SctpSndinfo.snd_sid(control, at, stream);
        SctpSndinfo.snd_flags(control, at, flags);
        boolean reversed = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        SctpSndinfo.snd_ppid(control, at, reversed ? Integer.reverseBytes(ppid) : ppid);
        SctpSndinfo.snd_context(control, at, context);
        SctpSndinfo.snd_assoc_id(control, at, assocId);
        return close(SctpSndinfo.SIZE);
    }

    /** Any control message with an {@code int} for its data. */
    public ControlWriter putInt(int level, int type, int value) {
        int at = open(level, type, Integer.BYTES);
        control.putInt(at, value);
        return close(Integer.BYTES);
    }

    /** Any control message; numbers in {@code data} are in native order unless the man page says otherwise. */
    public ControlWriter put(int level, int type, byte[] data) {
        int at = open(level, type, data.length);
        control.put(at, data);
        return close(data.length);
    }

    /** As {@link #put(int, int, byte[])}, from the buffer's position to its limit; the position stays. */
    public ControlWriter put(int level, int type, ByteBuffer data) {
        int position = data.position();
        int bytes = Math.max(0, data.limit() - position);
        int at = open(level, type, bytes);
        control.put(at, data, position, bytes);
        return close(bytes);
    }

    private int openRights(int count) {
        if (count < 1 || count > Linux.SCM_MAX_FD) {
            throw new IllegalArgumentException(count + " descriptors: SCM_RIGHTS takes 1 to " + Linux.SCM_MAX_FD);
        }
        return open(Linux.SOL_SOCKET, Linux.SCM_RIGHTS, count * Integer.BYTES);
    }

    private ControlWriter right(int at, int fd) {
        if (fd < 0) {
            throw new IllegalArgumentException("not a descriptor: " + fd);
        }
        control.putInt(at, fd);
        return this;
    }

    /** Writes a head and says where its data goes. It counts from {@link #close} on, so that a failure adds nothing. */
    private int open(int level, int type, int bytes) {
        if (level == Linux.SOL_RDS) {
            throw new IllegalArgumentException("control messages of RDS hold addresses of memory: use Libc.sendmsg");
        }
        int space = Cmsghdr.cmsg_space(Objects.checkIndex(bytes, Integer.MAX_VALUE - Cmsghdr.SIZE * 2));
        if (space > control.capacity() - length) {
            throw new IllegalStateException("a control message of " + bytes + " bytes takes " + space + ", but only "
                    + (control.capacity() - length) + " of " + control.capacity()
                    + " bytes of control data are free: use Message.reserveControl");
        }
        control.putLong(length + space - Long.BYTES, 0); // the padding
        Cmsghdr.cmsg_len(control, length, Cmsghdr.cmsg_len(bytes));
        Cmsghdr.cmsg_level(control, length, level);
        Cmsghdr.cmsg_type(control, length, type);
        return length + Cmsghdr.SIZE;
    }

    private ControlWriter close(int bytes) {
        length += Cmsghdr.cmsg_space(bytes);
        return this;
    }

    /** As much as one socket's control data and options may take together, socket(7). */
    static int mostOfAll() {
        // at once: what comes piece by piece of such a file ends after the first
        try (BufferedReader file = Files.newBufferedReader(Path.of("/proc/sys/net/core/optmem_max"))) {
            return Integer.parseInt(String.valueOf(file.readLine()));
        } catch (IOException | NumberFormatException e) {
            return OPTMEM_MAX; // no proc(5)
        }
    }
}
