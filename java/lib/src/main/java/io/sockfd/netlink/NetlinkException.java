package io.sockfd.netlink;

import io.sockfd.Errno;
import io.sockfd.Failure;
import io.sockfd.WithErrno;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/**
 * The kernel refused a request. Beside the errno it says why where it can (NETLINK_EXT_ACK), for instance {@code
 * RTM_NEWLINK(veth0): EINVAL (Invalid argument): mtu greater than device maximum (at byte 44, attribute 4)}.
 */
public class NetlinkException extends SocketException implements WithErrno {
    private static final long serialVersionUID = 1;

    private final Failure failure;
    private final transient @Nullable ExtendedAck ack;

    NetlinkException(Errno errno, String call, String context, ExtendedAck ack) {
        super(new Failure(errno, call, context).message() + ack.suffix());
        this.failure = new Failure(errno, call, context);
        this.ack = ack;
    }

    NetlinkException(Errno errno, String call, String context, String remedy) {
        super(new Failure(errno, call, context).message() + ": " + remedy);
        this.failure = new Failure(errno, call, context);
        this.ack = ExtendedAck.NONE;
    }

    @Override
    public final Failure failure() {
        return failure;
    }

    /** What the kernel said beside the errno; {@link ExtendedAck#NONE} when that is nothing. */
    public final ExtendedAck extendedAck() {
        return ack == null ? ExtendedAck.NONE : ack;
    }
}
