package io.sockfd.benchmarks.report;

import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import io.sockfd.benchmarks.side.ForkResult;
import io.sockfd.benchmarks.side.Sample;
import io.sockfd.benchmarks.side.Settings;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Results of measurements that never were. */
final class MadeUp {
    private MadeUp() {}

    /** A fork in which each round is so many nanoseconds: C in all, sockfd, netty. */
    static ForkResult fork(double[] c, double[] sockfd, double[] netty) {
        Map<Who, double[]> nanos = new EnumMap<>(Who.class);
        nanos.put(Who.C, c);
        nanos.put(Who.SOCKFD, sockfd);
        nanos.put(Who.NETTY, netty);
        return new ForkResult(
                "unix/64",
                nanos,
                Map.of(Who.C, 0.0, Who.SOCKFD, 0.0, Who.NETTY, 32.0),
                Map.of(Who.SOCKFD, Map.of("p99.9", 900.0, "p50", 100.0, "max", 5000.0)),
                Map.of(Who.JNR, "no jnr-ffi here"),
                0);
    }

    /** A row with sockfd and netty in these times of C. */
    static Result row(String variant, double sockfd, double netty, String... troubles) {
        Row row = Row.of("unix", variant, "send & receive <" + variant + " B>").note(Who.NETTY, "does less");
        ForkResult fork = fork(
                new double[] {100, 100, 100},
                new double[] {100 * sockfd, 100 * sockfd, 100 * sockfd},
                new double[] {100 * netty, 100 * netty, 100 * netty});
        return Aggregate.of(new Sample(row, List.of(fork, fork), List.of(troubles)));
    }

    static Results results(Result... rows) {
        Machine machine = new Machine(
                "Example(R) CPU X1",
                2,
                true,
                4096,
                "amd64",
                "6.18.1-test",
                "Debian",
                "tsc",
                "Example 25.0.3+9",
                25,
                230.0,
                Map.of("meltdown", "Not affected"),
                Map.of("netty", "4.2"));
        return new Results(
                "2026-11-21T01:02:03Z",
                "./sockfd bench --full",
                machine,
                Settings.FULL,
                Results.everybody(),
                List.of(rows));
    }
}
