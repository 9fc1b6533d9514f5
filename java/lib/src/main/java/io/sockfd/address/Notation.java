package io.sockfd.address;

import java.net.SocketException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads one address from left to right: a prefix, fields, then {@code ?key=value&key=value}. Not for several threads. */
final class Notation {
    static final long U8 = 0xff;
    static final long U16 = 0xffff;
    static final long U32 = 0xffff_ffffL;
    static final long S32 = Integer.MAX_VALUE;
    static final long U64 = -1;

    private final String text;
    private final String form;
    /** Where the fields end. */
    private final int end;
    /** Where each value begins; a key leaves when it is read. */
    private final Map<String, Integer> parameters = new LinkedHashMap<>();
    /** The next character to read. */
    private int at;
    /** Where the field read last began. */
    private int start;

    /** @param form the accepted form, for messages */
    Notation(String text, String prefix, String form) {
        this.text = text;
        this.form = form;
        if (!text.startsWith(prefix)) {
            throw fail(0, "\"" + prefix + "\"");
        }
        at = prefix.length();
        int question = text.indexOf('?', at);
        end = question < 0 ? text.length() : question;
        for (int key = question + 1; question >= 0 && key <= text.length(); ) {
            int ampersand = text.indexOf('&', key);
            int stop = ampersand < 0 ? text.length() : ampersand;
            int equals = text.indexOf('=', key);
            if (equals < 0 || equals >= stop || parameters.put(text.substring(key, equals), equals + 1) != null) {
                throw fail(key, "key=value, each key once");
            }
            key = stop + 1;
        }
    }

    /**
     * The characters up to {@code separator}, which is skipped.
     *
     * @param what they are, for messages; empty for nothing
     */
    String until(char separator, String what) {
        return field(text.indexOf(separator, at), separator, what);
    }

    /** The characters up to the last {@code separator} of all, which is skipped. */
    String untilLast(char separator, String what) {
        return field(text.lastIndexOf(separator, end - 1), separator, what);
    }

    /** The characters up to {@code separator}, or all that are left. */
    String untilOrRest(char separator) {
        int stop = text.indexOf(separator, at);
        start = at;
        if (stop < 0 || stop >= end) {
            at = end;
            return text.substring(start, end);
        }
        at = stop + 1;
        if (at == end) {
            throw fail(at, "something after '" + separator + "'");
        }
        return text.substring(start, stop);
    }

    /** All that is left. */
    String rest() {
        start = at;
        at = end;
        return text.substring(start, end);
    }

    boolean atEnd() {
        return at >= end;
    }

    /** Nothing may be left. */
    void finish() {
        if (at < end) {
            throw fail(at, "the end");
        }
        for (Map.Entry<String, Integer> e : parameters.entrySet()) {
            throw fail(e.getValue() - e.getKey().length() - 1, "a key of the form");
        }
    }

    /** The field read last as a number. */
    long number(String field, String what, long max) {
        return number(field, start, what, max);
    }

    int u32(String field, String what) {
        return (int) number(field, what, U32);
    }

    /** The number of a parameter, or 0. */
    long parameter(String key, long max) {
        Integer value = parameters.remove(key);
        if (value == null) {
            return 0;
        }
        int ampersand = text.indexOf('&', value);
        return number(text.substring(value, ampersand < 0 ? text.length() : ampersand), value, key, max);
    }

    /** An index, or the name of an interface, or {@code *} for 0. */
    int ifindex(String field) {
        return ifindex(field, S32);
    }

    int ifindex(String field, long max) {
        if (field.equals("*")) {
            return 0;
        } else if (!field.isEmpty() && field.charAt(0) >= '0' && field.charAt(0) <= '9' && digits(field)) {
            return (int) number(field, "an interface", max);
        }
        try {
            return Interfaces.index(field);
        } catch (SocketException | IllegalArgumentException e) {
            // with no descriptor left nobody knows whether there is such an interface
            boolean unknown = e instanceof SocketException
                    && !String.valueOf(e.getMessage()).contains("ENODEV");
            IllegalArgumentException failure =
                    fail(start, "an interface name or index" + (unknown ? ", and " + e.getMessage() : ""));
            failure.initCause(e);
            throw failure;
        }
    }

    HardwareAddress mac(String field, int minBytes, int maxBytes) {
        try {
            HardwareAddress mac = HardwareAddress.parse(field);
            if (mac.length() >= minBytes && mac.length() <= maxBytes) {
                return mac;
            }
        } catch (IllegalArgumentException e) {
            // falls through to the message with the place
        }
        throw fail(start, "a hardware address like aa:bb:cc:dd:ee:ff");
    }

    HardwareAddress bluetooth(String field) {
        int bytes = HardwareAddress.ANY.length();
        return mac(field, bytes, bytes);
    }

    /** A failure at the field read last. */
    IllegalArgumentException fail(String expected) {
        return fail(start, expected);
    }

    private IllegalArgumentException fail(int place, String expected) {
        return fail(text, place, expected, form);
    }

    static IllegalArgumentException fail(String text, int place, String expected, String form) {
        return new IllegalArgumentException("\"" + text + "\": expected " + expected + " at position " + place
                + ", found \"" + text.substring(Math.min(place, text.length())) + "\"; the form is " + form);
    }

    private String field(int stop, char separator, String what) {
        start = at;
        if (stop < at || stop >= end) {
            throw fail(at, (what.isEmpty() ? "" : what + " and then ") + "'" + separator + "'");
        }
        at = stop + 1;
        return text.substring(start, stop);
    }

    private long number(String field, int place, String what, long max) {
        boolean hex = field.startsWith("0x") || field.startsWith("0X");
        String digits = hex ? field.substring(2) : field;
        try {
            if (hex ? hexDigits(digits) : digits(digits)) {
                long value = Long.parseUnsignedLong(digits, hex ? 16 : 10);
                if (Long.compareUnsigned(value, max) <= 0) {
                    return value;
                }
            }
        } catch (NumberFormatException e) {
            // empty, or more than 64 bits
        }
        throw fail(place, what + ", 0 to " + Long.toUnsignedString(max));
    }

    private static boolean digits(String s) {
        return s.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean hexDigits(String s) {
        return s.chars().allMatch(c -> c < 0x80 && Character.digit(c, 16) >= 0);
    }
}
