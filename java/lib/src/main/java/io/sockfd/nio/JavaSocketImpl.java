package io.sockfd.nio;

import static io.sockfd.raw.Linux.MSG_OOB;
import static io.sockfd.raw.Linux.SHUT_RD;
import static io.sockfd.raw.Linux.SHUT_WR;

import io.sockfd.Domain;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketOption;
import java.net.SocketTimeoutException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What java.net.Socket and ServerSocket stand on: they keep the states and their exceptions, this moves the bytes. {@link
 * JavaSocket} shows it addresses of the Internet only, because java.net.Socket takes no others.
 */
final class JavaSocketImpl extends SocketImpl {
    /** Null for the standard one of the Internet. */
    private final @Nullable Domain domain;

    private volatile @Nullable Socket socket;
    private volatile @Nullable SocketAddress target;
    private volatile boolean connected;
    private volatile boolean inputClosed;

    /** Sockets of a domain; null for TCP as the JDK has it. They go to the target, if there is one, whatever they are told. */
    JavaSocketImpl(@Nullable Domain domain, @Nullable SocketAddress target) {
        this.domain = domain;
        this.target = target;
    }

    /** Over a socket that is there already. */
    JavaSocketImpl(Socket socket, boolean connected) {
        this(socket.domain(), null);
        this.socket = socket;
        this.connected = connected;
    }

    /** What is behind it. */
    Socket behind() throws SocketException {
        Socket behind = socket;
        if (behind == null) {
            throw new SocketException("Socket closed");
        }
        return behind;
    }

    boolean isInet() {
        return domain == null || Families.isInet(domain);
    }

    /** Where to go, for an address that java.net.Socket does not know. */
    void target(SocketAddress address) {
        target = address;
    }

    @Nullable
    SocketAddress target() {
        return target;
    }

    /** The family's own name of one end, or what is shown in its place when there is none any more. */
    SocketAddress name(boolean peer, SocketAddress shown) {
        try {
            Socket behind = behind();
            return Names.remote(peer ? behind.getRemoteAddress() : behind.getLocalAddress());
        } catch (IOException e) {
            return shown;
        }
    }

    // ---- life ----------------------------------------------------------------------------------------------------

    @Override
    protected void create(boolean stream) throws IOException {
        if (socket == null) {
            socket = domain == null ? Families.open(SocketType.STREAM) : Socket.open(domain, SocketType.STREAM);
        }
    }

    @Override
    protected void connect(String host, int port) throws IOException {
        connect(new InetSocketAddress(host, port), 0);
    }

    @Override
    protected void connect(InetAddress address, int port) throws IOException {
        connect(new InetSocketAddress(address, port), 0);
    }

    @Override
    protected void connect(SocketAddress stated, int timeout) throws IOException {
        InetSocketAddress inet = (InetSocketAddress) stated;
        SocketAddress to = target;
        try {
            if (to == null && inet.isUnresolved()) {
                throw new java.net.UnknownHostException(inet.getHostName());
            }
            if (!connected) {
                Socket behind = behind();
                behind.sendTimeout(JavaSocketOptions.patience(timeout));
                boolean ignored = behind.connect(to == null ? Names.checkPeer(inet, behind.domain()) : to);
                behind.sendTimeout(Socket.BLOCKING);
                connected = true;
            }
            remember(inet);
        } catch (SocketTimeoutException e) {
            close();
            throw Failures.timeout("Connect timed out", e);
        } catch (IOException e) {
            close();
            throw Failures.ofSocket(e);
        }
    }

    private void remember(InetSocketAddress stated) throws IOException {
        address = stated.getAddress();
        port = stated.getPort();
        localport = localPort();
    }

    private int localPort() throws IOException {
        return behind().getLocalAddress() instanceof InetSocketAddress local ? local.getPort() : 0;
    }

    @Override
    protected void bind(InetAddress host, int port) throws IOException {
        SocketAddress name = target;
        try {
            if (name == null && isInet()) {
                name = new InetSocketAddress(host, port);
            }
            Socket ignored = behind().bind(name);
            localport = localPort();
        } catch (IOException e) {
            throw Failures.ofSocket(e);
        }
    }

    @Override
    protected void listen(int backlog) throws IOException {
        Socket ignored = behind().listen(backlog);
    }

    @Override
    protected void accept(SocketImpl accepted) throws IOException {
        JavaSocketImpl impl = (JavaSocketImpl) accepted;
        try {
            Socket connection = behind().accept();
            if (connection == null) {
                throw new SocketTimeoutException();
            }
            impl.socket = connection;
            impl.connected = true;
            impl.remember(
                    isInet() && connection.getRemoteAddress() instanceof InetSocketAddress peer
                            ? peer
                            : new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (SocketTimeoutException e) {
            throw Failures.timeout("Accept timed out", e);
        } catch (IOException e) {
            throw Failures.ofSocket(e);
        }
    }

    @Override
    protected void close() throws IOException {
        Socket behind = socket;
        if (behind != null) {
            behind.close();
        }
    }

    @Override
    protected void shutdownInput() throws IOException {
        shutdown(SHUT_RD);
        inputClosed = true;
    }

    @Override
    protected void shutdownOutput() throws IOException {
        shutdown(SHUT_WR);
    }

    private void shutdown(int how) throws IOException {
        try {
            Socket ignored = behind().shutdown(how);
        } catch (IOException e) {
            if (!Failures.is(e, Linux.ENOTCONN)) { // the peer has reset it
                throw Failures.ofSocket(e);
            }
        }
    }

    // ---- bytes ---------------------------------------------------------------------------------------------------

    @Override
    protected InputStream getInputStream() throws IOException {
        return new JavaSocketInput(this);
    }

    @Override
    protected OutputStream getOutputStream() throws IOException {
        return new JavaSocketOutput(behind());
    }

    boolean isInputClosed() {
        return inputClosed;
    }

    @Override
    protected int available() throws IOException {
        if (inputClosed) {
            return 0;
        }
        try {
            return Unread.bytes(behind());
        } catch (IOException e) {
            throw Failures.ofSocket(e);
        }
    }

    @Override
    protected boolean supportsUrgentData() {
        return true;
    }

    @Override
    protected void sendUrgentData(int data) throws IOException {
        try {
            int ignored = behind().send(new byte[] {(byte) data}, 0, 1, MSG_OOB);
        } catch (IOException e) {
            throw Failures.ofSocket(e);
        }
    }

    // ---- options -------------------------------------------------------------------------------------------------

    @Override
    public void setOption(int id, Object value) throws SocketException {
        try {
            JavaSocketOptions.set(behind(), id, value);
        } catch (IOException e) {
            throw JavaSocketOptions.socketException(e);
        }
    }

    @Override
    public Object getOption(int id) throws SocketException {
        try {
            return JavaSocketOptions.get(behind(), id);
        } catch (IOException e) {
            throw JavaSocketOptions.socketException(e);
        }
    }

    @Override
    protected <T> void setOption(SocketOption<T> name, T value) throws IOException {
        try {
            Socket ignored = behind().setOption(name, value);
        } catch (IOException e) {
            throw Failures.ofSocket(e);
        }
    }

    @Override
    protected <T> T getOption(SocketOption<T> name) throws IOException {
        try {
            return behind().getOption(name);
        } catch (IOException e) {
            throw Failures.ofSocket(e);
        }
    }

    @Override
    protected Set<SocketOption<?>> supportedOptions() {
        Socket behind = socket;
        return behind == null ? Set.of() : Options.supported(behind);
    }
}
