package io.sockfd.cli.ping;

import io.sockfd.Errno;
import io.sockfd.Errors;
import io.sockfd.cli.FailedException;
import io.sockfd.cli.Interruption;
import io.sockfd.cli.Output;
import io.sockfd.cli.Target;
import io.sockfd.cli.icmp.EchoSocket;
import io.sockfd.cli.icmp.ErrorQueue;
import io.sockfd.cli.icmp.IcmpText;
import io.sockfd.cli.icmp.WarmUp;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Requests and what comes back. Times are from the call of sendto to the kernel's stamp on the answer. */
final class Conversation {
    private static final double SECOND = 1e9;
    private static final int IP_HEADER = 20;
    private static final long FLOOD_NANOS = (long) (Ping.FLOOD_INTERVAL * SECOND);
    private static final int RETRIES = 3;

    private final Plan plan;
    private final Target target;
    private final EchoSocket socket;
    private final Output out;
    private final Interruption interruption;
    private final Statistics statistics = new Statistics();
    private final Map<InetAddress, String> names = new HashMap<>();
    private long start;
    private long nextSend;

    Conversation(Plan plan, Target target, EchoSocket socket, Output out, Interruption interruption) {
        this.plan = plan;
        this.target = target;
        this.socket = socket;
        this.out = out;
        this.interruption = interruption;
    }

    /** The exit status. */
    int hold() throws IOException {
        WarmUp.run();
        receive();
        start = System.nanoTime(); // times begin when packets do
        nextSend = start;
        boolean ipv4 = Target.isIpv4(plan.address());
        String number = Target.number(plan.address());
        int whole = plan.size() + EchoSocket.HEADER + IP_HEADER;
        out.line("PING " + target.host() + " (" + number + ") " + plan.size()
                + (ipv4 ? "(" + whole + ") bytes of data." : " data bytes"));
        while (!over()) {
            long now = System.nanoTime();
            if (maySend() && now - nextSend >= 0) {
                send();
            } else {
                socket.await(Math.min(Interruption.GLANCE_NANOS, Math.max(0, until(now))));
            }
            receive();
        }
        out.line("");
        out.line("--- " + target.host() + " ping statistics ---");
        out.print(statistics.summary(plan.flood()));
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
        return plan.interval() == 0 ? FLOOD_NANOS : (long) (plan.interval() * SECOND);
    }

    private void send() throws IOException {
        nextSend = System.nanoTime() + intervalNanos();
        int sequence = statistics.sending();
        for (int i = 1; ; i++) {
            try {
                statistics.sent(sequence, socket.send(sequence, plan.size()));
                if (plan.flood()) {
                    print(".");
                }
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
                    report("sockfd ping: " + e.getMessage());
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
            if (plan.flood()) {
                print("\b \b");
            } else {
                report(text(reply, rtt, first));
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
            ErrorQueue.Entry entry = failure.entry();
            InetAddress offender = entry.error().offender();
            if (plan.flood()) {
                print("\bE");
            } else if (entry.isLocal() || offender == null) {
                report("sockfd ping: local error: " + IcmpText.words(entry));
            } else {
                report("From " + name(offender) + " icmp_seq=" + failure.sequence() + " " + IcmpText.words(entry));
            }
        }
        return count;
    }

    private String text(EchoSocket.Reply reply, long rtt, boolean first) {
        StringBuilder text = new StringBuilder();
        text.append(reply.bytes()).append(" bytes from ").append(name(reply.from()));
        text.append(": icmp_seq=").append(reply.sequence());
        if (reply.ttl() >= 0) {
            text.append(" ttl=").append(reply.ttl());
        }
        if (rtt >= 0) {
            text.append(" time=").append(time(rtt)).append(" ms");
        }
        text.append(first ? "" : " (DUP!)");
        if (reply.bytes() != plan.size() + EchoSocket.HEADER) {
            text.append(" (of another length)");
        } else if (reply.wrongByte() >= 0) {
            text.append(" (wrong data byte #").append(reply.wrongByte()).append(')');
        }
        return text.toString();
    }

    /** Three digits that matter. */
    private static String time(long nanos) {
        double millis = nanos / 1e6;
        int digits = millis >= 100 ? 0 : millis >= 10 ? 1 : millis >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + digits + "f", millis);
    }

    private String name(InetAddress address) {
        return names.computeIfAbsent(address, target::text);
    }

    private void report(String line) {
        if (!plan.quiet() && !plan.flood()) {
            out.line(line);
        }
    }

    private void print(String text) {
        if (!plan.quiet()) {
            out.print(text);
        }
    }
}
