package io.sockfd.bpf;

import static io.sockfd.option.SocketOptions.SO_ATTACH_FILTER;
import static io.sockfd.option.SocketOptions.SO_DETACH_FILTER;
import static io.sockfd.option.SocketOptions.SO_LOCK_FILTER;

import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.option.FilterProgram;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Filters of sockets. The first byte that a program sees depends on the socket: the link header on PACKET and RAW, the
 * network header on PACKET and DGRAM and on raw IP, the UDP or TCP header there, the data itself on UNIX and NETLINK.
 * What it returns counts from that byte too; UDP and TCP keep their header in any case.
 *
 * <pre>{@code
 * FilterProgram answers = new ProgramBuilder()
 *         .ldh(0).jeq(53, "take", "drop") // UDP's first field: the sender's port
 *         .label("take").ret(-1)
 *         .label("drop").ret(0)
 *         .build();
 * SocketFilter.attach(socket, answers);
 * }</pre>
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/socket.7.html">socket(7)</a>, SO_ATTACH_FILTER
 */
public final class SocketFilter {
    private static final FilterProgram NOTHING = FilterProgram.accept(0);

    private SocketFilter() {}

    /**
     * Filters from now on, in place of a filter there was. What has already been received stays, see {@link
     * #attachAndDrain}.
     *
     * @throws BpfException when the program is wrong; the kernel is not asked then
     * @throws IOException EPERM after {@link #lock}, and on TCP without CAP_NET_ADMIN on newer kernels; ENOMEM for a
     *     program beyond net.core.optmem_max
     */
    public static void attach(Socket socket, FilterProgram program) throws IOException {
        socket.setOption(SO_ATTACH_FILTER, Verifier.verify(program));
    }

    /**
     * Filters so that nothing is received any more that the program did not see: takes nothing at first, throws away
     * what has arrived, then attaches the program. A packet socket receives from the moment it is opened.
     *
     * @return how many packets were thrown away
     * @throws IllegalArgumentException for a stream, which would lose bytes
     * @throws IOException as {@link #attach}; the socket has no filter then, unless it is locked
     */
    public static int attachAndDrain(Socket socket, FilterProgram program) throws IOException {
        if (socket.type().equals(SocketType.STREAM)) {
            throw new IllegalArgumentException("a stream would lose bytes: use attach for " + socket);
        }
        Verifier.verify(program);
        attach(socket, NOTHING);
        try {
            int thrownAway = drain(socket);
            attach(socket, program);
            return thrownAway;
        } catch (IOException | RuntimeException e) {
            try {
                detach(socket);
            } catch (IOException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    /** Ends: nothing comes in any more, and the queue is finite; a connection's end is a result too, the same for ever. */
    private static int drain(Socket socket) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1);
        int packets = 0;
        while (socket.recv(buffer.clear(), Linux.MSG_DONTWAIT | Linux.MSG_TRUNC) >= 0) {
            packets++;
        }
        return packets;
    }

    /**
     * Takes everything again.
     *
     * @throws IOException ENOENT without a filter, EPERM after {@link #lock}
     */
    public static void detach(Socket socket) throws IOException {
        socket.setOption(SO_DETACH_FILTER, 0);
    }

    /** Keeps the filter as it is, for this socket and for everybody who gets it; there is no way back. */
    public static void lock(Socket socket) throws IOException {
        socket.setOption(SO_LOCK_FILTER, true);
    }
}
