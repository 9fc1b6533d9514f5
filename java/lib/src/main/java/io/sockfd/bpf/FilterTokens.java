package io.sockfd.bpf;

import java.util.ArrayList;
import java.util.List;

/** The words and signs of a filter expression, and a position among them. */
final class FilterTokens {
    /** Longer signs before their beginnings. */
    private static final String[] SIGNS = {
        "&&", "||", "<<", ">>", "<=", ">=", "==", "!=", "(", ")", "[", "]", "<", ">", "=", "!", "&", "|", "^", "+", "-",
        "*", "/", "%", ":",
    };

    /** Stands behind the last. */
    private static final String END = "";

    private record Token(String text, int column) {}

    private final List<Token> tokens = new ArrayList<>();
    private int position;

    FilterTokens(String text) {
        int at = 0;
        int brackets = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
                continue;
            }
            int end = c == '\\' ? at + 1 : at;
            while (end < text.length() && isWord(text.charAt(end), brackets > 0, text.charAt(at))) {
                end++;
            }
            if (end == at || text.substring(at, end).equals("\\")) {
                end = at + sign(text, at).length();
            }
            String token = text.substring(at, end);
            brackets += token.equals("[") ? 1 : token.equals("]") ? -1 : 0;
            tokens.add(new Token(token, at + 1));
            at = end;
        }
        tokens.add(new Token(END, text.length() + 1));
    }

    /** A word may hold what addresses and ranges hold; between brackets the colon and the hyphen are signs. */
    private static boolean isWord(char c, boolean inBrackets, char first) {
        if (isLetter(c) || isDigit(c) || c == '_' || c == '.') {
            return true;
        } else if (c == ':') {
            return !inBrackets;
        }
        return c == '-' && first != '-' && (!inBrackets || !isDigit(first));
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static String sign(String text, int at) {
        for (String sign : SIGNS) {
            if (text.startsWith(sign, at)) {
                return sign;
            }
        }
        throw new BpfException("column " + (at + 1) + ": " + text.charAt(at) + " does not belong into a filter");
    }

    /** The next one, or the empty string at the end. */
    String peek() {
        return tokens.get(position).text;
    }

    /** The one behind the next. */
    String peekSecond() {
        return tokens.get(Math.min(position + 1, tokens.size() - 1)).text;
    }

    String next() {
        String text = peek();
        if (position < tokens.size() - 1) {
            position++;
        }
        return text;
    }

    boolean atEnd() {
        return peek().equals(END);
    }

    /** Takes the next one if it is one of these. */
    boolean accept(String... texts) {
        for (String text : texts) {
            if (peek().equals(text)) {
                next();
                return true;
            }
        }
        return false;
    }

    void expect(String text) {
        if (!accept(text)) {
            throw wrong(text + " is missing");
        }
    }

    /** For going back to with {@link #reset}. */
    int mark() {
        return position;
    }

    void reset(int mark) {
        position = mark;
    }

    /** Names the place of the next token. */
    BpfException wrong(String what) {
        String found = atEnd() ? "at the end" : "at " + peek();
        return new BpfException("column " + tokens.get(position).column + ", " + found + ": " + what);
    }
}
