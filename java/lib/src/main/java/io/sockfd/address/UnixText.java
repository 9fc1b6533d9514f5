package io.sockfd.address;

import java.io.ByteArrayOutputStream;

/** The notation of UNIX addresses; {@link UnixAddress} describes it. */
final class UnixText {
    static final String PREFIX = "unix:";

    private UnixText() {}

    /** Whether the text is read here without the prefix. */
    static boolean isPlain(String text) {
        return text.startsWith("/") || text.startsWith("./") || text.startsWith("../") || text.startsWith("@");
    }

    static String escape(byte[] bytes) {
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

    static byte[] unescape(String text, int from, int to, String form) {
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
                throw Notation.fail(text, i, "\\0, \\xHH, \\\\ or \\\"", form);
            }
        }
        return bytes.toByteArray();
    }
}
