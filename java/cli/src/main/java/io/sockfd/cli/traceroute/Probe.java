package io.sockfd.cli.traceroute;

import java.io.IOException;

/** A way to ask how far one comes. */
interface Probe {
    /**
     * Sends a probe on a socket of its own and waits for what comes of it. Called by several threads at once.
     *
     * @param ttl hops that it may take
     * @param number of the probe, from 0 on
     * @param sent called once it is on its way
     */
    Answer send(int ttl, int number, Runnable sent) throws IOException;
}
