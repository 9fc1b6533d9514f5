package io.sockfd.benchmarks.call;

import io.sockfd.benchmarks.Contestant;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The methods of {@link Libc} with the least behind them. */
public final class RawCall implements Contestant {
    private static final Libc LIBC = Libc.get();

    private final String call;
    private final ByteBuffer memory = Memory.allocate(64);

    public RawCall(String call) {
        this.call = call;
        memory.put(0, CallRows.TOO_LONG.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public long run(int times) {
        return switch (call) {
            case "getaddrinfo" -> getaddrinfo(times);
            case "if_nametoindex" -> nametoindex(times);
            case "close" -> close(times);
            default -> getppid(times);
        };
    }

    private long getaddrinfo(int times) {
        long result = Memory.address(memory);
        long sum = 0;
        for (int i = 0; i < times; i++) {
            sum += LIBC.getaddrinfo(0, 0, 0, result);
        }
        return sum;
    }

    private long nametoindex(int times) {
        long name = Memory.address(memory);
        long sum = 0;
        for (int i = 0; i < times; i++) {
            sum += LIBC.if_nametoindex(name);
        }
        return sum;
    }

    private static long close(int times) {
        long sum = 0;
        for (int i = 0; i < times; i++) {
            sum += LIBC.close(-1);
        }
        return sum;
    }

    private static long getppid(int times) {
        long sum = 0;
        for (int i = 0; i < times; i++) {
            sum += LIBC.syscall(Linux.SYS_getppid, 0, 0, 0, 0, 0, 0);
        }
        return sum;
    }

    @Override
    public void close() {}
}
