package io.sockfd.bpf;

import io.sockfd.bpf.FilterScanner.Kind;
import io.sockfd.bpf.FilterScanner.Token;
import java.util.List;

/** A position among the tokens of a filter expression. */
final class FilterTokens {
    private final List<Token> tokens;
    private int position;

    FilterTokens(String text) {
        tokens = FilterScanner.scan(text);
    }

    Token token() {
        return tokens.get(position);
    }

    /** The text of the next one, or the empty string at the end. */
    String peek() {
        return token().text();
    }

    /** Whether the next one is this word or sign of the language. */
    boolean is(String word) {
        return is(token(), word);
    }

    /** Whether the one behind the next is this word or sign. */
    boolean secondIs(String word) {
        return is(tokens.get(Math.min(position + 1, tokens.size() - 1)), word);
    }

    private static boolean is(Token token, String word) {
        return token.kind() == Kind.WORD && token.text().equals(word);
    }

    Token next() {
        Token token = token();
        if (position < tokens.size() - 1) {
            position++;
        }
        return token;
    }

    boolean atEnd() {
        return token().kind() == Kind.END;
    }

    boolean atNumber() {
        return token().kind() == Kind.NUMBER;
    }

    /** Takes the next one if it is this. */
    boolean accept(String word) {
        boolean there = is(word);
        if (there) {
            next();
        }
        return there;
    }

    void expect(String word) {
        if (!accept(word)) {
            throw wrong(word + " is missing");
        }
    }

    /** A number. */
    int number(String what) {
        if (!atNumber()) {
            throw wrong("a number is missing: " + what);
        }
        return next().value();
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
        return wrong(token(), what);
    }

    /** Names the place of this token. */
    static BpfException wrong(Token token, String what) {
        String found = token.kind() == Kind.END ? "at the end" : "at " + token.text();
        return new BpfException("column " + token.column() + ", " + found + ": " + what);
    }
}
