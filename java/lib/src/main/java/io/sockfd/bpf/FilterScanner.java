package io.sockfd.bpf;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words and signs of a filter expression. As in libpcap the longest one wins: {@code len-1} is one word, and {@code
 * 1:2:3:4:5:6} an address.
 */
final class FilterScanner {
    /** What a token is. */
    enum Kind {
        /** Of the language, or a sign. */
        WORD,
        NUMBER,
        /** Two to four numbers with dots. */
        ADDRESS_4,
        ADDRESS_6,
        ETHERNET,
        ARCNET,
        /** Of a host, a service and so on. */
        NAME,
        END
    }

    /** One of them, up to before the character {@code end}; {@code value} is a number's. */
    record Token(Kind kind, String text, int value, int column, int end) {}

    private static final String N = "(?:0[xX][0-9A-Fa-f]+|[0-9]+)";
    private static final String B = "[0-9A-Fa-f]{1,2}";
    private static final String W = "[0-9A-Fa-f]{1,4}";
    private static final String QUAD = "[0-9A-Fa-f]{4}";
    private static final Pattern NUMBER = Pattern.compile(N);
    private static final Pattern ADDRESS_4 = Pattern.compile(N + "(?:\\." + N + "){1,3}");
    private static final Pattern ARCNET = Pattern.compile("\\$" + B);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9](?:[-_.A-Za-z0-9]*[.A-Za-z0-9])?");
    private static final Pattern ESCAPED = Pattern.compile("\\\\[^ !()\\n\\t]+");
    private static final Pattern SIGN = Pattern.compile(">=|<=|!=|==|<<|>>|&&|\\|\\||[-+*/%:\\[\\]!<>()&|^=]");
    private static final List<Pattern> ETHERNET = List.of(
            Pattern.compile(B + "(?::" + B + "){5}"),
            Pattern.compile(B + "(?:-" + B + "){5}"),
            Pattern.compile(B + "(?:\\." + B + "){5}"),
            Pattern.compile(QUAD + "(?:\\." + QUAD + "){2}"),
            Pattern.compile("[0-9A-Fa-f]{12}"));
    private static final Pattern FULL_6 = Pattern.compile(W + "(?::" + W + "){7}");
    private static final Pattern SHORT_6 =
            Pattern.compile("((?:" + W + "(?::" + W + "){0,6})?)::((?:" + W + "(?::" + W + "){0,6})?)");
    private static final Pattern MIXED_6 =
            Pattern.compile("(?:" + W + "(?::" + W + "){0,5})?::?(?:" + W + ":){0,5}" + N + "(?:\\." + N + "){3}");
    private static final Pattern NO_ETHERNET = Pattern.compile(B + ":+(?:" + B + ":+)+");

    private static final Map<String, String> SAME =
            Map.of("&&", "and", "||", "or", "!", "not", "==", "=", "es-is", "esis", "is-is", "isis", "length", "len");

    private FilterScanner() {}

    /** All tokens, and one for the end. */
    static List<Token> scan(String text) {
        List<Token> tokens = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            if (" \r\n\t".indexOf(text.charAt(at)) >= 0) {
                at++;
                continue;
            }
            Token token = longest(text, at);
            at = token.end;
            tokens.add(token);
        }
        tokens.add(new Token(Kind.END, "", 0, text.length() + 1, text.length()));
        return tokens;
    }

    private static Token longest(String text, int at) {
        int column = at + 1;
        Matcher matcher = SIGN.matcher(text).region(at, text.length());
        String best = "";
        Kind kind = Kind.END;
        String name = longest(NAME, text, at);
        if (FilterWords.isReserved(name) || FilterWords.NUMBERS.containsKey(name)) {
            best = name;
            kind = FilterWords.isReserved(name) ? Kind.WORD : Kind.NUMBER;
        }
        String[] found = {
            longest(ARCNET, text, at),
            ETHERNET.stream().map(p -> longest(p, text, at)).reduce("", (a, b) -> b.length() > a.length() ? b : a),
            longest(NUMBER, text, at),
            longest(ADDRESS_4, text, at),
            address6(text, at),
            longest(NO_ETHERNET, text, at),
            name,
        };
        Kind[] kinds = {Kind.ARCNET, Kind.ETHERNET, Kind.NUMBER, Kind.ADDRESS_4, Kind.ADDRESS_6, Kind.END, Kind.NAME};
        for (int i = 0; i < found.length; i++) {
            if (found[i].length() > best.length()) {
                best = found[i];
                kind = kinds[i];
                if (kind == Kind.END) {
                    throw wrong(column, best, "this is no Ethernet address: it has six bytes");
                }
            }
        }
        if (kind == Kind.NUMBER) {
            return new Token(kind, best, number(best, column), column, at + best.length());
        } else if (!best.isEmpty()) {
            String plain = kind == Kind.WORD ? SAME.getOrDefault(best, best) : best;
            return new Token(kind, plain, 0, column, at + best.length());
        } else if (matcher.lookingAt()) {
            String sign = matcher.group();
            return new Token(Kind.WORD, SAME.getOrDefault(sign, sign), 0, column, matcher.end());
        }
        String escaped = longest(ESCAPED, text, at);
        if (escaped.isEmpty()) {
            throw new BpfException("column " + column + ": " + text.charAt(at) + " does not belong into a filter");
        }
        return new Token(Kind.NAME, escaped.substring(1), 0, column, at + escaped.length());
    }

    private static String longest(Pattern pattern, String text, int at) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        return matcher.lookingAt() ? matcher.group() : "";
    }

    private static String address6(String text, int at) {
        String best = longest(FULL_6, text, at);
        Matcher matcher = SHORT_6.matcher(text).region(at, text.length());
        if (matcher.lookingAt() && matcher.group().length() > best.length()) {
            long groups = matcher.group().chars().filter(c -> c == ':').count();
            boolean edge = matcher.group(1).isEmpty() || matcher.group(2).isEmpty();
            if (groups <= (edge ? 8 : 7)) {
                best = matcher.group();
            }
        }
        String mixed = longest(MIXED_6, text, at);
        boolean whole =
                mixed.contains("::") || mixed.chars().filter(c -> c == ':').count() == 6;
        return whole && mixed.length() > best.length() ? mixed : best;
    }

    private static int number(String text, int column) {
        Integer known = FilterWords.NUMBERS.get(text);
        try {
            return known != null ? known : Numbers.parse(text);
        } catch (BpfException e) {
            throw wrong(column, text, String.valueOf(e.getMessage()));
        }
    }

    private static BpfException wrong(int column, String text, String what) {
        return new BpfException("column " + column + ", at " + text + ": " + what);
    }
}
