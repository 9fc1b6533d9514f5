package io.sockfd.packet;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message of DNS, RFC 1035, as UDP carries it.
 *
 * <pre>
 *     +-------------------------------+-------------------------------+
 *   0 |           identifier          |Q|opcode |A|T|R|R|Z|A|C| rcode |
 *     +-------------------------------+-------------------------------+
 *   4 |           questions           |            answers            |
 *     +-------------------------------+-------------------------------+
 *   8 |           authorities         |          additionals          |
 *     +-------------------------------+-------------------------------+
 * </pre>
 *
 * <p>The counts are what the message says; the lists end with the last record that is whole. Names end with a dot, and the
 * bytes in them that are no printable ASCII are written as a backslash and three digits.
 */
public final class Dns extends Header<Dns> {
    public static final int SIZE = 12;
    public static final int PORT = 53;
    /** Of multicast DNS, RFC 6762. */
    public static final int MULTICAST_PORT = 5353;

    private static final int RESPONSE = 0x80;
    private static final int AUTHORITATIVE = 0x04;
    private static final int TRUNCATED = 0x02;
    private static final int RECURSION_DESIRED = 0x01;
    private static final int RECURSION_AVAILABLE = 0x80;
    private static final int AUTHENTIC = 0x20;
    private static final int CHECKING_DISABLED = 0x10;

    public Dns() {
        super(SIZE);
    }

    @Override
    String name() {
        return "DNS";
    }

    /** The number by which an answer is known. */
    public int identifier() {
        return u16(0);
    }

    /** The 16 bits behind the identifier. */
    public int flags() {
        return u16(2);
    }

    /** Whether it is an answer. */
    public boolean isResponse() {
        return bit(2, RESPONSE);
    }

    /** 0 is a query. */
    public int opcode() {
        return u8(2) >> 3 & 15;
    }

    /** The server is one of the zone. */
    public boolean isAuthoritative() {
        return bit(2, AUTHORITATIVE);
    }

    /** There was more than the message could hold. */
    public boolean isCutShort() {
        return bit(2, TRUNCATED);
    }

    public boolean recursionDesired() {
        return bit(2, RECURSION_DESIRED);
    }

    public boolean recursionAvailable() {
        return bit(3, RECURSION_AVAILABLE);
    }

    /** The server has checked the signatures. */
    public boolean isAuthentic() {
        return bit(3, AUTHENTIC);
    }

    public boolean checkingDisabled() {
        return bit(3, CHECKING_DISABLED);
    }

    /** 0 for success, 3 for a name that does not exist. */
    public int responseCode() {
        return u8(3) & 15;
    }

    public int questionCount() {
        return u16(4);
    }

    public int answerCount() {
        return u16(6);
    }

    public int authorityCount() {
        return u16(8);
    }

    public int additionalCount() {
        return u16(10);
    }

    /** The questions that are whole. */
    public List<DnsQuestion> questions() {
        List<DnsQuestion> questions = new ArrayList<>();
        DnsReader reader = new DnsReader(b, offset, limit, SIZE);
        for (int i = questionCount(); i > 0; i--) {
            DnsQuestion question = reader.question();
            if (question == null) {
                break;
            }
            questions.add(question);
        }
        return questions;
    }

    /** The answers that are whole. */
    public List<DnsRecord> answers() {
        return records(0, answerCount());
    }

    /** The records of the section of authorities that are whole. */
    public List<DnsRecord> authorities() {
        return records(answerCount(), authorityCount());
    }

    /** The additional records that are whole. */
    public List<DnsRecord> additionals() {
        return records(answerCount() + authorityCount(), additionalCount());
    }

    private List<DnsRecord> records(int skipped, int count) {
        List<DnsRecord> records = new ArrayList<>();
        DnsReader reader = new DnsReader(b, offset, limit, SIZE);
        for (int i = questionCount(); i > 0; i--) {
            if (reader.question() == null) {
                return records;
            }
        }
        for (int i = 0; i < skipped + count; i++) {
            @Nullable DnsRecord dnsRecord = reader.dnsRecord();
            if (dnsRecord == null) {
                break;
            } else if (i >= skipped) {
                records.add(dnsRecord);
            }
        }
        return records;
    }

    void describe(StringBuilder out) {
        DnsText.describe(this, out);
    }
}
