package io.sockfd.option;

import static io.sockfd.Codecs.BOOL;
import static io.sockfd.Codecs.DURATION;
import static io.sockfd.Codecs.U32;
import static io.sockfd.Codecs.U64;

import io.sockfd.Descriptor;
import io.sockfd.Option;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The options of VSOCK sockets. Their level is the address family, AF_VSOCK.
 *
 * <pre>{@code
 * try (Socket vsock = Socket.open(Domain.VSOCK, SocketType.STREAM)) {
 *     vsock.setOption(VsockOptions.SO_VM_SOCKETS_CONNECT_TIMEOUT, Duration.ofSeconds(2));
 * }
 * }</pre>
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/vsock.7.html">vsock(7)</a>, section "Socket options"
 */
public final class VsockOptions {
    private static final Level LEVEL = new Level(Linux.AF_VSOCK);

    /** The most that SO_VM_SOCKETS_BUFFER_SIZE may be, in bytes. */
    public static final Option<Long> SO_VM_SOCKETS_BUFFER_MAX_SIZE =
            LEVEL.rw("SO_VM_SOCKETS_BUFFER_MAX_SIZE", Linux.SO_VM_SOCKETS_BUFFER_MAX_SIZE, U64);

    /** The least that SO_VM_SOCKETS_BUFFER_SIZE may be, in bytes. */
    public static final Option<Long> SO_VM_SOCKETS_BUFFER_MIN_SIZE =
            LEVEL.rw("SO_VM_SOCKETS_BUFFER_MIN_SIZE", Linux.SO_VM_SOCKETS_BUFFER_MIN_SIZE, U64);

    /** The receive buffer, in bytes, kept between the least and the most. */
    public static final Option<Long> SO_VM_SOCKETS_BUFFER_SIZE =
            LEVEL.rw("SO_VM_SOCKETS_BUFFER_SIZE", Linux.SO_VM_SOCKETS_BUFFER_SIZE, U64);

    /** The longest that connect may take, 2 s by default, for which zero stands. */
    public static final Option<Duration> SO_VM_SOCKETS_CONNECT_TIMEOUT =
            LEVEL.rw("SO_VM_SOCKETS_CONNECT_TIMEOUT", Linux.SO_VM_SOCKETS_CONNECT_TIMEOUT, DURATION);

    /** SO_VM_SOCKETS_CONNECT_TIMEOUT with 64-bit time on every architecture. Linux 5.16. */
    public static final Option<Duration> SO_VM_SOCKETS_CONNECT_TIMEOUT_NEW =
            LEVEL.rw("SO_VM_SOCKETS_CONNECT_TIMEOUT_NEW", Linux.SO_VM_SOCKETS_CONNECT_TIMEOUT_NEW, DURATION);

    /** Of VMCI only; elsewhere ENOPROTOOPT. */
    public static final Option<Boolean> SO_VM_SOCKETS_NONBLOCK_TXRX =
            LEVEL.rw("SO_VM_SOCKETS_NONBLOCK_TXRX", Linux.SO_VM_SOCKETS_NONBLOCK_TXRX, BOOL);

    /** The peer's number at its host. Read only, of VMCI only; elsewhere ENOPROTOOPT. */
    public static final Option<Long> SO_VM_SOCKETS_PEER_HOST_VM_ID =
            LEVEL.r("SO_VM_SOCKETS_PEER_HOST_VM_ID", Linux.SO_VM_SOCKETS_PEER_HOST_VM_ID, U32);

    /** Whether the peer is trusted. Read only, of VMCI only; elsewhere ENOPROTOOPT. */
    public static final Option<Boolean> SO_VM_SOCKETS_TRUSTED =
            LEVEL.r("SO_VM_SOCKETS_TRUSTED", Linux.SO_VM_SOCKETS_TRUSTED, BOOL);

    /**
     * The context id of this machine, by which its host or its guests reach it: for a guest what its hypervisor gave it. It
     * is no option of a socket, but asked of {@code /dev/vsock}.
     *
     * @return unsigned; {@link io.sockfd.address.VsockAddress#LOCAL} where there is but the loopback, {@link
     *     io.sockfd.address.VsockAddress#ANY} where there is no transport
     * @throws io.sockfd.ErrnoException ENOENT where the kernel has no VSOCK (modprobe vsock), EACCES
     */
    public static int localCid() throws IOException {
        ByteBuffer cid = Memory.allocate(Integer.BYTES);
        try (Descriptor device = Descriptor.open(Path.of("/dev/vsock"), Linux.O_RDONLY)) {
            long unused = device.call(
                    "ioctl", fd -> Libc.get().ioctl(fd, Linux.IOCTL_VM_SOCKETS_GET_LOCAL_CID, Memory.address(cid)));
            return cid.getInt(0);
        } finally {
            Reference.reachabilityFence(cid);
        }
    }

    private VsockOptions() {}
}
