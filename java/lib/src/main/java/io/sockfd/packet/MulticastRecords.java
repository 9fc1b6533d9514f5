package io.sockfd.packet;

/** The records of a report of IGMP 3 or of MLD 2, RFC 3810. */
final class MulticastRecords {
    private static final String[] NAMES = {"", "is_in", "is_ex", "to_in", "to_ex", "allow", "block"};
    private static final int RECORD = 20;
    private static final int COUNT = 6;
    private static final int FIRST = 8;

    private MulticastRecords() {}

    static String name(int type) {
        return type > 0 && type < NAMES.length ? NAMES[type] : "type " + type;
    }

    /** Of a report of MLD 2, as far as they are whole. */
    static void describe(Icmp6 m, StringBuilder out) {
        int count = m.u16(COUNT);
        out.append(", ").append(count).append(" group record(s)");
        int at = FIRST;
        for (int i = count; i > 0 && m.limit - m.offset - at >= RECORD; i--) {
            Ip.text6(out.append(" [gaddr "), m.b, m.offset + at + 4).append(' ').append(name(m.u8(at)));
            out.append(" {");
            int sources = m.u16(at + 2);
            for (int s = 0; s < sources && m.limit - m.offset - at - RECORD >= Ip.V6 * (s + 1); s++) {
                Ip.text6(out.append(s == 0 ? "" : " "), m.b, m.offset + at + RECORD + Ip.V6 * s);
            }
            out.append("}]");
            at += RECORD + Ip.V6 * sources + 4 * m.u8(at + 1);
        }
    }
}
