package io.sockfd.cli.ping;

import io.sockfd.cli.Output;
import io.sockfd.cli.Target;
import io.sockfd.cli.icmp.EchoSocket;
import io.sockfd.cli.icmp.ErrorQueue;
import io.sockfd.cli.icmp.IcmpText;
import java.io.IOException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Lines in the form of iputils; of a flood dots. */
final class TextReport implements Report {
    private static final int IP_HEADER = 20;
    private static final long MICRO = 1000;
    private static final long SECOND = 1_000_000_000;

    private final Plan plan;
    private final Target target;
    private final EchoSocket socket;
    private final Output out;
    private final Consumer<String> complaints;
    private final Map<InetAddress, String> names = new HashMap<>();

    TextReport(Plan plan, Target target, EchoSocket socket, Output out, Consumer<String> complaints) {
        this.complaints = complaints;
        this.plan = plan;
        this.target = target;
        this.socket = socket;
        this.out = out;
    }

    @Override
    public void begin() {
        String number = Target.number(plan.address());
        int whole = plan.size() + EchoSocket.HEADER + IP_HEADER;
        if (!plan.pattern().isEmpty()) {
            out.line("PATTERN: 0x" + plan.pattern());
        }
        boolean ipv4 = Target.isIpv4(plan.address());
        out.line("PING " + target.host() + (ipv4 ? " (" : "(") + number + ") " + plan.from() + plan.size()
                + (ipv4 ? "(" + whole + ") bytes of data." : " data bytes"));
    }

    @Override
    public void sent(int sequence) {
        if (plan.flood()) {
            print(".");
        }
    }

    @Override
    public void unsent(int sequence, String reason) {
        complain("sockfd ping: " + reason);
    }

    @Override
    public void pending(int sequence) {
        line("no answer yet for icmp_seq=" + sequence);
    }

    @Override
    public void reply(EchoSocket.Reply reply, long nanos, boolean first) throws IOException {
        if (plan.flood()) {
            print("\b \b");
        } else {
            String text = text(reply, nanos, first);
            if (plan.audible() && !plan.quiet()) {
                out.print((plan.times() ? stamp() : "") + text);
                out.bell();
                out.line("");
            } else {
                line(text);
            }
        }
    }

    private String text(EchoSocket.Reply reply, long nanos, boolean first) throws IOException {
        StringBuilder text = new StringBuilder();
        text.append(reply.bytes()).append(" bytes from ").append(name(reply.from()));
        text.append(": icmp_seq=").append(reply.sequence());
        if (plan.verbose()) {
            text.append(" ident=").append(socket.identifier());
        }
        if (reply.ttl() >= 0) {
            text.append(" ttl=").append(reply.ttl());
        }
        if (nanos >= 0) {
            text.append(" time=").append(time(nanos)).append(" ms");
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

    @Override
    public void failure(EchoSocket.Failure failure) {
        ErrorQueue.Entry entry = failure.entry();
        InetAddress offender = entry.error().offender();
        if (plan.flood()) {
            print("\bE");
        } else if (entry.isLocal() || offender == null) {
            complain("sockfd ping: local error: " + IcmpText.words(entry));
        } else {
            line("From " + name(offender) + " icmp_seq=" + failure.sequence() + " " + IcmpText.words(entry));
        }
    }

    @Override
    public void end(Statistics statistics) {
        out.line("");
        out.line("--- " + target.host() + " ping statistics ---");
        out.print(statistics.summary(plan.flood() || plan.adaptive()));
    }

    private String name(InetAddress address) {
        return names.computeIfAbsent(address, target::text);
    }

    private void complain(String line) {
        if (!plan.quiet() && !plan.flood()) {
            complaints.accept(line);
        }
    }

    private void line(String line) {
        if (!plan.quiet() && !plan.flood()) {
            out.line((plan.times() ? stamp() : "") + line);
        }
    }

    /** {@code [1700000000.123456] }, as gettimeofday(2) counts. */
    private static String stamp() {
        long now = EchoSocket.now();
        return String.format(Locale.ROOT, "[%d.%06d] ", now / SECOND, now % SECOND / MICRO);
    }

    private void print(String text) {
        if (!plan.quiet()) {
            out.print(text);
        }
    }
}
