package io.sockfd.benchmarks;

/**
 * How a row is measured whose operations are too long for slices: by a fixed number of them in a round, with percentiles.
 *
 * @param times operations in a round
 * @param warmUps rounds before the first that counts
 * @param share how many rounds of a row of slices this row does one in
 * @param single whether operations are done and timed one by one, and a round's figure is their median
 */
public record Pace(int times, int warmUps, int share, boolean single) {}
