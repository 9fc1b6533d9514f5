package io.sockfd.cli.ping;

import io.sockfd.cli.Json;
import io.sockfd.cli.Output;
import io.sockfd.cli.Target;
import io.sockfd.cli.icmp.EchoSocket;
import io.sockfd.cli.icmp.IcmpText;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/** A line of JSON for each event, with its kind first. */
final class JsonReport implements Report {
    private static final double MILLI = 1e6;

    private final Plan plan;
    private final Target target;
    private final Output out;

    JsonReport(Plan plan, Target target, Output out) {
        this.plan = plan;
        this.target = target;
        this.out = out;
    }

    private static Map<String, Object> event(String kind) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("event", kind);
        return event;
    }

    private void print(Map<String, Object> event) {
        out.line(Json.line(event));
    }

    @Override
    public void begin() {
        Map<String, Object> event = event("begin");
        event.put("host", target.host());
        event.put("address", Target.number(plan.address()));
        event.put("bytes", plan.size());
        print(event);
    }

    @Override
    public void sent(int sequence) {
        // what came of it is said
    }

    @Override
    public void unsent(int sequence, String reason) {
        Map<String, Object> event = event("unsent");
        event.put("seq", sequence);
        event.put("reason", reason);
        print(event);
    }

    @Override
    public void pending(int sequence) {
        Map<String, Object> event = event("pending");
        event.put("seq", sequence);
        print(event);
    }

    @Override
    public void reply(EchoSocket.Reply reply, long nanos, boolean first) {
        if (plan.quiet()) {
            return;
        }
        Map<String, Object> event = event("reply");
        event.put("seq", reply.sequence());
        event.put("from", Target.number(reply.from()));
        event.put("bytes", reply.bytes());
        if (reply.ttl() >= 0) {
            event.put("ttl", reply.ttl());
        }
        if (nanos >= 0) {
            event.put("ms", nanos / MILLI);
        }
        event.put("duplicate", !first);
        print(event);
    }

    @Override
    public void failure(EchoSocket.Failure failure) {
        Map<String, Object> event = event("error");
        InetAddress offender = failure.entry().error().offender();
        event.put("seq", failure.sequence());
        if (offender != null) {
            event.put("from", Target.number(offender));
        }
        event.put("reason", IcmpText.words(failure.entry()));
        print(event);
    }

    @Override
    public void end(Statistics statistics) {
        Map<String, Object> event = event("end");
        event.putAll(statistics.numbers());
        print(event);
    }
}
