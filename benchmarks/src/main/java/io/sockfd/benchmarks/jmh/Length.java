package io.sockfd.benchmarks.jmh;

/** How long JMH measures each contestant of each row: in so many JVMs, so many iterations of so many milliseconds. */
public record Length(int forks, int warmUps, int iterations, int millis) {
    public static final Length QUICK = new Length(1, 3, 3, 300);
    public static final Length FULL = new Length(3, 4, 5, 1000);
}
