package io.sockfd.cli.relay;

import io.sockfd.Socket;
import java.io.IOException;

/** Those who came, and their ways to the target. */
interface Sessions extends AutoCloseable {
    /** Begins, on a bound socket. */
    void serve(Socket listener) throws IOException;

    /** The counters, with what is under way. */
    String line();

    /** After the loop's end. */
    @Override
    void close() throws IOException;
}
