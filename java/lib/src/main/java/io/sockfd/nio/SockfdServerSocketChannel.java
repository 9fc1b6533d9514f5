package io.sockfd.nio;

import static io.sockfd.raw.Linux.POLLIN;

import io.sockfd.Domain;
import io.sockfd.Socket;
import io.sockfd.address.Sockaddr;
import io.sockfd.option.SocketOptions;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.SocketTimeoutException;
import java.nio.channels.AlreadyBoundException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.NotYetBoundException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A listener as a channel. One thread at a time accepts. */
final class SockfdServerSocketChannel extends ServerSocketChannel implements OwnChannel {
    private static final int STANDARD_BACKLOG = 50; // as the JDK has it

    private final Socket socket;
    private final ReentrantLock accepting = new ReentrantLock();
    private final Sockaddr peer = new Sockaddr(); // protected by accepting
    private final Object state = new Object();
    private volatile boolean listening;
    private volatile @Nullable SocketAddress local; // for the adaptor, once it is bound here
    private @Nullable ServerSocket adaptor; // protected by state

    @SuppressWarnings("this-escape") // the socket keeps a weak reference
    SockfdServerSocketChannel(SelectorProvider provider, Socket socket, boolean listening) {
        super(provider);
        this.socket = socket;
        this.listening = listening;
        Blocking.own(socket, this);
        Blocking.configure(socket, true);
    }

    /** For a new socket: as all server channels, it may be bound while connections of its predecessor die. */
    static SockfdServerSocketChannel open(SelectorProvider provider, Socket socket) throws IOException {
        try {
            if (Families.isInet(socket.domain())) {
                socket.setOption(SocketOptions.SO_REUSEADDR, true);
            }
            return new SockfdServerSocketChannel(provider, socket, false);
        } catch (Throwable e) {
            socket.close();
            throw e;
        }
    }

    @Override
    public Socket behind() {
        return socket;
    }

    @Override
    public void beginWait() {
        begin();
    }

    @Override
    public void endWait(boolean completed) throws AsynchronousCloseException {
        end(completed);
    }

    private void checkOpen() throws ClosedChannelException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
    }

    // ---- names and options -----------------------------------------------------------------------------------------

    @Override
    public ServerSocketChannel bind(@Nullable SocketAddress name, int backlog) throws IOException {
        synchronized (state) {
            checkOpen();
            if (listening) {
                throw new AlreadyBoundException();
            }
            bindTo(name, backlog);
            listening = true;
        }
        return this;
    }

    private void bindTo(@Nullable SocketAddress name, int backlog) throws IOException {
        try {
            if (socket.domain().equals(Domain.UNIX) && name == null) {
                TemporaryPaths.bind(socket);
            } else {
                socket.bind(name == null ? null : Names.checkServer(name, socket.domain()));
            }
            socket.listen(backlog < 1 ? STANDARD_BACKLOG : backlog);
            local = Names.local(socket, false);
        } catch (IOException e) {
            throw Failures.of(e);
        }
    }

    @Override
    public @Nullable SocketAddress getLocalAddress() throws IOException {
        checkOpen();
        return Names.local(socket, false);
    }

    @Override
    public <T> ServerSocketChannel setOption(SocketOption<T> name, T value) throws IOException {
        Options.set(this, socket, name, value);
        return this;
    }

    @Override
    public <T> T getOption(SocketOption<T> name) throws IOException {
        return Options.get(this, socket, name);
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return Options.supported(socket);
    }

    @Override
    public ServerSocket socket() {
        Options.checkInet(socket.domain());
        synchronized (state) {
            if (adaptor == null) {
                adaptor = new ServerSocketAdaptor(this);
            }
            return adaptor;
        }
    }

    boolean isListening() {
        return listening;
    }

    /** Null as long as it is not bound; of a closed channel what it was. */
    @Nullable
    SocketAddress local() {
        SocketAddress known = local;
        if (known == null && listening) {
            known = Adaptors.local(this); // the socket itself was bound
            local = known;
        }
        return known;
    }

    // ---- accept --------------------------------------------------------------------------------------------------

    @Override
    public @Nullable SocketChannel accept() throws IOException {
        return accept(0);
    }

    /**
     * For the adaptor, too.
     *
     * @param millis 0 for ever; a time is for a channel in blocking mode only
     */
    @Nullable
    SocketChannel accept(int millis) throws IOException {
        accepting.lock();
        try {
            if (millis > 0 && !isOpen()) {
                throw new AsynchronousCloseException(); // as the JDK has it
            }
            checkOpen();
            boolean blocking = isBlocking();
            if (!blocking && millis > 0) {
                throw new IllegalBlockingModeException();
            } else if (blocking) {
                Blocking.begin(this);
            }
            if (!listening) {
                throw new NotYetBoundException();
            }
            Socket accepted = acceptOne(blocking, millis);
            return accepted == null ? null : connected(accepted);
        } finally {
            accepting.unlock();
        }
    }

    private @Nullable Socket acceptOne(boolean blocking, int millis) throws IOException {
        try {
            Socket accepted = millis > 0 ? socket.accept(peer, Duration.ofMillis(millis)) : socket.accept(peer);
            while (accepted == null && blocking) { // the mode was changed meanwhile
                Blocking.await(socket, POLLIN);
                accepted = socket.accept(peer);
            }
            return accepted;
        } catch (SocketTimeoutException e) {
            throw Failures.timeout("Accept timed out", e);
        } catch (IOException e) {
            throw Failures.of(Blocking.failed(this, e));
        }
    }

    private SocketChannel connected(Socket accepted) throws IOException {
        try {
            return new SockfdSocketChannel(provider(), accepted, Names.remote(peer.decode()));
        } catch (Throwable e) {
            accepted.close();
            throw e;
        }
    }

    // ---- selection and end -----------------------------------------------------------------------------------------

    @Override
    public int eventsOf(int interestOps) {
        return (interestOps & SelectionKey.OP_ACCEPT) != 0 ? Linux.EPOLLIN : 0;
    }

    @Override
    public int readyOf(int events) {
        return (events & Linux.EPOLLIN) != 0 ? SelectionKey.OP_ACCEPT : 0;
    }

    @Override
    protected void implConfigureBlocking(boolean block) {
        Blocking.configure(socket, block);
    }

    @Override
    protected void implCloseSelectableChannel() throws IOException {
        socket.close();
        StandardInput.closed(socket);
    }

    @Override
    public String toString() {
        return "ServerSocketChannel[" + (listening ? "" : "unbound ") + socket + "]";
    }
}
