package io.sockfd.cli.demo;

import static io.sockfd.raw.Linux.SOCK_SEQPACKET;
import static io.sockfd.raw.Linux.SOCK_STREAM;

import io.sockfd.cli.kernel.FdPair;
import io.sockfd.cli.kernel.Scratch;
import io.sockfd.raw.Libc;
import java.io.IOException;

/** Two ends of a UNIX socket pair: a stream joins what was sent apart, a seqpacket keeps it apart. */
final class UnixPairs {
    private UnixPairs() {}

    static Scenario.Outcome stream(Libc libc) throws IOException {
        try (Scratch memory = new Scratch();
                FdPair pair = FdPair.unix(libc, SOCK_STREAM)) {
            Wire left = new Wire(libc, pair.left(), memory);
            Wire right = new Wire(libc, pair.right(), memory);
            long start = System.nanoTime();
            left.send("one ");
            left.send("two");
            String received = right.receive(7);
            right.send("three");
            String answer = left.receive(5);
            long nanos = System.nanoTime() - start;
            Wire.expect("one two", received);
            Wire.expect("three", answer);
            return Scenario.Outcome.of("'one ', 'two'", "'" + received + "', and '" + answer + "' back", nanos);
        }
    }

    static Scenario.Outcome seqpacket(Libc libc) throws IOException {
        try (Scratch memory = new Scratch();
                FdPair pair = FdPair.unix(libc, SOCK_SEQPACKET)) {
            Wire left = new Wire(libc, pair.left(), memory);
            Wire right = new Wire(libc, pair.right(), memory);
            long start = System.nanoTime();
            left.send("one ");
            left.send("two");
            String first = right.receive();
            String second = right.receive();
            right.send("three");
            String answer = left.receive();
            long nanos = System.nanoTime() - start;
            Wire.expect("one ", first);
            Wire.expect("two", second);
            Wire.expect("three", answer);
            String received = "'" + first + "', '" + second + "', and '" + answer + "' back";
            return Scenario.Outcome.of("'one ', 'two'", received, nanos);
        }
    }
}
