package io.sockfd;

import io.sockfd.address.UnixAddress;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.lang.ref.Reference;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Tells the supervisor of this service how it does, as sd_notify(3) does: systemd, or another that sets {@code
 * NOTIFY_SOCKET}. Without one, every method does nothing and gives false, so that a program need not ask.
 *
 * <pre>{@code
 * try (Notify notify = Notify.open();
 *         Socket listener = Socket.tcp().bind(address).listen(64)) {
 *     notify.ready("accepting on " + listener.getLocalAddress());
 *     serve(listener);
 *     notify.stopping();
 * }
 * }</pre>
 *
 * <p>The variable is left as it is, and children inherit it. All methods may be called from any thread, and wait at most
 * until the supervisor's queue has room.
 *
 * @see <a href="https://www.freedesktop.org/software/systemd/man/latest/sd_notify.html">sd_notify(3)</a>
 */
public final class Notify implements AutoCloseable {
    private static final Libc LIBC = Libc.getOrRefusing();
    private static final int ROOM = 8 * 1024 * 1024; // as sd_notify: many descriptors and long states
    private static final long NANOS_PER_MICRO = 1000;
    private static final int CONTROL = 24; // a head, and padding

    private final @Nullable Socket socket;
    private final boolean watched;
    private final Duration watchdogInterval;

    private Notify(@Nullable Socket socket, @Nullable String watchdogUsec, @Nullable String watchdogPid)
            throws IOException {
        this.socket = socket;
        watched = socket != null
                && watchdogUsec != null
                && (watchdogPid == null
                        || watchdogPid.equals(
                                String.valueOf(ProcessHandle.current().pid())));
        watchdogInterval = watched ? micros(watchdogUsec) : Duration.ZERO;
    }

    /**
     * The supervisor that the environment names.
     *
     * @throws IOException when NOTIFY_SOCKET is no name of a UNIX socket, or when there is no supervisor behind it
     */
    public static Notify open() throws IOException {
        return open(System.getenv("NOTIFY_SOCKET"), System.getenv("WATCHDOG_USEC"), System.getenv("WATCHDOG_PID"));
    }

    /** With the variables' values; null for those that are not set. */
    static Notify open(@Nullable String name, @Nullable String watchdogUsec, @Nullable String watchdogPid)
            throws IOException {
        if (name == null || name.isEmpty()) {
            return new Notify(null, null, null);
        }
        UnixAddress address = address(name);
        Socket socket = Socket.unixDatagram();
        try {
            socket.setOption(StandardSocketOptions.SO_SNDBUF, ROOM); // at most net.core.wmem_max
            boolean unused = socket.connect(address);
            return new Notify(socket, watchdogUsec, watchdogPid);
        } catch (Throwable e) {
            socket.close();
            throw e;
        }
    }

    private static UnixAddress address(String name) throws IOException {
        if (name.startsWith("@") && name.length() > 1) {
            return UnixAddress.ofAbstract(name.substring(1));
        } else if (name.startsWith("/")) {
            return UnixAddress.ofPath(name);
        }
        throw new IOException("NOTIFY_SOCKET=" + name + ": it is an absolute path, or @ and an abstract name");
    }

    private static Duration micros(@Nullable String text) throws IOException {
        try {
            return Duration.ofNanos(Math.multiplyExact(Long.parseLong(String.valueOf(text)), NANOS_PER_MICRO));
        } catch (NumberFormatException | ArithmeticException e) {
            throw new IOException("WATCHDOG_USEC=" + text + " is no number of microseconds", e);
        }
    }

    // ---- states --------------------------------------------------------------------------------------------------

    /**
     * READY=1: the start is over, or a reload.
     *
     * @return whether there is a supervisor; so for all methods
     */
    public boolean ready() throws IOException {
        return send("READY=1");
    }

    /** READY=1 with a STATUS. */
    public boolean ready(String status) throws IOException {
        return send("READY=1\nSTATUS=" + line(status));
    }

    /** STATUS: one line for people. */
    public boolean status(String status) throws IOException {
        return send("STATUS=" + line(status));
    }

    /** RELOADING=1, with the time that systemd 253 wants; {@link #ready} tells the end of it. */
    public boolean reloading() throws IOException {
        ByteBuffer timespec = Memory.allocate(2 * Long.BYTES);
        try {
            Errors.check(
                    LIBC.syscall(Linux.SYS_clock_gettime, Linux.CLOCK_MONOTONIC, Memory.address(timespec), 0, 0, 0, 0),
                    "clock_gettime");
        } finally {
            Reference.reachabilityFence(timespec);
        }
        long micros = timespec.getLong(0) * 1_000_000 + timespec.getLong(Long.BYTES) / NANOS_PER_MICRO;
        return send("RELOADING=1\nMONOTONIC_USEC=" + micros);
    }

    /** STOPPING=1: the end has begun. */
    public boolean stopping() throws IOException {
        return send("STOPPING=1");
    }

    /** ERRNO: why the service failed. */
    public boolean failed(Errno errno) throws IOException {
        return send("ERRNO=" + errno.value());
    }

    /** MAINPID: another process is the service from now on. */
    public boolean mainPid(long pid) throws IOException {
        return send("MAINPID=" + pid);
    }

    /** EXTEND_TIMEOUT_USEC: start, stop or reload takes so much longer, from now. */
    public boolean extendTimeout(Duration time) throws IOException {
        return send("EXTEND_TIMEOUT_USEC=" + time.toNanos() / NANOS_PER_MICRO);
    }

    // ---- the watchdog --------------------------------------------------------------------------------------------

    /**
     * How often {@link #alive} must be called at least, of which half is good manners; zero when nobody asks for it
     * (WATCHDOG_USEC, and WATCHDOG_PID if it is set).
     */
    public Duration watchdogInterval() {
        return watchdogInterval;
    }

    /** WATCHDOG=1: the service is alive. Nothing is sent when nobody asked for it. */
    public boolean alive() throws IOException {
        return watched && send("WATCHDOG=1");
    }

    /** WATCHDOG=trigger: as if it was not. */
    public boolean triggerWatchdog() throws IOException {
        return send("WATCHDOG=trigger");
    }

    // ---- descriptors ---------------------------------------------------------------------------------------------

    /**
     * FDSTORE=1: the supervisor keeps duplicates of these, and passes them to the next start, where {@link Socket#listenFds}
     * has them. The unit needs {@code FileDescriptorStoreMax=}.
     *
     * @param name FDNAME: 1 to 255 printable ASCII characters without a colon
     * @param descriptors 1 to 253
     * @throws IllegalArgumentException for other names or numbers of descriptors
     */
    public boolean store(String name, Descriptor... descriptors) throws IOException {
        return send("FDSTORE=1\nFDNAME=" + name(name), descriptors);
    }

    /** FDSTOREREMOVE=1: it closes those that have this name. */
    public boolean removeStored(String name) throws IOException {
        return send("FDSTOREREMOVE=1\nFDNAME=" + name(name));
    }

    /**
     * BARRIER=1: waits until the supervisor has worked on all that was sent before. A program that ends at once may otherwise
     * be gone when the supervisor asks whose message it was.
     *
     * @param timeout how long at most
     * @throws SocketTimeoutException when it was over first
     */
    public boolean barrier(Duration timeout) throws IOException {
        if (socket == null) {
            return false;
        }
        ByteBuffer ends = Memory.allocate(2 * Integer.BYTES);
        try {
            Errors.check(LIBC.pipe2(Memory.address(ends), Linux.O_CLOEXEC), "pipe2");
        } finally {
            Reference.reachabilityFence(ends);
        }
        try (Descriptor mine = Descriptor.own(ends.getInt(0))) {
            try (Descriptor theirs = Descriptor.own(ends.getInt(Integer.BYTES))) {
                boolean unused = send("BARRIER=1", theirs);
            }
            if (mine.poll(0, timeout) == 0) { // POLLHUP comes unasked, when the last copy is closed
                throw new SocketTimeoutException("the supervisor did not close the barrier within " + timeout);
            }
            return true;
        }
    }

    // ---- any -----------------------------------------------------------------------------------------------------

    /**
     * Sends assignments, one a line, such as {@code X_MINE=1}.
     *
     * @param state NAME=VALUE lines
     * @param passed descriptors that go with it, none to 253; the supervisor gets duplicates
     */
    public boolean send(String state, Descriptor... passed) throws IOException {
        if (socket == null) {
            return false;
        }
        Message message = new Message(1, passed.length == 0 ? 0 : CONTROL + passed.length * Integer.BYTES);
        message.data(ByteBuffer.wrap(state.getBytes(StandardCharsets.UTF_8)));
        if (passed.length > 0) {
            message.outgoing().rights(passed);
        }
        long unused = socket.sendMessage(message, 0);
        return true;
    }

    private static String line(String text) {
        if (text.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a status is one line: " + text);
        }
        return text;
    }

    private static String name(String name) {
        if (name.isEmpty() || name.length() > 255 || !name.chars().allMatch(c -> c > ' ' && c < 127 && c != ':')) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" is no FDNAME: 1 to 255 printable ASCII characters, no colon");
        }
        return name;
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
        }
    }
}
