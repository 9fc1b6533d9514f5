package io.sockfd.uring;

import java.io.IOException;
import java.nio.ByteBuffer;

/** How other threads end the wait of a ring's. Which of its completions is that has {@link #TOKEN}. */
interface WakeUp {
    /** In the place of an operation's. */
    long TOKEN = -1;

    /** Whether it must be {@linkplain #write read} by the ring, again after each time. */
    boolean isRead();

    /** Writes the read of it. */
    void write(ByteBuffer sqes, int at, long token);

    /** The ring's thread has enabled the ring: whether somebody woke it before. */
    boolean enabled();

    /** Ends the ring's wait, or the next one. */
    void signal() throws IOException;

    /** As {@link #signal}, for those who have nobody to throw to. */
    void signalOrLog();

    /** Its completion has come: a later signal makes another one. */
    void seen();

    /** From now on nobody is woken. */
    void close();
}
