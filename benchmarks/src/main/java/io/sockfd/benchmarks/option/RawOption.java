package io.sockfd.benchmarks.option;

import io.sockfd.address.Sockaddr;
import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Ends;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;

/** {@link Libc#getsockopt}, {@link Libc#setsockopt} and {@link Libc#getsockname}, into memory that is there. */
public final class RawOption implements Contestant {
    private static final Libc LIBC = Libc.get();
    private static final int LENGTH = 8;

    private final String call;
    private final int[] fds;
    private final ByteBuffer memory = Memory.allocate(2 * LENGTH);
    private final Sockaddr address = new Sockaddr();

    public RawOption(String call, boolean tcp) throws IOException {
        this.call = call;
        fds = Ends.descriptors(tcp);
    }

    @Override
    public long run(int times) {
        return switch (call) {
            case "get" -> get(fds[0], times);
            case "set" -> set(fds[0], times);
            default -> name(fds[0], times);
        };
    }

    private long get(int fd, int times) {
        long value = Memory.address(memory);
        long count = 0;
        for (int i = 0; i < times; i++) {
            memory.putInt(LENGTH, Integer.BYTES);
            LIBC.getsockopt(fd, Linux.SOL_SOCKET, Linux.SO_SNDBUF, value, value + LENGTH);
            count += memory.getInt(0) > 0 ? 1 : 0;
        }
        return count;
    }

    private long set(int fd, int times) {
        long value = Memory.address(memory);
        memory.putInt(0, OptionRows.VALUE);
        long count = 0;
        for (int i = 0; i < times; i++) {
            count += LIBC.setsockopt(fd, Linux.SOL_SOCKET, Linux.SO_SNDBUF, value, Integer.BYTES) == 0 ? 1 : 0;
        }
        return count;
    }

    private long name(int fd, int times) {
        long count = 0;
        for (int i = 0; i < times; i++) {
            address.reset();
            LIBC.getsockname(fd, address.address(), address.lengthAddress());
            count += address.family() != Linux.AF_UNSPEC ? 1 : 0;
        }
        return count;
    }

    @Override
    public void close() {
        Ends.close(fds);
    }
}
