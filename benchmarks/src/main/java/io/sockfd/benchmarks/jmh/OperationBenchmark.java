package io.sockfd.benchmarks.jmh;

import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Operations;
import io.sockfd.benchmarks.Who;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Any contestant of any row; {@link Jmh} gives the combinations that exist. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class OperationBenchmark {
    private static final int TIMES = 50;

    @Param("unix/64")
    public String row = "";

    @Param("sockfd")
    public String who = "";

    private @Nullable Contestant contestant;

    @Setup
    public void open() throws Exception {
        contestant = Operations.row(row).open(Who.of(who));
    }

    @Benchmark
    @OperationsPerInvocation(TIMES)
    public long run() throws Exception {
        return Objects.requireNonNull(contestant).run(TIMES);
    }

    @TearDown
    public void close() throws Exception {
        Objects.requireNonNull(contestant).close();
    }
}
