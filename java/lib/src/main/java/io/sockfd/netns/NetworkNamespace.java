package io.sockfd.netns;

import io.sockfd.Descriptor;
import io.sockfd.ErrnoException;
import io.sockfd.Errors;
import io.sockfd.Socket;
import io.sockfd.address.Interfaces;
import io.sockfd.netlink.RtNetlink;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A network namespace: interfaces, addresses, routes, ports and firewall rules of its own. This object holds it by a
 * descriptor; a namespace without a name ends when no descriptor, socket or process is left in it.
 *
 * <pre>{@code
 * try (NetworkNamespace ns = NetworkNamespace.create().loopbackUp();
 *         Socket server = ns.call(() -> Socket.tcp().bind(new InetSocketAddress("127.0.0.1", 80)).listen(16));
 *         RtNetlink rt = ns.call(RtNetlink::open)) {
 *     rt.create(NewLink.dummy("dummy0").up());
 *     Socket accepted = server.accept(); // on any thread: the socket is in ns, the thread is not
 * }
 * }</pre>
 *
 * <p>What a namespace changes is what is <em>opened</em> in it: a socket belongs to the namespace of the thread that calls
 * socket(2), and stays there. So {@link #call} runs its body on a platform thread that is made for it, enters the
 * namespace, leaves it again and ends. The caller waits, a virtual thread parked; its carrier never changes its namespace.
 * In the body:
 *
 * <ul>
 *   <li>Open what is needed and return it. What blocks blocks the body's thread.
 *   <li>The thread is another one than the caller's: it holds none of its locks and has none of its thread locals but the
 *       inheritable ones.
 *   <li>A platform thread that the body starts is in the namespace and keeps it, and so is a child process: {@code
 *       new ProcessBuilder("ip", "address").inheritIO().start()} is {@code ip netns exec}, without the change of
 *       /sys; the JDK's thread that waits for the child begins there too, and ends a minute after it. A virtual thread that it starts is in whatever namespace its carrier is: none must be started there to
 *       open sockets. If it wakes or starts virtual threads and the JDK makes carriers for them, those begin in the
 *       namespace; they are brought back when the body is over.
 *   <li>Interface names, in an address such as {@code fe80::1%eth0} too, mean those of the namespace. What the JDK
 *       remembers ({@link java.net.InetAddress}, its cache of host names) it remembers for the whole process.
 * </ul>
 *
 * <p>Making and entering one needs CAP_SYS_ADMIN, {@link #current} and {@link #of(Path)} need nothing but the right to open
 * the file. All methods may be called from any thread. {@link #close} gives the descriptor back; who is inside stays there
 * until the body ends, and what was opened goes on.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/network_namespaces.7.html">network_namespaces(7)</a>
 * @see <a href="https://man7.org/linux/man-pages/man2/setns.2.html">setns(2)</a>
 */
public final class NetworkNamespace extends Descriptor {
    private static final Path NAMED = Path.of("/run/netns");
    private static final int LOOPBACK = 1; // its index in each namespace
    private static final Libc LIBC = Libc.getOrRefusing();

    private NetworkNamespace(int fd) {
        super(fd, true);
    }

    /** What runs in a namespace and gives something. */
    @FunctionalInterface
    public interface Body<T extends @Nullable Object, X extends Exception> {
        /** Runs on a thread that is in the namespace. */
        T call() throws X;
    }

    /** What runs in a namespace. */
    @FunctionalInterface
    public interface Action<X extends Exception> {
        /** Runs on a thread that is in the namespace. */
        void run() throws X;
    }

    // ---- which one -----------------------------------------------------------------------------------------------

    /**
     * The namespace that a file is: {@code /proc/PID/ns/net}, or one that it was mounted on.
     *
     * @param path of the default file system
     * @throws ErrnoException ENOENT, EACCES; EINVAL when the file is no network namespace
     */
    public static NetworkNamespace of(Path path) throws IOException {
        return checked(Descriptor.open(path, Linux.O_RDONLY | Linux.O_NONBLOCK), path);
    }

    /**
     * The namespace that {@code ip netns add NAME} made: {@code /run/netns/NAME}.
     *
     * @param name as {@code ip netns} lists it
     * @throws ErrnoException ENOENT when there is none of this name, in whose message are those that there are; EINVAL when
     *     it is but a file
     * @throws IllegalArgumentException when it cannot be a name
     */
    public static NetworkNamespace named(String name) throws IOException {
        if (name.isEmpty()
                || name.equals(".")
                || name.equals("..")
                || name.indexOf('/') >= 0
                || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" is no name of a network namespace; of a file there is NetworkNamespace.of(Path)");
        }
        Path path = NAMED.resolve(name);
        if (!Files.exists(path)) {
            throw Errors.exception(-Linux.ENOENT, "open", path + ": " + known());
        }
        return of(path);
    }

    /** What {@code ip netns list} shows, in alphabetical order; none where nobody made one. */
    public static List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        if (Files.isDirectory(NAMED)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(NAMED)) {
                files.forEach(file -> names.add(file.getFileName().toString()));
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
        Collections.sort(names);
        return names;
    }

    private static String known() throws IOException {
        List<String> names = names();
        return names.isEmpty() ? "there is no named one (ip netns add NAME)" : "there are " + String.join(", ", names);
    }

    /**
     * The namespace of a process, as its first thread is in it now.
     *
     * @param pid its number in this process's PID namespace
     * @throws ErrnoException ENOENT when there is no such process; EACCES when this process may not trace that one
     *     (another user's, without CAP_SYS_PTRACE)
     * @throws IllegalArgumentException when the number cannot be a process's
     */
    public static NetworkNamespace ofProcess(long pid) throws IOException {
        if (pid < 1 || pid > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("not a process: " + pid);
        }
        return of(Path.of("/proc/" + pid + "/ns/net"));
    }

    /**
     * The namespace in which a socket was opened, whatever thread uses it.
     *
     * @throws ErrnoException EPERM without CAP_NET_ADMIN there; ENOTTY for a socket that has none, before Linux 4.9
     */
    public static NetworkNamespace of(Socket socket) throws IOException {
        return new NetworkNamespace(
                (int) socket.call("ioctl", fd -> LIBC.ioctl(fd, Linux.SIOCGSKNS, 0))); // close-on-exec
    }

    /**
     * The namespace of the calling thread: in a body that of the body, else most often the process's.
     *
     * @throws ErrnoException ENOENT where /proc is not mounted
     */
    public static NetworkNamespace current() throws IOException {
        return of(Visit.OWN);
    }

    /**
     * Makes a namespace without a name. It has one interface, {@code lo}, which is down, see {@link #loopbackUp}.
     *
     * @throws ErrnoException EPERM without CAP_SYS_ADMIN; ENOSPC when there are too many
     *     (/proc/sys/user/max_net_namespaces)
     */
    public static NetworkNamespace create() throws IOException {
        return Visit.away(() -> {
            Errors.check(LIBC.unshare(Linux.CLONE_NEWNET), "unshare", "CLONE_NEWNET");
            return current();
        });
    }

    private static NetworkNamespace checked(Descriptor opened, Path path) throws IOException {
        try (opened) {
            int type;
            try (Hold hold = opened.hold()) {
                type = LIBC.ioctl(hold.fd(), Linux.NS_GET_NSTYPE, 0);
            }
            if (type == Linux.CLONE_NEWNET) {
                return new NetworkNamespace(opened.release());
            }
            throw Errors.exception(
                    -Linux.EINVAL,
                    "setns",
                    path
                            + (type < 0
                                    ? ": this file is no namespace; a name of which the mount is gone is removed by ip netns delete"
                                    : ": this is a namespace, but not of the network"));
        }
    }

    // ---- inside --------------------------------------------------------------------------------------------------

    /**
     * Runs something in this namespace and gives what it gives, see above. An interrupt of the caller is passed on to the
     * body's thread and kept: this method comes back when the body is over.
     *
     * @return what the body gave
     * @throws X what the body threw, as it is
     * @throws ErrnoException EPERM without CAP_SYS_ADMIN in the namespace
     * @throws java.nio.channels.ClosedChannelException after {@link #close}
     */
    public <T extends @Nullable Object, X extends Exception> T call(Body<T, X> body) throws X, IOException {
        try (Hold hold = hold()) {
            return Visit.away(() -> {
                Errors.check(LIBC.setns(hold.fd(), Linux.CLONE_NEWNET), "setns", this);
                return body.call();
            });
        }
    }

    /**
     * As {@link #call} of what gives nothing.
     *
     * @throws X what the body threw, as it is
     */
    public <X extends Exception> void run(Action<X> body) throws X, IOException {
        boolean unused = this.<Boolean, X>call(() -> {
            body.run();
            return true;
        });
    }

    /** Whether it is the same namespace as another descriptor's. */
    public boolean isSame(NetworkNamespace other) throws IOException {
        return id() == other.id();
    }

    /** What tells namespaces apart as long as they live: the number that {@code readlink /proc/PID/ns/net} shows. */
    public long id() throws IOException {
        try (Hold hold = hold()) {
            return (long) Files.getAttribute(Path.of("/proc/self/fd/" + hold.fd()), "unix:ino");
        }
    }

    // ---- interfaces ----------------------------------------------------------------------------------------------

    /**
     * The index of an interface in this namespace.
     *
     * @throws SocketException when there is no such interface here
     */
    public int index(String interfaceName) throws IOException {
        return call(() -> Interfaces.index(interfaceName));
    }

    /**
     * The name of an interface in this namespace.
     *
     * @throws SocketException when no interface has this index here
     */
    public String name(int index) throws IOException {
        return call(() -> Interfaces.name(index));
    }

    /**
     * Switches the loopback interface on, which is down in a new namespace.
     *
     * @return this namespace
     */
    public NetworkNamespace loopbackUp() throws IOException {
        try (RtNetlink rt = call(RtNetlink::open)) {
            rt.setUp(LOOPBACK);
        }
        return this;
    }

    /**
     * Moves an interface from the calling thread's namespace into this one, where it is down and without addresses.
     * {@link RtNetlink#setNetns} does it from any other.
     *
     * @return its index here
     * @throws io.sockfd.netlink.NetlinkException ENODEV when there is no such interface; EINVAL for one that cannot leave,
     *     such as {@code lo}; EEXIST when its name is taken here; EPERM without CAP_NET_ADMIN in both
     */
    public int take(String interfaceName) throws IOException {
        try (RtNetlink rt = RtNetlink.open()) {
            rt.setNetns(rt.link(interfaceName).index(), this);
        }
        return index(interfaceName);
    }
}
