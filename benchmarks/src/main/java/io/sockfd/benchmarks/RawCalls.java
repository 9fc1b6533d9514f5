package io.sockfd.benchmarks;

import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The raw layer: the cheapest system call, a failing one, and 64 bytes through a socket pair. One run measures one backend
 * ({@code -jvmArgsAppend -Dsockfd.backend=jni}), because it is a constant to the JIT, as it is for users.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED"})
public class RawCalls {
    private static final int SIZE = 64;
    private static final Libc LIBC = Libc.get();

    private final ByteBuffer memory = Memory.allocate(SIZE);
    private final long buffer = Memory.address(memory);
    private int a = -1;
    private int b = -1;

    @Setup
    public void open() {
        if (LIBC.socketpair(Linux.AF_UNIX, Linux.SOCK_STREAM, 0, buffer) < 0) {
            throw new IllegalStateException("socketpair");
        }
        a = memory.getInt(0);
        b = memory.getInt(4);
    }

    @TearDown
    public void close() {
        LIBC.close(a);
        LIBC.close(b);
    }

    @Benchmark
    public long getppid() {
        return LIBC.syscall(Linux.SYS_getppid, 0, 0, 0, 0, 0, 0);
    }

    @Benchmark
    public int closeOfNothing() {
        return LIBC.close(-1);
    }

    @Benchmark
    public long sendRecv64() {
        return LIBC.send(a, buffer, SIZE, Linux.MSG_NOSIGNAL) + LIBC.recv(b, buffer, SIZE, 0);
    }
}
