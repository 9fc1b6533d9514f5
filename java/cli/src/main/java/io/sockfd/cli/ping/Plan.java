package io.sockfd.cli.ping;

import java.net.InetAddress;

/**
 * How requests are to be sent.
 *
 * @param count 0 for ever
 * @param interval seconds; 0 as fast as answers come
 * @param size bytes of payload
 * @param deadline seconds, 0 for none
 * @param timeout seconds after the last request
 */
record Plan(
        InetAddress address,
        long count,
        double interval,
        int size,
        double deadline,
        double timeout,
        boolean quiet,
        boolean flood) {}
