package io.sockfd.benchmarks.side;

import io.sockfd.benchmarks.Who;
import java.util.Map;

/**
 * What one JVM measured of one row.
 *
 * @param nanos by contestant: nanoseconds for one thing, a value for each round; index r of all of them is one round
 * @param bytes by contestant: bytes allocated by the calling thread for one thing
 * @param percentiles by contestant: nanoseconds by name ({@code p50}, {@code p99}, {@code max}); empty where only the whole
 *     slice was timed
 * @param absent who could not take part, and why
 * @param stolen the part of the time that the hypervisor gave to others, 0 to 1
 */
public record ForkResult(
        String row,
        Map<Who, double[]> nanos,
        Map<Who, Double> bytes,
        Map<Who, Map<String, Double>> percentiles,
        Map<Who, String> absent,
        double stolen) {}
