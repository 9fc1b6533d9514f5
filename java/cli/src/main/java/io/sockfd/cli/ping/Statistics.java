package io.sockfd.cli.ping;

import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What was sent and what came back, by sequence number. Times are in nanoseconds. */
final class Statistics {
    private static final int SEQUENCES = 1 << 16;
    private static final int EWMA_SHARE = 8;
    private static final double MILLI = 1e6;

    private final long[] sentAt = new long[SEQUENCES];
    private final BitSet answered = new BitSet(SEQUENCES);
    /** When the first request went out and when the last thing happened, since 1970; -1 before. */
    private long first = -1;

    private long last = -1;
    private long transmitted;
    private long received;
    private long duplicates;
    private long errors;
    private long pipe;
    private long highestAnswered;
    private long timed;
    private double min = Double.MAX_VALUE;
    private double max;
    private double sum;
    private double sumOfSquares;
    private double ewma;

    Statistics() {
        Arrays.fill(sentAt, Long.MIN_VALUE);
    }

    /** Another request goes out; its sequence number. */
    int sending() {
        transmitted++;
        int sequence = (int) (transmitted % SEQUENCES);
        answered.clear(sequence);
        sentAt[sequence] = Long.MIN_VALUE;
        return sequence;
    }

    /** The sequence number of the request that went out last. */
    int lastSequence() {
        return (int) (transmitted % SEQUENCES);
    }

    /** Whether it has no answer yet. */
    boolean isPending() {
        return transmitted > 0 && !answered.get(lastSequence());
    }

    /** The summary as numbers: times in milliseconds. */
    Map<String, Object> numbers() {
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("transmitted", transmitted);
        numbers.put("received", received);
        numbers.put("duplicates", duplicates);
        numbers.put("errors", errors);
        numbers.put("lossPercent", transmitted == 0 ? 0 : 100.0 * Math.max(0, transmitted - received) / transmitted);
        numbers.put("timeMillis", (last - first) / MILLI);
        if (timed > 0) {
            double average = sum / timed;
            numbers.put("minMillis", min / MILLI);
            numbers.put("avgMillis", average / MILLI);
            numbers.put("maxMillis", max / MILLI);
            numbers.put("mdevMillis", Math.sqrt(Math.max(0, sumOfSquares / timed - average * average)) / MILLI);
        }
        return numbers;
    }

    /** It went out at this time since 1970. */
    void sent(int sequence, long epochNanos) {
        sentAt[sequence] = epochNanos;
        happened(epochNanos);
    }

    private void happened(long epochNanos) {
        first = first < 0 ? epochNanos : first;
        last = Math.max(last, epochNanos);
    }

    /** The time since a request went out, -1 when none did or the clock was set back meanwhile. */
    long since(int sequence, long epochNanos) {
        long sent = sentAt[sequence];
        return sent == Long.MIN_VALUE ? -1 : Math.max(-1, epochNanos - sent);
    }

    /** A reply came at a time since 1970; whether it is the first one. */
    boolean reply(int sequence, long rttNanos, long epochNanos) {
        happened(epochNanos);
        boolean isFirst = !answered.get(sequence);
        answered.set(sequence);
        if (!isFirst) {
            duplicates++;
        } else {
            received++;
            long number = transmitted - Math.floorMod(transmitted - sequence, SEQUENCES);
            pipe = Math.max(pipe, transmitted - highestAnswered);
            highestAnswered = Math.max(highestAnswered, number);
        }
        if (rttNanos >= 0) {
            timed++;
            min = Math.min(min, (double) rttNanos);
            max = Math.max(max, (double) rttNanos);
            sum += rttNanos;
            sumOfSquares += (double) rttNanos * rttNanos;
            ewma = timed == 1 ? rttNanos : ewma + (rttNanos - ewma) / EWMA_SHARE;
        }
        return isFirst;
    }

    /** There was an error at a time since 1970. */
    void error(long epochNanos) {
        happened(epochNanos);
        errors++;
    }

    long transmitted() {
        return transmitted;
    }

    long received() {
        return received;
    }

    long errors() {
        return errors;
    }

    /** The longest time of a reply. */
    long maxNanos() {
        return (long) max;
    }

    /** The two lines at the end, in the form of iputils. */
    String summary(boolean flood) {
        StringBuilder text = new StringBuilder();
        text.append(transmitted)
                .append(" packets transmitted, ")
                .append(received)
                .append(" received");
        text.append(duplicates > 0 ? ", +" + duplicates + " duplicates" : "");
        text.append(errors > 0 ? ", +" + errors + " errors" : "");
        long elapsed = last - first;
        if (transmitted > 0) {
            double loss = 100.0 * Math.max(0, transmitted - received) / transmitted;
            text.append(", ").append(percent(loss)).append("% packet loss");
            text.append(", time ").append(Math.round(elapsed / MILLI)).append("ms");
        }
        text.append(System.lineSeparator());
        String end = "";
        if (timed > 0) {
            double average = sum / timed;
            double deviation = Math.sqrt(Math.max(0, sumOfSquares / timed - average * average));
            text.append(String.format(
                    Locale.ROOT,
                    "rtt min/avg/max/mdev = %.3f/%.3f/%.3f/%.3f ms",
                    min / MILLI,
                    average / MILLI,
                    max / MILLI,
                    deviation / MILLI));
            end = ", ";
        }
        if (pipe > 1) {
            text.append(end).append("pipe ").append(pipe);
            end = ", ";
        }
        if (flood && timed > 0 && transmitted > 1) {
            text.append(end)
                    .append(String.format(
                            Locale.ROOT, "ipg/ewma %.3f/%.3f ms", elapsed / MILLI / (transmitted - 1), ewma / MILLI));
        }
        return text.append(System.lineSeparator()).toString();
    }

    private static String percent(double loss) {
        String text = String.format(Locale.ROOT, "%.4f", loss);
        return text.replaceFirst("\\.?0+$", "");
    }
}
