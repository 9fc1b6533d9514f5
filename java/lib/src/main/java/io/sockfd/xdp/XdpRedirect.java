package io.sockfd.xdp;

import io.sockfd.address.Interfaces;
import io.sockfd.ebpf.EbpfAssembler;
import io.sockfd.ebpf.EbpfCode;
import io.sockfd.ebpf.EbpfLink;
import io.sockfd.ebpf.EbpfMap;
import io.sockfd.ebpf.EbpfProgram;
import io.sockfd.ebpf.EbpfType;
import java.io.Closeable;
import java.io.IOException;

/**
 * The program at an interface that gives frames to AF_XDP sockets: those of a queue to the socket of the queue. Frames of
 * queues without a socket go the usual way. A program of one's own does the same with a map of {@link EbpfMap#xsk}.
 */
public final class XdpRedirect implements Closeable {
    /** The result of redirect_map is XDP_PASS, 2, where the map has no socket; Linux 5.3. */
    private static final String PROGRAM = """
            r2 = *(u32 *)(r1 +16)   // struct xdp_md: rx_queue_index
            r1 = map[sockets]
            r3 = 2
            call redirect_map
            exit
            """;

    private final EbpfMap sockets;
    private final EbpfLink link;
    private final int ifindex;
    private final XdpMode mode;

    private XdpRedirect(EbpfMap sockets, EbpfLink link, int ifindex, XdpMode mode) {
        this.sockets = sockets;
        this.link = link;
        this.ifindex = ifindex;
        this.mode = mode;
    }

    /** As {@link #attach(String, XdpMode)}: in the driver where it can, else in the network stack. */
    public static XdpRedirect attach(String interfaceName) throws IOException {
        return attach(interfaceName, XdpMode.BEST);
    }

    /**
     * Puts the program at an interface. It redirects nothing until {@link #add}.
     *
     * @param interfaceName in the calling thread's network namespace
     * @throws io.sockfd.ErrnoException EBUSY when the interface has a program, EOPNOTSUPP for {@link XdpMode#NATIVE} where the
     *     driver does not know it, EPERM without CAP_BPF and CAP_NET_ADMIN, ENODEV
     */
    public static XdpRedirect attach(String interfaceName, XdpMode mode) throws IOException {
        int ifindex = Interfaces.index(interfaceName);
        EbpfMap map = EbpfMap.xsk(XdpQueues.count(interfaceName));
        try {
            EbpfCode code = EbpfAssembler.assemble(PROGRAM).with("sockets", map);
            try (EbpfProgram program = EbpfProgram.load(EbpfType.XDP, code)) {
                return new XdpRedirect(map, EbpfLink.xdp(program, ifindex, mode.flags()), ifindex, mode);
            }
        } catch (Throwable e) {
            map.close();
            throw e;
        }
    }

    /**
     * Gives the frames of a socket's queue to it from now on, in place of the one that was there. It leaves when it is closed.
     *
     * @throws IllegalArgumentException when it is another interface's
     * @throws IllegalStateException when it cannot receive
     * @throws java.nio.channels.ClosedChannelException when it or this is closed
     */
    public void add(XdpSocket socket) throws IOException {
        if (socket.ifindex() != ifindex) {
            throw new IllegalArgumentException(
                    socket + " is not of interface " + ifindex + ": its frames come to another program");
        }
        XdpReceiveRing ignored = socket.receiveRing();
        sockets.put(socket.queue(), socket.descriptor());
    }

    /**
     * Lets the frames of a queue go the usual way again.
     *
     * @return whether there was a socket
     */
    public boolean remove(int queue) throws IOException {
        return sockets.remove(queue);
    }

    /** Where the program was asked to be. */
    public XdpMode mode() {
        return mode;
    }

    /** Takes the program away, also under sockets that receive: they get nothing more. */
    @Override
    public void close() throws IOException {
        try {
            link.close();
        } finally {
            sockets.close();
        }
    }
}
