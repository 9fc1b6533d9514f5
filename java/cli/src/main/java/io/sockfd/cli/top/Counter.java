package io.sockfd.cli.top;

import java.util.Arrays;

/** Bytes and packets each way: in all, and by second for the last forty. */
final class Counter {
    /** The longest time of which {@link #rate} tells. */
    static final int SECONDS = 40;

    private final long[] sent = new long[SECONDS + 1];
    private final long[] received = new long[SECONDS + 1];
    private long sentBytes;
    private long receivedBytes;
    private long packets;
    private long now;

    /** Adds a packet in a second since the beginning, which never goes back. */
    void add(long second, boolean outgoing, long bytes) {
        goTo(second);
        int slot = (int) (now % sent.length);
        if (outgoing) {
            sent[slot] += bytes;
            sentBytes += bytes;
        } else {
            received[slot] += bytes;
            receivedBytes += bytes;
        }
        packets++;
    }

    /** Empties the seconds that passed without a packet. */
    private void goTo(long second) {
        if (second - now > SECONDS) {
            Arrays.fill(sent, 0);
            Arrays.fill(received, 0);
            now = second;
        }
        while (now < second) {
            now++;
            sent[(int) (now % sent.length)] = 0;
            received[(int) (now % received.length)] = 0;
        }
    }

    /** Bytes a second over the last whole seconds before this one. */
    double rate(boolean outgoing, long second, int seconds) {
        goTo(second);
        long[] bytes = outgoing ? sent : received;
        int over = (int) Math.min(seconds, second);
        long sum = 0;
        for (int i = 1; i <= over; i++) {
            sum += bytes[(int) ((second - i) % bytes.length)];
        }
        return over == 0 ? 0 : (double) sum / over;
    }

    /** Both ways. */
    double rate(long second, int seconds) {
        return rate(true, second, seconds) + rate(false, second, seconds);
    }

    long sentBytes() {
        return sentBytes;
    }

    long receivedBytes() {
        return receivedBytes;
    }

    long packets() {
        return packets;
    }
}
