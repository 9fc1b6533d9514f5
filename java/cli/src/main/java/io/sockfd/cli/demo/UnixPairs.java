package io.sockfd.cli.demo;

import io.sockfd.Domain;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import java.io.IOException;

/** Two ends of a UNIX socket pair: a stream joins what was sent apart, a seqpacket keeps it apart. */
final class UnixPairs {
    private UnixPairs() {}

    static Scenario.Outcome stream() throws IOException {
        return talk(SocketType.STREAM);
    }

    static Scenario.Outcome seqpacket() throws IOException {
        return talk(SocketType.SEQPACKET);
    }

    private static Scenario.Outcome talk(SocketType type) throws IOException {
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, type)) {
            Socket left = pair.first().timeout(Wire.PATIENCE);
            Socket right = pair.second().timeout(Wire.PATIENCE);
            long start = System.nanoTime();
            Wire.send(left, "one ");
            Wire.send(left, "two");
            String received;
            if (type.equals(SocketType.STREAM)) {
                received = "'" + Wire.receive(right, 7) + "'";
                Wire.expect("'one two'", received);
            } else {
                received = "'" + Wire.receive(right) + "', '" + Wire.receive(right) + "'";
                Wire.expect("'one ', 'two'", received);
            }
            Wire.send(right, "three");
            String answer = Wire.receive(left);
            long nanos = System.nanoTime() - start;
            Wire.expect("three", answer);
            return Scenario.Outcome.of("'one ', 'two'", received + ", and '" + answer + "' back", nanos);
        }
    }
}
