package io.sockfd.cli.contract;

import io.sockfd.raw.Arch;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The typed memory of the language, byte by byte at the offsets of 64-bit Linux: on purpose without the flyweights, so
 * that a mistake there cannot hide here.
 */
final class Builders {
    /** struct epoll_event is packed on x86_64 alone. */
    static final int EVENT_SIZE = Arch.current().equals("x86_64") ? 12 : 16;

    static final int EVENT_DATA = EVENT_SIZE - Long.BYTES;

    private static final int MSGHDR = 56;
    private static final int MMSGHDR = 64;
    private static final int CMSGHDR = 16;
    private static final int POLLFD = 8;
    private static final int SIGSET = 128;
    private static final int IFREQ = 40;
    private static final int ADDRINFO = 48;

    private Builders() {}

    /** A C string. */
    static ByteBuffer text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Memory.allocate(bytes.length + 1).put(0, bytes);
    }

    static ByteBuffer build(Scope scope, String name, List<Expr> arguments) {
        if (!arguments.isEmpty() && arguments.get(0) instanceof Expr.Text first) {
            ByteBuffer named = named(name, first.text(), scope, arguments);
            if (named != null) {
                return named;
            }
        }
        long[] values =
                arguments.stream().mapToLong(argument -> argument.value(scope)).toArray();
        return switch (name) {
            case "mem" -> Memory.allocate((int) values[0]);
            case "fill" -> fill((byte) values[0], (int) values[1]);
            case "int" -> ints(Memory.allocate(values.length * Integer.BYTES), 0, values);
            case "long", "timespec", "timeval", "itimerspec" -> longs(values);
            case "sockaddr" -> Memory.allocate((int) values[1]).putShort(0, (short) values[0]);
            case "iov" -> longs(values);
            case "msg" -> msg(values);
            case "mmsg" -> mmsg(values);
            case "cmsg" -> cmsg(values);
            case "pollfd" -> pollfd(values);
            case "event" ->
                Memory.allocate(EVENT_SIZE).putInt(0, (int) values[0]).putLong(EVENT_DATA, values[1]);
            case "events" -> Memory.allocate((int) values[0] * EVENT_SIZE);
            case "sigset" -> sigset(values);
            case "addrinfo" -> ints(Memory.allocate(ADDRINFO), 0, values);
            default -> throw new IllegalArgumentException("no such builder: " + name);
        };
    }

    private static @Nullable ByteBuffer named(String name, String text, Scope scope, List<Expr> arguments) {
        return switch (name) {
            case "in" -> inet(text, (short) arguments.get(1).value(scope));
            case "in6" -> inet6(text, (short) arguments.get(1).value(scope));
            case "un" -> unix(text + '\0');
            case "abstract" -> unix("\0sockfd-" + ProcessHandle.current().pid() + '-' + text);
            case "ifreq" -> Memory.allocate(IFREQ).put(0, text.getBytes(StandardCharsets.UTF_8));
            default -> null;
        };
    }

    private static ByteBuffer fill(byte with, int size) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, with);
        return Memory.allocate(size).put(0, bytes);
    }

    private static ByteBuffer ints(ByteBuffer into, int offset, long... values) {
        for (int i = 0; i < values.length; i++) {
            into.putInt(offset + i * Integer.BYTES, (int) values[i]);
        }
        return into;
    }

    private static ByteBuffer longs(long... values) {
        ByteBuffer memory = Memory.allocate(values.length * Long.BYTES);
        for (int i = 0; i < values.length; i++) {
            memory.putLong(i * Long.BYTES, values[i]);
        }
        return memory;
    }

    private static ByteBuffer inet(String address, short port) {
        ByteBuffer in = Memory.allocate(16).putShort(0, (short) Linux.AF_INET).put(4, numeric(address));
        return networkShort(in, 2, port);
    }

    private static ByteBuffer inet6(String address, short port) {
        ByteBuffer in6 = Memory.allocate(28).putShort(0, (short) Linux.AF_INET6).put(8, numeric(address));
        return networkShort(in6, 2, port);
    }

    private static byte[] numeric(String address) {
        try {
            return InetAddress.getByName(address).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static ByteBuffer networkShort(ByteBuffer memory, int offset, short value) {
        return memory.order(ByteOrder.BIG_ENDIAN).putShort(offset, value).order(ByteOrder.nativeOrder());
    }

    private static ByteBuffer unix(String path) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        return Memory.allocate(2 + bytes.length)
                .putShort(0, (short) Linux.AF_UNIX)
                .put(2, bytes);
    }

    /** iov, iovlen [, control, controllen [, name, namelen]]. */
    private static ByteBuffer msg(long[] given) {
        long[] values = Arrays.copyOf(given, 6);
        return Memory.allocate(MSGHDR)
                .putLong(0, values[4])
                .putInt(8, (int) values[5])
                .putLong(16, values[0])
                .putLong(24, values[1])
                .putLong(32, values[2])
                .putLong(40, values[3]);
    }

    /** One message per struct iovec. */
    private static ByteBuffer mmsg(long[] iovs) {
        ByteBuffer vector = Memory.allocate(iovs.length * MMSGHDR);
        for (int i = 0; i < iovs.length; i++) {
            vector.putLong(i * MMSGHDR + 16, iovs[i]).putLong(i * MMSGHDR + 24, 1);
        }
        return vector;
    }

    /** Level, type, int ...; cmsg_len counts what is there, the memory is rounded up as CMSG_SPACE does it. */
    private static ByteBuffer cmsg(long[] values) {
        long[] data = Arrays.copyOfRange(values, 2, values.length);
        int length = CMSGHDR + data.length * Integer.BYTES;
        ByteBuffer cmsg = Memory.allocate((length + Long.BYTES - 1) / Long.BYTES * Long.BYTES);
        cmsg.putLong(0, length).putInt(8, (int) values[0]).putInt(12, (int) values[1]);
        return ints(cmsg, CMSGHDR, data);
    }

    private static ByteBuffer pollfd(long[] values) {
        ByteBuffer fds = Memory.allocate(values.length / 2 * POLLFD);
        for (int i = 0; i < values.length; i += 2) {
            fds.putInt(i / 2 * POLLFD, (int) values[i]).putShort(i / 2 * POLLFD + 4, (short) values[i + 1]);
        }
        return fds;
    }

    private static ByteBuffer sigset(long[] signals) {
        long set = 0;
        for (long signal : signals) {
            set |= 1L << (signal - 1);
        }
        return Memory.allocate(SIGSET).putLong(0, set);
    }
}
