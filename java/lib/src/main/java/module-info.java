/**
 * The POSIX socket API for Java, with nothing in between.
 *
 * <p><b>Where to begin.</b>
 *
 * <table>
 * <caption>What for, and the class to begin with</caption>
 * <tr><td>a connection, a listener, datagrams, any family</td><td>{@link io.sockfd.Socket}</td></tr>
 * <tr><td>addresses</td><td>{@code java.net.InetSocketAddress}, {@link io.sockfd.address.Addresses}; {@link io.sockfd.address.Sockaddr}
 *     for hot paths</td></tr>
 * <tr><td>options</td><td>{@link io.sockfd.option.SocketOptions}, {@link io.sockfd.option.TcpOptions} and their neighbours;
 *     {@link io.sockfd.Option} for one of your own</td></tr>
 * <tr><td>ancillary data, several buffers, many messages at once</td><td>{@link io.sockfd.Message}, {@link
 *     io.sockfd.MessageBatch}</td></tr>
 * <tr><td>many sockets on one thread</td><td>{@link io.sockfd.event.EventLoop}; {@link io.sockfd.event.Epoll} beneath it; {@link
 *     io.sockfd.uring.Ring} for io_uring</td></tr>
 * <tr><td>timers, signals, counters, processes as descriptors</td><td>{@link io.sockfd.event.TimerFd}, {@link
 *     io.sockfd.event.SignalFd}, {@link io.sockfd.event.EventFd}, {@link io.sockfd.PidFd}</td></tr>
 * <tr><td>a program on {@code java.nio} or {@code java.net}, unchanged</td><td>{@link io.sockfd.nio.SockfdSelectorProvider}, {@link
 *     io.sockfd.nio.JavaSockets}</td></tr>
 * <tr><td>packets: capture, filter, read, build</td><td>{@link io.sockfd.capture.PacketSocket}, {@link
 *     io.sockfd.bpf.FilterExpression}, {@link io.sockfd.packet.Packet}, {@link io.sockfd.packet.PacketBuilder}; {@link
 *     io.sockfd.xdp.XdpSocket} past the network stack</td></tr>
 * <tr><td>interfaces, routes, the sockets of the system</td><td>{@link io.sockfd.netlink.RtNetlink}, {@link
 *     io.sockfd.netlink.SocketDiag}, {@link io.sockfd.netns.NetworkNamespace}</td></tr>
 * <tr><td>errors</td><td>{@link io.sockfd.Errors}</td></tr>
 * <tr><td>C, as it is</td><td>{@link io.sockfd.raw.Libc}, {@link io.sockfd.raw.Memory}</td></tr>
 * </table>
 *
 * <p><b>The layers.</b> Each uses those beneath it, and none above.
 *
 * <pre>
 *   nio                                 channels and java.net sockets, for programs that know nothing of this library
 *   xdp  uring                          frames past the network stack; io_uring
 *   capture  bpf  netlink  netns  ebpf  frames, filters, the kernel's tables, namespaces
 *   event                               Epoll, EventLoop, and the descriptors to wait for
 *     |
 *   io.sockfd  option  packet           Socket, Message, Option: owned descriptors, exceptions
 *     |
 *   address                             addresses of every family
 *     |
 *   raw  raw.struct                     libc under C's names: a value or -errno, never an exception
 *     |
 *   FFM, jnr-ffi or JNI                 the ways into C: Java 22 and later, Java 17 and later
 * </pre>
 *
 * <p>It calls native code: start java with {@code --enable-native-access=io.sockfd} (on the class path {@code ALL-UNNAMED}).
 *
 * @since 0.1
 */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("module") // the artifact for memory segments is built after this one
module io.sockfd {
    // not transitive: whoever requires this module need not have it
    requires static org.jspecify;
    requires static org.jnrproject.ffi;
    requires static org.jnrproject.jffi;
    // only for the value of its option SO_PEERCRED
    requires static jdk.net;
    // where the counters are shown by JMX
    requires static java.management;
    // events for the flight recorder, where it runs
    requires static jdk.jfr;

    uses io.sockfd.OptionTable;

    provides io.sockfd.OptionTable with
            io.sockfd.option.AllOptions;

    exports io.sockfd;
    exports io.sockfd.event;
    exports io.sockfd.nio;
    exports io.sockfd.option;
    exports io.sockfd.bpf;
    exports io.sockfd.address;
    exports io.sockfd.packet;
    exports io.sockfd.capture;
    exports io.sockfd.netlink;
    exports io.sockfd.netns;
    exports io.sockfd.uring;
    exports io.sockfd.ebpf;
    exports io.sockfd.xdp;
    exports io.sockfd.raw;
    exports io.sockfd.raw.struct;
    // what the artifact for memory segments has to have beside the public API: how a message is laid out, and how a
    // call waits
    exports io.sockfd.internal.memory to
            io.sockfd.segments;
    exports io.sockfd.internal.wait to
            io.sockfd.segments;
    // jnr-ffi implements the interface of its backend from a class loader of its own
    exports io.sockfd.internal.jnr to
            org.jnrproject.ffi;
}
