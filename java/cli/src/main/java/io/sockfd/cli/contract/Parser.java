package io.sockfd.cli.contract;

import io.sockfd.cli.contract.Expectation.Alternative;
import io.sockfd.cli.contract.Expectation.Relation;
import io.sockfd.cli.contract.Step.How;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the columns of a row; the language is described at the top of the table. */
final class Parser {
    private final String text;
    private final Map<String, List<Step>> defs;
    private int at;

    Parser(String text, Map<String, List<Step>> defs) {
        this.text = text;
        this.defs = defs;
    }

    List<Step> program() {
        List<Step> steps = new ArrayList<>();
        do {
            skipSpaces();
            if (accept("@")) {
                String name = name();
                List<Step> def = defs.get(name);
                if (def == null) {
                    throw malformed("no such def");
                }
                steps.addAll(def);
            } else {
                steps.add(step());
            }
            skipSpaces();
        } while (accept(";"));
        atEnd();
        return List.copyOf(steps);
    }

    private Step step() {
        How how = acceptWord("try") ? How.TRY : acceptWord("until") ? How.UNTIL : How.MUST;
        int start = at;
        String call = Character.isLetter(peek()) ? name() + (accept("[]") ? "[]" : "") : "";
        if (!Calls.knows(call)) {
            at = start;
            call = "";
        }
        List<Expr> arguments = new ArrayList<>();
        skipSpaces();
        while (at < text.length() && !startsWith(";") && !startsWith("->") && !startsWith("=>")) {
            arguments.add(value());
            skipSpaces();
        }
        if (call.isEmpty() && arguments.size() != 1) {
            throw malformed("neither a call nor a value");
        }
        boolean owned = accept("=>");
        if (!owned && !accept("->")) {
            return new Step(how, call, List.copyOf(arguments), "", false);
        }
        skipSpaces();
        return new Step(how, call, List.copyOf(arguments), name(), owned);
    }

    private Expr value() {
        Expr value = primary();
        while (accept("|")) {
            value = new Expr.Or(value, primary());
        }
        return value;
    }

    private Expr primary() {
        if (accept("\"")) {
            int end = text.indexOf('"', at);
            if (end < 0) {
                throw malformed("no closing quote");
            }
            String literal = text.substring(at, end);
            at = end + 1;
            return new Expr.Text(literal);
        }
        if (accept("-")) {
            return new Expr.Negative(primary());
        }
        if (accept("#")) {
            return new Expr.Size(name());
        }
        if (Character.isDigit(peek())) {
            String digits = word();
            return new Expr.Literal(
                    digits.startsWith("0x") ? Long.parseUnsignedLong(digits.substring(2), 16) : Long.parseLong(digits));
        }
        String name = name();
        if (accept("(")) {
            return new Expr.Built(name, arguments());
        }
        if (peek() == '=' && !startsWith("=>")) {
            at++;
            return new Expr.Remembered(name, primary());
        }
        return new Expr.Name(name);
    }

    private List<Expr> arguments() {
        List<Expr> arguments = new ArrayList<>();
        skipSpaces();
        while (!accept(")")) {
            if (!arguments.isEmpty() && !accept(",")) {
                throw malformed("expected , or )");
            }
            skipSpaces();
            arguments.add(value());
            skipSpaces();
        }
        return List.copyOf(arguments);
    }

    Expectation expectation() {
        List<Alternative> alternatives = new ArrayList<>();
        do {
            skipSpaces();
            int start = at;
            Relation relation = accept(">=") ? Relation.AT_LEAST : accept(">") ? Relation.GREATER : Relation.EQUAL;
            if (acceptWord("fd")) {
                alternatives.add(new Alternative("fd", Relation.AT_LEAST, new Expr.Literal(0)));
            } else {
                Expr bound = value();
                alternatives.add(new Alternative(text.substring(start, at), relation, bound));
            }
            skipSpaces();
        } while (accept("/"));
        atEnd();
        return new Expectation(text, List.copyOf(alternatives));
    }

    private boolean startsWith(String token) {
        return text.startsWith(token, at);
    }

    private boolean accept(String token) {
        boolean found = startsWith(token);
        at += found ? token.length() : 0;
        return found;
    }

    private boolean acceptWord(String word) {
        int start = at;
        if (word().equals(word)) {
            skipSpaces();
            return true;
        }
        at = start;
        return false;
    }

    private String name() {
        String name = word();
        if (name.isEmpty() || Character.isDigit(name.charAt(0))) {
            throw malformed("expected a name");
        }
        return name;
    }

    private String word() {
        int start = at;
        while (Character.isLetterOrDigit(peek()) || peek() == '_') {
            at++;
        }
        return text.substring(start, at);
    }

    /** The next character, or a NUL at the end. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private void skipSpaces() {
        while (peek() == ' ') {
            at++;
        }
    }

    private void atEnd() {
        if (at < text.length()) {
            throw malformed("not understood");
        }
    }

    private IllegalArgumentException malformed(String what) {
        return new IllegalArgumentException(
                what + " at \"" + text.substring(Math.min(at, text.length())) + "\" in \"" + text + "\"");
    }
}
