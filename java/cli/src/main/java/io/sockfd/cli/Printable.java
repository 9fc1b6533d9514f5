package io.sockfd.cli;

/** Text that came from elsewhere, fit for a terminal: what would move its cursor or change its state is written out. */
public final class Printable {
    private Printable() {}

    /**
     * With control characters as {@code \x1b}, and those that turn the direction of writing as {@code \u202e}; tabs and ends
     * of lines too, or what a peer sent could look like a line of ours.
     */
    public static String of(String text) {
        return escape(text, "", "\\x%02x");
    }

    /** As {@link #of} for text with lines and columns of our own. */
    public static String lines(String text) {
        return escape(text, "\n\t\b", "\\x%02x");
    }

    /** As {@link #of} for a JSON document, whose own escapes are kept. */
    static String json(String text) {
        return escape(text, "\n", "\\u%04x");
    }

    private static String escape(String text, String kept, String ofByte) {
        int first = 0;
        while (first < text.length() && isGood(text.charAt(first), kept)) {
            first++;
        }
        if (first == text.length()) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.substring(0, first));
        for (int i = first; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isGood(c, kept)) {
                escaped.append(c);
            } else {
                escaped.append(String.format(c < 256 ? ofByte : "\\u%04x", (int) c));
            }
        }
        return escaped.toString();
    }

    private static boolean isGood(char c, String kept) {
        if (Character.isISOControl(c)) {
            return kept.indexOf(c) >= 0;
        }
        int type = Character.getType(c);
        return type != Character.FORMAT && type != Character.LINE_SEPARATOR && type != Character.PARAGRAPH_SEPARATOR;
    }
}
