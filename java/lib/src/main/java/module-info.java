/**
 * The POSIX socket API for Java, with nothing in between.
 *
 * <p>{@link io.sockfd.raw} is libc as it is. It calls native code: start java with {@code
 * --enable-native-access=io.sockfd} (on the class path {@code ALL-UNNAMED}).
 */
@org.jspecify.annotations.NullMarked
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
    // jnr-ffi implements the interface of its backend from a class loader of its own
    exports io.sockfd.internal.jnr to
            org.jnrproject.ffi;
}
