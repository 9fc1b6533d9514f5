package io.sockfd.cli.demo;

import java.io.IOException;

/** One way into the kernel, with what it needs at hand. */
interface Contestant extends AutoCloseable {
    /** The bytes of an exchange. */
    int SIZE = 64;

    String name();

    /** Whether it has a {@link #call}. */
    boolean hasCall();

    /** {@code getppid} so many times: next to no work in the kernel. */
    void call(int times) throws IOException;

    /** So many times {@value #SIZE} bytes into one end of a UNIX stream pair and out of the other, in one thread. */
    void exchange(int times) throws IOException;

    @Override
    void close();
}
