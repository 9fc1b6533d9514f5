package io.sockfd.uring;

import io.sockfd.ErrnoException;
import io.sockfd.Option;
import io.sockfd.Socket;
import io.sockfd.internal.memory.OptionCall;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.IoUringSqe;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * Gets or sets an option of a socket, in the order in which operations are started and with their system call: to set many, on
 * many sockets. {@link #result} is 0 or -errno.
 *
 * <pre>{@code
 * OptionOperation<Boolean> noDelay = ring.option(socket, TcpOptions.TCP_NODELAY);
 * noDelay.startSet(true);
 * }</pre>
 *
 * <p>The kernel has it for options of one int since Linux 6.7, to be read only those of SOL_SOCKET. Where it has not, the ring's
 * thread makes the system call when the completion is taken by {@link Ring#next}.
 *
 * @param <T> the Java type
 * @see <a href="https://man7.org/linux/man-pages/man3/io_uring_prep_cmd.3.html">io_uring_prep_cmd(3)</a>
 */
public final class OptionOperation<T> extends Operation {
    private final Socket socket;
    private final Option<T> option;
    private final OptionCall checks;
    private final boolean simple;
    private final ByteBuffer memory = Memory.allocate(Integer.BYTES);
    private boolean sets;
    private @Nullable T value;

    OptionOperation(Core core, Socket socket, Option<T> option) {
        super(core, socket);
        this.socket = socket;
        this.option = option;
        checks = OptionCall.of(option);
        simple = checks.isSimple();
    }

    /**
     * Hands it to the kernel, with the next {@link Ring#await}; {@link #value} then is the option's.
     *
     * @throws UnsupportedOperationException when it can only be set, or is no option of a socket
     * @throws IllegalStateException when it is in flight
     * @throws ClosedChannelException when the ring or the socket is closed
     */
    public void startGet() throws IOException {
        checkIdle();
        checks.checkGet();
        sets = false;
        value = null;
        memory.putInt(0, 0);
        begin();
    }

    /**
     * Hands it to the kernel, with the next {@link Ring#await}.
     *
     * @throws IllegalArgumentException when it is none of the option's values
     * @throws UnsupportedOperationException when it can only be read, or is no option of a socket
     * @throws IllegalStateException when it is in flight
     * @throws ClosedChannelException when the ring or the socket is closed
     */
    public void startSet(T newValue) throws IOException {
        checkIdle();
        checks.checkSet(newValue);
        if (simple) {
            int ignored = option.codec().encode(newValue, memory.clear());
        }
        sets = true;
        value = newValue;
        begin();
    }

    /**
     * What the last completion brought, or what was set.
     *
     * @throws IOException with the errno, when it failed
     * @throws IllegalStateException when it is in flight, or was not started
     */
    public T value() throws IOException {
        core.checkThread();
        int ignored = check();
        T known = value;
        if (known == null || isActive()) {
            throw new IllegalStateException(this + " has no value: start it, and wait for its completion");
        }
        return known;
    }

    @Override
    String name() {
        return sets ? "setsockopt" : "getsockopt";
    }

    @Override
    void write(ByteBuffer sqes, int at, int fd, long token) {
        if (!simple) { // the call is made when its turn has come
            Submission.write(sqes, at, Linux.IORING_OP_NOP, 0, 0, -1, 0, 0, 0, 0, token, 0);
            return;
        }
        int command = sets ? Linux.SOCKET_URING_OP_SETSOCKOPT : Linux.SOCKET_URING_OP_GETSOCKOPT;
        Submission.write(sqes, at, Linux.IORING_OP_URING_CMD, 0, 0, fd, 0, 0, 0, 0, token, 0);
        IoUringSqe.cmd_op(sqes, at, command);
        IoUringSqe.file_index(sqes, at, Integer.BYTES); // optlen; level and optname share the address's place
        sqes.putInt(at + IoUringSqe.ADDR, option.level());
        sqes.putInt(at + IoUringSqe.ADDR + Integer.BYTES, option.optname());
        IoUringSqe.addr3(sqes, at, Memory.address(memory));
    }

    @Override
    void completed(int result, int flags, boolean done) {
        if ((!simple && result == 0) || result == -Linux.EOPNOTSUPP) {
            result(call());
        } else if (result >= 0) {
            if (!sets) {
                value = option.codec().decode(memory.clear(), Math.min(result, Integer.BYTES));
            }
            result(0);
        }
    }

    /** A completion that nobody sees makes no call. */
    @Override
    void discarded(int result, int flags, boolean done) {}

    private int call() {
        try {
            T wanted = value;
            if (!sets) {
                value = socket.getOption(option);
            } else if (wanted != null) {
                socket.setOption(option, wanted);
            }
            return 0;
        } catch (ErrnoException e) {
            return -e.errno().value();
        } catch (IOException e) { // closed meanwhile
            return -Linux.ECANCELED;
        }
    }
}
