package io.sockfd;

import static io.sockfd.raw.Linux.EAGAIN;
import static io.sockfd.raw.Linux.EINTR;
import static io.sockfd.raw.Linux.POLLIN;
import static io.sockfd.raw.Linux.POLLOUT;

import io.sockfd.internal.memory.CallMemory;
import io.sockfd.internal.wait.Nanos;
import io.sockfd.internal.wait.Wait;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.Ifreq;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.channels.ByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/**
 * A network interface whose packets come from and go to this process: what the kernel sends out of the interface is read
 * here, and what is written here arrives at the kernel. One packet per call.
 *
 * <pre>{@code
 * try (TunDevice tun = TunDevice.open("tun0", IFF_TUN | IFF_NO_PI)) {
 *     // ip addr add 10.9.9.1/24 dev tun0; ip link set tun0 up
 *     tun.read(buffer.clear());
 *     tun.write(buffer.flip());
 * }
 * }</pre>
 *
 * <p>It waits as {@link Socket} does: {@link #timeout} says how long, and close and interrupt end a wait. The interface goes
 * when the last descriptor is closed, unless {@link #persist} was called.
 *
 * @see <a href="https://docs.kernel.org/networking/tuntap.html">tuntap, in the kernel's documentation</a>
 */
public final class TunDevice extends Descriptor implements ByteChannel {
    private static final Libc LIBC = Libc.getOrRefusing();
    private static final String PATH = "/dev/net/tun";
    private static final int MAX_NAME_BYTES = Ifreq.IFR_NAME_BYTES - 1;

    private final String name;
    private final int flags;

    private TunDevice(int fd, String name, int flags) {
        super(fd, true);
        this.name = name;
        this.flags = flags;
    }

    /**
     * Makes an interface, or attaches to one that is there and nobody else has; needs CAP_NET_ADMIN unless it is there and
     * belongs to this user.
     *
     * @param name at most 15 bytes; with {@code %d} the kernel chooses a number, and empty it chooses all of it
     * @param flags {@code IFF_TUN} for IP packets or {@code IFF_TAP} for Ethernet frames. With {@code IFF_NO_PI} they come as
     *     they are, without it a struct tun_pi of 4 bytes precedes each; with {@code IFF_VNET_HDR} a struct virtio_net_hdr;
     *     {@code IFF_MULTI_QUEUE} lets the same name be opened several times, each with a part of the flows; {@code
     *     IFF_TUN_EXCL} refuses an interface that is there
     * @throws IllegalArgumentException for a name that is too long, or neither or both of TUN and TAP
     * @throws ErrnoException ENOENT without /dev/net/tun, EPERM, EBUSY when somebody has it, EINVAL when the name is that of
     *     another kind of interface or the flags differ from its own
     */
    public static TunDevice open(String name, int flags) throws IOException {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        int kind = flags & (Linux.IFF_TUN | Linux.IFF_TAP);
        if (bytes.length > MAX_NAME_BYTES || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("\"" + name + "\" is no interface name: those have at most "
                    + MAX_NAME_BYTES + " bytes, none of them 0");
        } else if (kind != Linux.IFF_TUN && kind != Linux.IFF_TAP) {
            throw new IllegalArgumentException(
                    "the flags 0x" + Integer.toHexString(flags) + " must have one of IFF_TUN and IFF_TAP");
        }
        ByteBuffer request = Memory.allocate(Ifreq.SIZE);
        Ifreq.ifr_name(request, 0, bytes);
        Ifreq.ifr_flags(request, 0, flags);
        int fd = openNode();
        try {
            int result = ioctl(fd, Linux.TUNSETIFF, request);
            if (result < 0) {
                throw Errors.exception(result, "ioctl", "TUNSETIFF, " + name + remedy(result));
            }
            return new TunDevice(fd, text(Ifreq.ifr_name(request, 0)), flags);
        } catch (Throwable e) {
            LIBC.close(fd);
            throw e;
        }
    }

    private static int ioctl(int fd, long what, ByteBuffer argument) {
        try {
            return LIBC.ioctl(fd, what, Memory.address(argument));
        } finally {
            Reference.reachabilityFence(argument);
        }
    }

    private static int openNode() throws IOException {
        long fd = OpenAt.open(PATH.getBytes(StandardCharsets.US_ASCII), Linux.O_RDWR | Linux.O_NONBLOCK, 0);
        if (fd == -Linux.ENOENT || fd == -Linux.ENODEV) {
            throw Errors.exception(
                    fd,
                    "open",
                    PATH + ": the kernel has no TUN devices here (modprobe tun), or this container has no node");
        }
        return (int) Errors.check(fd, "open", PATH);
    }

    private static String remedy(int result) {
        if (result == -Linux.EPERM) {
            return ": making one needs CAP_NET_ADMIN; TunDevice.owner and persist prepare one for another user";
        } else if (result == -Linux.EBUSY) {
            return ": somebody has it; IFF_MULTI_QUEUE, given by all, lets several";
        } else if (result == -Linux.EINVAL) {
            return ": the name is taken by another kind of interface, or the flags are not those that it was made with";
        }
        return "";
    }

    private static String text(byte[] name) {
        int end = 0;
        while (end < name.length && name[end] != 0) {
            end++;
        }
        return new String(Arrays.copyOf(name, end), StandardCharsets.UTF_8);
    }

    /** The interface's name as it was when it was opened. */
    public String name() {
        return name;
    }

    /** What it was opened with. */
    public int flags() {
        return flags;
    }

    /**
     * How long reads and writes wait: {@link Socket#BLOCKING}, {@link Socket#NON_BLOCKING} or a time for each. A change
     * reaches those that wait already, as {@link Socket#timeout(java.time.Duration)} says.
     */
    public TunDevice timeout(Duration timeout) {
        long nanos = timeout.isNegative() ? -1 : Nanos.saturated(timeout);
        timeoutNanos(false, nanos);
        timeoutNanos(true, nanos);
        return this;
    }

    /** Whether the interface stays when it is closed. */
    public TunDevice persist(boolean on) throws IOException {
        return set(Linux.TUNSETPERSIST, "TUNSETPERSIST", on ? 1 : 0);
    }

    /** The user who may open it without CAP_NET_ADMIN. */
    public TunDevice owner(int uid) throws IOException {
        return set(Linux.TUNSETOWNER, "TUNSETOWNER", uid);
    }

    /** The group whose members may open it without CAP_NET_ADMIN. */
    public TunDevice group(int gid) throws IOException {
        return set(Linux.TUNSETGROUP, "TUNSETGROUP", gid);
    }

    /**
     * What this process can take over from the kernel, with {@code IFF_VNET_HDR}: {@code TUN_F_CSUM}, {@code TUN_F_TSO4} …
     * Packets may then have no checksum yet and be larger than the MTU, as their virtio_net_hdr says.
     */
    public TunDevice offload(int features) throws IOException {
        return set(Linux.TUNSETOFFLOAD, "TUNSETOFFLOAD", features);
    }

    /** Whether this queue of an {@code IFF_MULTI_QUEUE} interface takes part. */
    public TunDevice attached(boolean on) throws IOException {
        ByteBuffer request = Memory.allocate(Ifreq.SIZE);
        Ifreq.ifr_flags(request, 0, on ? Linux.IFF_ATTACH_QUEUE : Linux.IFF_DETACH_QUEUE);
        try {
            return set(Linux.TUNSETQUEUE, "TUNSETQUEUE", Memory.address(request));
        } finally {
            Reference.reachabilityFence(request);
        }
    }

    private TunDevice set(long ioctl, String what, long value) throws IOException {
        int fd = enter();
        try {
            Errors.check(LIBC.ioctl(fd, ioctl, value), "ioctl", what + ", " + this);
            return this;
        } finally {
            exit();
        }
    }

    /**
     * Reads one packet that the kernel sent out of the interface. What the buffer has no room for is lost.
     *
     * @return its bytes, or 0 when there is none and the timeout is zero
     * @throws java.net.SocketTimeoutException when the timeout passed first
     * @throws ErrnoException EBADFD when the interface was deleted
     */
    @Override
    public int read(ByteBuffer dst) throws IOException {
        if (dst.isReadOnly()) {
            throw new ReadOnlyBufferException();
        }
        int position = dst.position();
        int length = Math.max(0, dst.limit() - position);
        long address = Memory.steadyAddress(dst);
        int moved;
        if (address != 0) {
            moved = transfer(false, address + position, length);
        } else {
            ByteBuffer copy = CallMemory.toFill(dst, length);
            moved = transfer(false, Memory.address(copy), length);
            dst.put(position, copy, 0, moved);
        }
        dst.position(position + moved);
        return moved;
    }

    /**
     * Writes one packet, which the kernel receives from the interface.
     *
     * @return its bytes, or 0 when there is no room and the timeout is zero
     * @throws java.net.SocketTimeoutException when the timeout passed first
     * @throws ErrnoException EINVAL for what is no packet, EIO while the interface is down
     */
    @Override
    public int write(ByteBuffer src) throws IOException {
        int position = src.position();
        int length = Math.max(0, src.limit() - position);
        long address = Memory.steadyAddress(src);
        int moved;
        if (address != 0) {
            moved = transfer(true, address + position, length);
        } else {
            ByteBuffer copy = CallMemory.of(length).put(0, src, position, length);
            try {
                moved = transfer(true, Memory.address(copy), length);
            } finally {
                Reference.reachabilityFence(copy); // a large one is not kept by CallMemory
            }
        }
        src.position(position + moved);
        return moved;
    }

    private int transfer(boolean out, long address, int length) throws IOException {
        Wait wait = null;
        int fd = enter();
        try {
            while (true) {
                long done = out ? LIBC.write(fd, address, length) : LIBC.read(fd, address, length);
                if (done >= 0) {
                    return (int) done;
                } else if (done == -EAGAIN && timeoutNanos(out) == 0) {
                    return 0;
                } else if (done == -EAGAIN) {
                    wait = Wait.orBeginFor(wait, life, out ? Wait.SEND : Wait.RECEIVE);
                    if (!await(wait, out ? POLLOUT : POLLIN) && !wait.isNonBlocking()) {
                        throw Errors.timeout(Errno.EAGAIN, out ? "write" : "read", this);
                    }
                } else if (done != -EINTR) {
                    throw Errors.exception(done, out ? "write" : "read", this);
                }
            }
        } finally {
            Wait.end(wait);
            exit();
        }
    }

    @Override
    public String toString() {
        return "TunDevice(" + name + ", fd " + number() + (isOpen() ? ")" : ", closed)");
    }
}
