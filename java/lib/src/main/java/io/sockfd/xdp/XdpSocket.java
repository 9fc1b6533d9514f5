package io.sockfd.xdp;

import io.sockfd.Descriptor;
import io.sockfd.address.Interfaces;
import io.sockfd.address.XdpAddress;
import io.sockfd.internal.jmx.Shown;
import io.sockfd.internal.wait.Life;
import io.sockfd.option.XdpStatistics;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * An AF_XDP socket: whole frames of one queue of an interface, in memory that it shares with the kernel.
 *
 * <pre>{@code
 * try (Umem umem = Umem.of(4096, 2048);
 *         XdpSocket socket = XdpSocket.open("eth0", 0, umem);
 *         XdpRedirect redirect = XdpRedirect.attach("eth0")) {
 *     redirect.add(socket);
 *     while (true) {
 *         XdpPacket packet = socket.receiveRing().next();
 *         ByteBuffer bytes = packet.data();
 *     }
 * }
 * }</pre>
 *
 * <p>It receives what a program at the interface redirects to it ({@link XdpRedirect}); to send it needs none. Each of its two
 * rings is one thread's at a time. {@link #close} may come from any thread, ends waits, and gives the queue back. The kernel frees
 * it by a work of its own, 10 to 20 ms later (Linux 6.18, in C too); {@link #open} of this process waits for that, another
 * process gets EBUSY until then.
 *
 * @see <a href="https://docs.kernel.org/networking/af_xdp.html">AF_XDP, in the kernel's documentation</a>
 */
public final class XdpSocket implements Closeable {
    private final Xsk socket;
    private final XdpCounters counters;
    private final @Nullable XdpReceiveRing receive;
    private final @Nullable XdpTransmitRing transmit;

    private XdpSocket(Xsk socket, XdpSetup setup) {
        this.socket = socket;
        counters = new XdpCounters(Life.of(socket), socket.ifindex, socket.queue);
        XskRing in = socket.rings.receive();
        XskRing out = socket.rings.transmit();
        receive = in == null ? null : new XdpReceiveRing(socket, in, setup.fill());
        transmit = out == null ? null : new XdpTransmitRing(socket, out);
    }

    /** As {@link #open(String, int, Umem, XdpSetup)} with {@link XdpSetup#DEFAULT}. */
    public static XdpSocket open(String interfaceName, int queue, Umem umem) throws IOException {
        return open(interfaceName, queue, umem, XdpSetup.DEFAULT);
    }

    /**
     * A socket of a queue, ready to send, and to receive as soon as a program redirects frames to it.
     *
     * @param interfaceName in the calling thread's network namespace
     * @param queue from 0 to {@link XdpQueues#count} less one
     * @param umem has chunks for it: as many as its fill ring, and others for what is sent; more than one socket may use it
     * @throws io.sockfd.ErrnoException EBUSY when the queue has a socket; EINVAL for a queue that the interface does not have;
     *     EPERM without CAP_NET_RAW; EOPNOTSUPP for {@link XdpSetup.Copy#NEVER} where the driver must copy; ENOBUFS when it
     *     would lock more memory than this process may; ENODEV, ENETDOWN
     * @throws IllegalArgumentException when the Umem has too few chunks
     */
    public static XdpSocket open(String interfaceName, int queue, Umem umem, XdpSetup setup) throws IOException {
        Xsk opened = Xsk.open(new XdpAddress(Interfaces.index(interfaceName), queue), umem, setup);
        XdpSocket socket = new XdpSocket(opened, setup);
        Shown.open(Life.of(opened), "XdpSocket", socket.counters);
        return socket;
    }

    /**
     * What it receives.
     *
     * @throws IllegalStateException when it was opened without a receive ring
     */
    public XdpReceiveRing receiveRing() {
        if (receive == null) {
            throw new IllegalStateException("this socket was opened to send only, see XdpSetup");
        }
        return receive;
    }

    /**
     * What it sends.
     *
     * @throws IllegalStateException when it was opened without a transmit ring
     */
    public XdpTransmitRing transmitRing() {
        if (transmit == null) {
            throw new IllegalStateException("this socket was opened to receive only, see XdpSetup");
        }
        return transmit;
    }

    /** Whether the driver uses the chunks itself. */
    public boolean isZeroCopy() {
        return socket.copyReason.isEmpty();
    }

    /** Why frames are copied; empty when they are not. */
    public String copyReason() {
        return socket.copyReason;
    }

    /**
     * What was dropped and why, since it was opened.
     *
     * @throws java.nio.channels.ClosedChannelException after {@link #close}
     */
    public XdpStatistics statistics() throws IOException {
        return counters.read();
    }

    /** The interface. */
    public int ifindex() {
        return socket.ifindex;
    }

    /** The queue. */
    public int queue() {
        return socket.queue;
    }

    /** The descriptor, for an {@link io.sockfd.event.Epoll} or a map: readable when a frame is there. It closes the socket. */
    public Descriptor descriptor() {
        return socket;
    }

    /** Whether {@link #close} was not called yet. */
    public boolean isOpen() {
        return socket.isOpen();
    }

    /**
     * Closes it. The queue is free, and the chunks of its rings are the Umem's; packets that were kept stay. When another thread
     * is reading a turn of frames, they are the Umem's as soon as it asks for the next frame, or ends.
     */
    @Override
    public void close() throws IOException {
        socket.close();
    }

    @Override
    public String toString() {
        return socket.toString();
    }
}
