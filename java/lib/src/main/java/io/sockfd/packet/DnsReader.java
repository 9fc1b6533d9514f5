package io.sockfd.packet;

import java.nio.ByteBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Goes through the questions and records of a message, names with compression (RFC 1035, 4.1.4) included. */
final class DnsReader {
    /** A name has at most 255 bytes; what points in circles ends here. */
    private static final int LONGEST_NAME = 255;

    private static final int POINTER = 0xc0;

    private final ByteBuffer b;
    private final int begin;
    private final int limit;
    private int at;

    DnsReader(ByteBuffer b, int begin, int limit, int from) {
        this.b = b;
        this.begin = begin;
        this.limit = limit;
        at = begin + from;
    }

    @Nullable
    DnsQuestion question() {
        String name = name(limit);
        if (name == null || limit - at < 4) {
            return null;
        }
        at += 4;
        return new DnsQuestion(name, Bytes.u16(b, at - 4), Bytes.u16(b, at - 2));
    }

    @Nullable
    DnsRecord dnsRecord() {
        String name = name(limit);
        if (name == null || limit - at < 10) {
            return null;
        }
        int type = Bytes.u16(b, at);
        int dnsClass = Bytes.u16(b, at + 2);
        long ttl = Bytes.u32(b, at + 4);
        int end = at + 10 + Bytes.u16(b, at + 8);
        if (end > limit) {
            return null;
        }
        at += 10;
        String data = data(type, dnsClass, ttl, end);
        at = end;
        return data == null ? null : new DnsRecord(name, type, dnsClass, ttl, data);
    }

    /** Null for what is damaged. */
    private @Nullable String data(int type, int dnsClass, long ttl, int end) {
        int bytes = end - at;
        return switch (type) {
            case 1 ->
                bytes == Ip.V4 ? Ip.text4(new StringBuilder(), Bytes.i32(b, at)).toString() : null;
            case 28 -> bytes == Ip.V6 ? Ip.text6(new StringBuilder(), b, at).toString() : null;
            case 2, 5, 12, 39 -> name(end);
            case 15 -> numbered(2, end);
            case 33 -> numbered(6, end);
            case 16 -> strings(end);
            case 41 -> "UDPsize=" + dnsClass + ((ttl & 0x8000) != 0 ? " DO" : "");
            default -> "";
        };
    }

    /** A name behind numbers of two bytes: of MX its preference, of SRV priority, weight and port. */
    private @Nullable String numbered(int bytes, int end) {
        int from = at;
        if (end - from <= bytes) {
            return null;
        }
        at += bytes;
        String name = name(end);
        if (name == null) {
            return null;
        }
        String first = Integer.toString(Bytes.u16(b, from));
        return bytes == 2
                ? name + " " + first
                : name + ":" + Bytes.u16(b, from + 4) + " " + first + " " + Bytes.u16(b, from + 2);
    }

    private @Nullable String strings(int end) {
        StringBuilder text = new StringBuilder();
        while (at < end) {
            int length = Bytes.u8(b, at++);
            if (length > end - at) {
                return null;
            }
            text.append(text.isEmpty() ? "\"" : " \"");
            for (int i = 0; i < length; i++) {
                shown(text, Bytes.u8(b, at + i), false);
            }
            text.append('"');
            at += length;
        }
        return text.toString();
    }

    /** Goes past a name; null when it is damaged, or has bytes behind the limit. */
    private @Nullable String name(int end) {
        StringBuilder name = new StringBuilder();
        int from = at;
        int until = end;
        boolean jumped = false;
        int bytes = 0;
        while (from < until) {
            int length = Bytes.u8(b, from);
            if ((length & POINTER) == POINTER && from + 1 < until) {
                int to = begin + (Bytes.u16(b, from) & 0x3fff);
                if (!jumped) {
                    at = from + 2;
                }
                if (to >= from) {
                    return null; // it points back, RFC 1035: this ends
                }
                jumped = true;
                from = to;
                until = limit;
            } else if (length == 0) {
                at = jumped ? at : from + 1;
                return name.isEmpty() ? "." : name.toString();
            } else if (length >= 64 || from + 1 + length > until || (bytes += length + 1) > LONGEST_NAME) {
                return null;
            } else {
                for (int i = 1; i <= length; i++) {
                    shown(name, Bytes.u8(b, from + i), true);
                }
                name.append('.');
                from += 1 + length;
            }
        }
        return null;
    }

    private static void shown(StringBuilder text, int c, boolean inName) {
        if (c < ' ' || c > '~' || (inName && c == ' ')) {
            text.append(String.format(Locale.ROOT, "\\%03d", c));
        } else {
            text.append((char) c);
        }
    }
}
