package io.sockfd.cli.capture;

import java.nio.ByteBuffer;

/** The bytes of a packet, in lines of sixteen or as text. */
final class PacketBytes {
    private static final int PER_LINE = 16;
    private static final int HEX_WIDTH = 40;

    private PacketBytes() {}

    static void dump(StringBuilder text, ByteBuffer data, int begin, boolean ascii) {
        for (int line = begin; line < data.limit(); line += PER_LINE) {
            text.append("\t0x")
                    .append(hex((line - begin) >> 8))
                    .append(hex(line - begin))
                    .append(": ");
            int start = text.length();
            int end = Math.min(line + PER_LINE, data.limit());
            for (int i = line; i < end; i++) {
                text.append((i - line) % 2 == 0 ? " " : "").append(hex(data.get(i)));
            }
            if (ascii) {
                text.append(" ".repeat(HEX_WIDTH - (text.length() - start))).append("  ");
                for (int i = line; i < end; i++) {
                    text.append(shown(data.get(i)) ? (char) data.get(i) : '.');
                }
            }
            text.append(System.lineSeparator());
        }
    }

    private static String hex(int value) {
        return "" + Character.forDigit((value >> 4) & 15, 16) + Character.forDigit(value & 15, 16);
    }

    private static boolean shown(byte b) {
        return b > ' ' && b < 0x7f;
    }

    /** With the line ends and tabs that are there. */
    static void text(StringBuilder text, ByteBuffer data, int begin) {
        for (int i = begin; i < data.limit(); i++) {
            byte b = data.get(i);
            boolean endsLine = b == '\r' && i + 1 < data.limit() && data.get(i + 1) == '\n';
            if (!endsLine) {
                text.append(shown(b) || b == ' ' || b == '\n' || b == '\t' ? (char) b : '.');
            }
        }
        text.append(System.lineSeparator());
    }
}
