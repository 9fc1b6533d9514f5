package io.sockfd.packet;

/**
 * IGMP, versions 1 to 3: RFC 1112, RFC 2236, RFC 3376.
 *
 * <pre>
 *     +---------------+---------------+-------------------------------+
 *   0 |      type     | max. response |           checksum            |
 *     +---------------+---------------+-------------------------------+
 *   4 |        group; of a report of version 3: count of groups       |
 *     +---------------------------------------------------------------+
 * </pre>
 */
public final class Igmp extends Header<Igmp> {
    public static final int SIZE = 8;
    public static final int QUERY = 0x11;
    public static final int REPORT_1 = 0x12;
    public static final int REPORT_2 = 0x16;
    public static final int LEAVE = 0x17;
    public static final int REPORT_3 = 0x22;

    private static final int RECORD = 8;
    private static final int LONG_QUERY = 12;

    public Igmp() {
        super(SIZE);
    }

    @Override
    String name() {
        return "IGMP";
    }

    /** Such as {@link #QUERY}. */
    public int type() {
        return u8(0);
    }

    /** How long an answer may take, in tenths of a second; from 128 on a number with an exponent, RFC 3376. */
    public int maxResponse() {
        int code = u8(1);
        return code < 128 || !isThird() ? code : ((code & 15) | 16) << ((code >> 4 & 7) + 3);
    }

    public int checksum() {
        return u16(2);
    }

    /** The group of a query, of a report or of a leave; 0 asks for all. Not of a report of version 3. */
    public int group() {
        return i32(4);
    }

    /** How many records a report of version 3 says it has. */
    public int recordCount() {
        return u16(6);
    }

    void describe(StringBuilder out) {
        out.append("igmp ");
        switch (type()) {
            case QUERY -> query(out);
            case REPORT_1 -> Ip.text4(out.append("v1 report "), group());
            case REPORT_2 -> Ip.text4(out.append("v2 report "), group());
            case LEAVE -> Ip.text4(out.append("leave "), group());
            case REPORT_3 -> report(out);
            default -> out.append("type 0x").append(Integer.toHexString(type()));
        }
    }

    /** The query of version 3 is longer, RFC 3376, 7.1; before it, the time was a number without an exponent. */
    private boolean isThird() {
        return type() == QUERY && limit - offset + cut >= LONG_QUERY;
    }

    private void query(StringBuilder out) {
        out.append("query v").append(isThird() ? 3 : u8(1) > 0 ? 2 : 1);
        if (u8(1) > 0 && maxResponse() != 100) {
            out.append(" [max resp time ").append(maxResponse()).append(']');
        }
        if (group() != 0) {
            Ip.text4(out.append(" [gaddr "), group()).append(']');
        }
    }

    /** What each record says of its group, as far as they are whole. */
    private void report(StringBuilder out) {
        out.append("v3 report, ").append(recordCount()).append(" group record(s)");
        int at = SIZE;
        for (int i = recordCount(); i > 0 && limit - offset - at >= RECORD; i--) {
            Ip.text4(out.append(" [gaddr "), i32(at + 4)).append(' ').append(MulticastRecords.name(u8(at)));
            out.append(" {");
            int sources = u16(at + 2);
            for (int s = 0; s < sources && limit - offset - at - RECORD >= 4 * (s + 1); s++) {
                Ip.text4(out.append(s == 0 ? "" : " "), i32(at + RECORD + 4 * s));
            }
            out.append("}]");
            at += RECORD + 4 * (sources + u8(at + 1));
        }
    }
}
