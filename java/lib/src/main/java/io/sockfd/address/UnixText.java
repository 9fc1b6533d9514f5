package io.sockfd.address;

import java.io.ByteArrayOutputStream;

/** The notation of UNIX addresses; {@link UnixAddress} describes it. */
final class UnixText {
    static final String PREFIX = "unix:";

    private static final String FORM =
            "/PATH, ./PATH, @ABSTRACT, unix:PATH, unix:@ABSTRACT, unix:\"ESCAPED PATH\" or unix:";

    private UnixText() {}

    /** Whether the text is read here without the prefix. */
    static boolean isPlain(String text) {
        return text.startsWith("/") || text.startsWith("./") || text.startsWith("../") || text.startsWith("@");
    }

    static UnixAddress parse(String text) {
        boolean prefixed = text.startsWith(PREFIX);
        int at = prefixed ? PREFIX.length() : 0;
        String name = text.substring(at);
        if (!prefixed && !isPlain(text)) {
            throw Notation.fail(text, 0, "a UNIX address", FORM);
        } else if (name.isEmpty()) {
            return UnixAddress.unnamed();
        } else if (name.startsWith("@")) {
            return UnixAddress.ofAbstract(unescape(text, at + 1, text.length()));
        } else if (name.startsWith("\"")) {
            if (name.length() < 2 || !name.endsWith("\"")) {
                throw Notation.fail(text, text.length(), "a closing quote", FORM);
            }
            return UnixAddress.ofPath(unescape(text, at + 1, text.length() - 1));
        }
        return UnixAddress.ofPath(name);
    }

    static String format(UnixAddress address) {
        if (address.isUnnamed()) {
            return PREFIX;
        } else if (address.isAbstract()) {
            return "@" + escape(address.bytes());
        }
        String path = address.name();
        if (path == null
                || path.startsWith("\"")
                || path.startsWith("@")
                || path.chars().anyMatch(Character::isISOControl)) {
            return PREFIX + "\"" + escape(address.bytes()) + "\"";
        }
        return isPlain(path) ? path : PREFIX + path;
    }

    private static String escape(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) {
            if (b == 0) {
                text.append("\\0");
            } else if (b == '\\' || b == '"') {
                text.append('\\').append((char) b);
            } else if (b >= ' ' && b < 0x7f) {
                text.append((char) b);
            } else {
                text.append(String.format("\\x%02x", b & 0xff));
            }
        }
        return text.toString();
    }

    private static byte[] unescape(String text, int from, int to) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int i = from;
        while (i < to) {
            char c = text.charAt(i);
            if (c != '\\') {
                int width = Character.charCount(text.codePointAt(i));
                bytes.writeBytes(FileNames.encode(text.substring(i, i + width)));
                i += width;
                continue;
            }
            char kind = i + 1 < to ? text.charAt(i + 1) : ' ';
            if (kind == '0') {
                bytes.write(0);
                i += 2;
            } else if (kind == '\\' || kind == '"') {
                bytes.write(kind);
                i += 2;
            } else if (kind == 'x'
                    && i + 4 <= to
                    && text.substring(i + 2, i + 4).matches("[0-9a-fA-F]{2}")) {
                bytes.write(Integer.parseInt(text.substring(i + 2, i + 4), 16));
                i += 4;
            } else {
                throw Notation.fail(text, i, "\\0, \\xHH, \\\\ or \\\"", FORM);
            }
        }
        return bytes.toByteArray();
    }
}
