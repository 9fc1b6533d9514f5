package io.sockfd.cli.ping;

import java.net.InetAddress;

/**
 * How requests are to be sent, and what is said of them.
 *
 * @param from what is said of where the requests come from: {@code from 10.0.0.2 eth0: }; empty unless it was chosen
 * @param count 0 for ever
 * @param interval seconds; 0 as fast as answers come
 * @param preload so many at once at the beginning, at least 1
 * @param adaptive the interval follows the time of the answers
 * @param size bytes of payload
 * @param pattern of the payload, in hexadecimal digits; empty for bytes that count up
 * @param deadline seconds, 0 for none
 * @param timeout seconds after the last request
 * @param times each line begins with the time
 * @param pending says of each request that was not answered before the next one
 */
record Plan(
        InetAddress address,
        String from,
        long count,
        double interval,
        int preload,
        boolean adaptive,
        int size,
        String pattern,
        double deadline,
        double timeout,
        boolean quiet,
        boolean verbose,
        boolean audible,
        boolean times,
        boolean pending,
        boolean flood) {}
