package io.sockfd.cli.ping;

import io.sockfd.cli.icmp.EchoSocket;
import java.io.IOException;

/** What is said of a conversation while it goes on. */
interface Report {
    /** Before the first request. */
    void begin() throws IOException;

    /** A request went out, of which nothing else is said. */
    void sent(int sequence);

    /** A request could not be sent. */
    void unsent(int sequence, String reason);

    /** No answer to the request before came yet. */
    void pending(int sequence);

    /**
     * An answer.
     *
     * @param nanos of the round trip, -1 when unknown
     * @param first not a duplicate
     */
    void reply(EchoSocket.Reply reply, long nanos, boolean first) throws IOException;

    /** An error about a request. */
    void failure(EchoSocket.Failure failure);

    /** After the last. */
    void end(Statistics statistics);
}
