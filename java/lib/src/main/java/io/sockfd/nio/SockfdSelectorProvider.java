package io.sockfd.nio;

import io.sockfd.SocketType;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.channels.Channel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;
import org.jspecify.annotations.Nullable;

/**
 * Makes the JDK's channels over this library's sockets. Given by {@code
 * -Djava.nio.channels.spi.SelectorProvider=io.sockfd.nio.SockfdSelectorProvider} it makes all channels of the JVM, and says so
 * once by a line of the logger {@code io.sockfd.nio} at the level DEBUG, which {@code java.util.logging} calls FINE. Given as
 * an argument it makes those of one library.
 *
 * <p>The families are those of {@link StandardProtocolFamily}: INET, INET6 and UNIX, for datagrams, too. Without a family a
 * channel is of INET6 and takes IPv4 by mapped addresses, or of INET where the host has no IPv6 or {@code
 * -Djava.net.preferIPv4Stack=true} is set.
 */
public final class SockfdSelectorProvider extends SelectorProvider {
    /** Makes one, as the JDK does for its property; all are alike. */
    public SockfdSelectorProvider() {
        Announcement.make();
    }

    /** Once, by whoever uses one first. */
    private static final class Announcement {
        static {
            System.getLogger("io.sockfd.nio")
                    .log(Level.DEBUG, "channels are made by {0}", SockfdSelectorProvider.class.getName());
        }

        static void make() {}
    }

    @Override
    public AbstractSelector openSelector() throws IOException {
        return new SockfdSelector(this);
    }

    @Override
    public SocketChannel openSocketChannel() throws IOException {
        return new SockfdSocketChannel(this, Families.open(SocketType.STREAM));
    }

    /**
     * Opens a channel of a family.
     *
     * @throws UnsupportedOperationException when the host does not have it, or it is not INET, INET6 or UNIX
     */
    @Override
    public SocketChannel openSocketChannel(ProtocolFamily family) throws IOException {
        return new SockfdSocketChannel(this, Families.open(family, SocketType.STREAM));
    }

    @Override
    public ServerSocketChannel openServerSocketChannel() throws IOException {
        return SockfdServerSocketChannel.open(this, Families.open(SocketType.STREAM));
    }

    /**
     * Opens a channel of a family.
     *
     * @throws UnsupportedOperationException when the host does not have it, or it is not INET, INET6 or UNIX
     */
    @Override
    public ServerSocketChannel openServerSocketChannel(ProtocolFamily family) throws IOException {
        return SockfdServerSocketChannel.open(this, Families.open(family, SocketType.STREAM));
    }

    @Override
    public DatagramChannel openDatagramChannel() throws IOException {
        return SockfdDatagramChannel.open(this, Families.open(SocketType.DGRAM));
    }

    /**
     * Opens a channel of a family, UNIX among them, which the JDK does not have.
     *
     * @throws UnsupportedOperationException when the host does not have it, or it is not INET, INET6 or UNIX
     */
    @Override
    public DatagramChannel openDatagramChannel(ProtocolFamily family) throws IOException {
        return SockfdDatagramChannel.open(this, Families.open(family, SocketType.DGRAM));
    }

    /** A pipe of two UNIX sockets, so that its ends have all that sockets have. */
    @Override
    public Pipe openPipe() throws IOException {
        return SockfdPipe.open(this);
    }

    /**
     * The channel that whoever started this JVM gave it: on the descriptor 0, as inetd does and as the JDK's provider has it;
     * where that is no socket, the first of systemd's {@code LISTEN_FDS} that is one. Each call gives the same.
     *
     * @return null when there is none
     */
    @Override
    public @Nullable Channel inheritedChannel() throws IOException {
        return Inherited.channel(this);
    }
}
