package io.sockfd.benchmarks;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who takes part. Some have a copy of the library of their own, so that its backend is a constant to the JIT. */
public enum Who {
    C("C", "the same calls in a C loop, entered once a slice"),
    C_URING("C io_uring", "a C program with the same operations in an io_uring"),
    PLAIN_JAVA("java -cp", "a command's jar by java, without the launcher"),
    SOCKFD("sockfd", "the public API on the backend that this JDK gets", ""),
    SOCKFD_EPOLL("sockfd epoll", "the public API, waiting with Epoll", ""),
    SOCKFD_URING("sockfd io_uring", "the public API, an event loop on io_uring", ""),
    OTHER("other sockfd", "the public API of the jar that --jar names", ""),
    NO_ARCHIVE("sockfd, no archive", "the launcher without its archive of classes", ""),
    FFM("raw ffm", "io.sockfd.raw.Libc through java.lang.foreign", "ffm"),
    JNI("raw jni", "io.sockfd.raw.Libc through JNI", "jni"),
    JNR("raw jnr", "io.sockfd.raw.Libc through jnr-ffi", "jnr"),
    ORIGINAL("original", "the program whose options a command takes"),
    NIO("java.nio", "the JDK's blocking channels"),
    NIO_NONBLOCKING("java.nio non-blocking", "the JDK's channels after configureBlocking(false)"),
    JAVA_NET("java.net", "Socket, ServerSocket, DatagramSocket"),
    NETTY("netty", "netty's epoll transport, its socket without event loop and pipeline"),
    NETTY_PIPELINE("netty pipeline", "netty's epoll transport as it is meant to be used"),
    NETTY_URING("netty io_uring", "netty's io_uring transport as it is meant to be used"),
    JUNIXSOCKET("junixsocket", "junixsocket's channels"),
    JUNIXSOCKET_STREAMS("junixsocket streams", "junixsocket's streams"),
    JNR_UNIXSOCKET("jnr-unixsocket", "jnr-unixsocket's channels");

    private final String title;
    private final String meaning;
    private final @Nullable String backend;

    Who(String title, String meaning) {
        this(title, meaning, null);
    }

    Who(String title, String meaning, @Nullable String backend) {
        this.title = title;
        this.meaning = meaning;
        this.backend = backend;
    }

    /** As in a table's head. */
    public String title() {
        return title;
    }

    /** What is behind it, in a few words. */
    public String meaning() {
        return meaning;
    }

    /** The backend of its copy of the library, empty for the default one; null for those who need none. */
    public @Nullable String backend() {
        return backend;
    }

    /** Whether it is this project's own, and not a peer. */
    public boolean ours() {
        return backend != null;
    }

    /** As on the command line, {@code nio-nonblocking}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The one with this {@link #id}. */
    public static Who of(String id) {
        return Arrays.stream(values())
                .filter(who -> who.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("nobody is called " + id));
    }
}
