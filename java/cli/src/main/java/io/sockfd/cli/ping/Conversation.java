package io.sockfd.cli.ping;

import io.sockfd.Errno;
import io.sockfd.Errors;
import io.sockfd.cli.FailedException;
import io.sockfd.cli.Interruption;
import io.sockfd.cli.Target;
import io.sockfd.cli.icmp.EchoSocket;
import io.sockfd.cli.icmp.ErrorQueue;
import io.sockfd.cli.icmp.WarmUp;
import io.sockfd.raw.Linux;
import java.io.IOException;

/** Requests and what comes back. Times are from the call of sendto to the kernel's stamp on the answer. */
final class Conversation {
    private static final double SECOND = 1e9;
    private static final long LEAST_NANOS = 2_000_000; // as iputils, between adaptive requests
    private static final long FLOOD_NANOS = (long) (Ping.FLOOD_INTERVAL * SECOND);
    private static final int RETRIES = 3;

    private final Plan plan;
    private final EchoSocket socket;
    private final Report report;
    private final long leastInterval;
    private final Interruption interruption;
    private final Statistics statistics = new Statistics();
    private long start;
    private long lastSend;
    private long nextSend;
    private long adapted;

    Conversation(Plan plan, EchoSocket socket, Report report, Interruption interruption) {
        this.plan = plan;
        this.socket = socket;
        this.report = report;
        this.interruption = interruption;
        leastInterval = FloodLimit.allows(plan.address()) ? LEAST_NANOS : FLOOD_NANOS;
    }

    /** The exit status. */
    int hold() throws IOException {
        WarmUp.run();
        receive();
        start = System.nanoTime(); // times begin when packets do
        nextSend = start;
        report.begin();
        while (!over()) {
            long now = System.nanoTime();
            if (maySend() && now - nextSend >= 0) {
                send();
            } else {
                socket.await(Math.min(Interruption.GLANCE_NANOS, Math.max(0, until(now))));
            }
            receive();
        }
        report.end(statistics);
        boolean enough = plan.deadline() == 0 || plan.count() == 0 || statistics.received() >= plan.count();
        return statistics.received() > 0 && enough ? 0 : 1;
    }

    private boolean maySend() {
        // with a deadline, requests go on until as many as wanted were answered
        return plan.count() == 0 || plan.deadline() > 0 || statistics.transmitted() < plan.count();
    }

    private boolean over() {
        long elapsed = System.nanoTime() - start;
        if (interruption.asked()
                || (plan.deadline() > 0 && (elapsed >= plan.deadline() * SECOND || statistics.errors() > 0))) {
            return true;
        } else if (plan.count() > 0 && statistics.received() + statistics.errors() >= plan.count()) {
            return true;
        }
        return !maySend() && System.nanoTime() - lingerEnd() >= 0;
    }

    /** When to give up after the last request. */
    private long lingerEnd() {
        double wait = statistics.received() == 0
                ? plan.timeout() * SECOND
                : Math.max(2.0 * statistics.maxNanos(), plan.interval() * SECOND);
        return nextSend - intervalNanos() + (long) wait;
    }

    private long until(long now) {
        long until = maySend() ? nextSend : lingerEnd();
        if (plan.deadline() > 0) {
            until = Math.min(until, start + (long) (plan.deadline() * SECOND));
        }
        return until - now;
    }

    private long intervalNanos() {
        if (adapted > 0) {
            return adapted;
        }
        return plan.interval() == 0 ? FLOOD_NANOS : (long) (plan.interval() * SECOND);
    }

    private void send() throws IOException {
        lastSend = System.nanoTime();
        if (plan.pending() && statistics.isPending()) {
            report.pending(statistics.lastSequence());
        }
        int sequence = statistics.sending();
        nextSend = lastSend + (statistics.transmitted() < plan.preload() ? 0 : intervalNanos());
        for (int i = 1; ; i++) {
            try {
                statistics.sent(sequence, socket.send(sequence, plan.size()));
                report.sent(sequence);
                return;
            } catch (IOException e) {
                if (!ErrorQueue.announced(e) && !isTransient(e)) {
                    throw e;
                } else if (failures() == 0 || i == RETRIES) {
                    // not one that was reported before, but of this very request
                    if (isUnroutable(e) && statistics.transmitted() == 1) {
                        throw new FailedException("there is no route to " + Target.number(plan.address())
                                + ": ip route shows those there are, and ip link whether the interface is up");
                    }
                    statistics.error(EchoSocket.now());
                    report.unsent(sequence, String.valueOf(e.getMessage()));
                    return;
                } else if (isTooLong(e)) {
                    return;
                }
            }
        }
    }

    private static boolean isTooLong(IOException e) {
        return Errors.errnoOf(e)
                .filter(errno -> errno.value() == Linux.EMSGSIZE)
                .isPresent();
    }

    private static boolean isUnroutable(IOException e) {
        return Errors.errnoOf(e).filter(Errno.ENETUNREACH::equals).isPresent();
    }

    private static boolean isTransient(IOException e) {
        return Errors.errnoOf(e)
                .filter(errno -> errno.value() == Linux.ENOBUFS
                        || errno.value() == Linux.EPERM
                        || errno.value() == Linux.ENETDOWN)
                .isPresent();
    }

    private void receive() throws IOException {
        int ignored = failures();
        EchoSocket.Reply reply;
        while ((reply = socket.nextReply()) != null) {
            long came = reply.timestampNanos() < 0 ? EchoSocket.now() : reply.timestampNanos();
            long rtt = statistics.since(reply.sequence(), came);
            boolean first = statistics.reply(reply.sequence(), rtt, came);
            report.reply(reply, rtt, first);
            if (plan.adaptive() && rtt >= 0) {
                adapted = Math.max(leastInterval, rtt);
                nextSend = Math.min(nextSend, lastSend + adapted);
            }
            if (plan.interval() == 0 && statistics.received() >= statistics.transmitted()) {
                nextSend = System.nanoTime();
            }
            if (plan.count() > 0 && statistics.received() >= plan.count()) {
                return;
            }
        }
    }

    private int failures() throws IOException {
        int count = 0;
        EchoSocket.Failure failure;
        while ((failure = socket.nextFailure()) != null) {
            count++;
            statistics.error(EchoSocket.now());
            report.failure(failure);
        }
        return count;
    }
}
