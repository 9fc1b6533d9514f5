package io.sockfd.packet;

import java.util.List;

/** DNS in one line, in tcpdump's words. */
final class DnsText {
    private static final String[] OPCODES = {"", " inv_q", " stat", " op3", " notify", " update"};
    private static final String[] RESULTS = {
        "",
        " FormErr",
        " ServFail",
        " NXDomain",
        " NotImp",
        " Refused",
        " YXDomain",
        " YXRRSet",
        " NXRRSet",
        " NotAuth",
        " NotZone",
    };
    private static final int INTERNET = 1;
    private static final int UNUSED_IN_A_QUERY = 0x06cf;
    private static final int OPT = 41;

    private DnsText() {}

    static void describe(Dns m, StringBuilder out) {
        out.append(m.identifier());
        out.append(m.opcode() < OPCODES.length ? OPCODES[m.opcode()] : " op" + m.opcode());
        if (m.isResponse()) {
            response(m, out);
        } else {
            query(m, out);
        }
        out.append(" (").append(m.limit - m.offset + m.cut).append(')');
    }

    private static void query(Dns m, StringBuilder out) {
        out.append(m.recursionDesired() ? "+" : "").append(m.checkingDisabled() ? "%" : "");
        int unused = m.flags() & UNUSED_IN_A_QUERY;
        if (unused != 0) {
            out.append(" [b2&3=0x").append(Integer.toHexString(m.flags())).append(']');
        }
        count(out, m.answerCount(), "a");
        count(out, m.authorityCount(), "n");
        count(out, m.additionalCount(), "au");
        if (m.questionCount() != 1) {
            count(out, m.questionCount(), "q");
        }
        for (DnsQuestion question : m.questions()) {
            out.append(' ').append(DnsRecord.typeName(question.type()));
            out.append(question.dnsClass() == INTERNET ? "" : " (Class " + question.dnsClass() + ")");
            out.append("? ").append(question.name());
        }
    }

    private static void count(StringBuilder out, int count, String what) {
        if (count > 0) {
            out.append(" [").append(count).append(what).append(']');
        }
    }

    private static void response(Dns m, StringBuilder out) {
        int result = m.responseCode();
        out.append(result < RESULTS.length ? RESULTS[result] : " Resp" + result);
        out.append(m.isAuthoritative() ? "*" : "").append(m.recursionAvailable() ? "" : "-");
        out.append(m.isCutShort() ? "|" : "").append(m.isAuthentic() ? "$" : "");
        if (m.questionCount() != 1) {
            out.append(" [").append(m.questionCount()).append("q]");
        }
        out.append(' ').append(m.answerCount());
        out.append('/').append(m.authorityCount());
        out.append('/').append(m.additionalCount());
        List<DnsRecord> answers = m.answers();
        String comma = " ";
        for (DnsRecord answer : answers) {
            out.append(comma).append(answer.typeName());
            out.append(answer.data().isEmpty() ? "" : " " + answer.data());
            out.append(answer.type() == OPT || isInternet(answer) ? "" : " (Class " + answer.dnsClass() + ")");
            comma = ", ";
        }
        if (answers.size() < m.answerCount()) {
            out.append(" [|domain]");
        }
    }

    /** The highest bit is multicast DNS's: what was known of the name before is wrong. */
    private static boolean isInternet(DnsRecord answer) {
        return (answer.dnsClass() & 0x7fff) == INTERNET;
    }
}
