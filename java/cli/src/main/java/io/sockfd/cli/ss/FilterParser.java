package io.sockfd.cli.ss;

import io.sockfd.cli.FailedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The filter language of ss(8): conditions joined by {@code or}, {@code and} (or nothing) and {@code not}, in brackets where
 * needed. {@code and} binds closer than {@code or}.
 */
final class FilterParser {
    private static final Pattern TOKEN = Pattern.compile("\\s*([()]|&&?|\\|\\|?|!=|!|[<>=]=?|[^\\s()&|!<>=]+)");
    private static final String CONDITIONS = "src, dst, sport, dport, dev, fwmark, cgroup or autobound";
    private static final Set<String> OR = Set.of("or", "|", "||");
    private static final Set<String> AND = Set.of("and", "&", "&&");
    private static final Set<String> NOT = Set.of("not", "!");

    private final List<String> tokens = new ArrayList<>();
    private final Conditions conditions;
    private int at;

    private FilterParser(String text, Conditions conditions) {
        this.conditions = conditions;
        Matcher matcher = TOKEN.matcher(text);
        int end = 0;
        while (end < text.length() && matcher.find(end) && matcher.start() == end) {
            tokens.add(matcher.group(1));
            end = matcher.end();
        }
    }

    /**
     * The filter that these words of the command line are; without any, all sockets pass.
     *
     * @param onlyUnix an address is the name of a UNIX socket
     */
    static Filter parse(List<String> words, Names names, boolean onlyUnix) {
        FilterParser parser = new FilterParser(String.join(" ", words).strip(), new Conditions(names, onlyUnix));
        if (parser.tokens.isEmpty()) {
            return Filter.ALL;
        }
        Filter filter = parser.or();
        if (parser.at < parser.tokens.size()) {
            throw parser.fail("')' without '('");
        }
        return filter;
    }

    private Filter or() {
        Filter filter = and();
        while (accept(OR)) {
            filter = filter.or(and());
        }
        return filter;
    }

    private Filter and() {
        Filter filter = not();
        while (at < tokens.size() && !OR.contains(peek()) && !peek().equals(")")) {
            boolean unused = accept(AND);
            filter = filter.and(not());
        }
        return filter;
    }

    private Filter not() {
        if (accept(NOT)) {
            return not().not();
        } else if (accept(Set.of("("))) {
            Filter filter = or();
            if (!accept(Set.of(")"))) {
                throw fail("'(' without ')'");
            }
            return filter;
        }
        return condition();
    }

    private Filter condition() {
        String what = next("a condition: " + CONDITIONS);
        return switch (what) {
            case "autobound" -> conditions.autobound();
            case "src", "dst" -> {
                Comparison comparison = comparison(what, true);
                yield conditions.host(what.equals("src"), comparison, next("an address behind " + what));
            }
            case "sport", "dport" -> {
                Comparison comparison = comparison(what, false);
                yield conditions.port(what.equals("sport"), comparison, next("a port behind " + what));
            }
            case "dev" -> conditions.device(comparison(what, true), next("an interface behind dev"));
            case "fwmark" -> conditions.mark(comparison(what, true), next("MARK or MARK/MASK behind fwmark"));
            case "cgroup" -> conditions.controlGroup(comparison(what, true), next("a path behind cgroup"));
            case "state", "exclude" -> throw fail("'" + what + "' comes before the conditions");
            default -> throw fail("'" + what + "' is no condition: " + CONDITIONS);
        };
    }

    /** Without one, it is equality. */
    private Comparison comparison(String what, boolean equalityOnly) {
        Comparison comparison = at < tokens.size() ? Comparison.of(peek()) : null;
        if (comparison == null) {
            return Comparison.EQUAL;
        }
        if (equalityOnly && comparison != Comparison.EQUAL && comparison != Comparison.UNEQUAL) {
            throw fail("'" + what + "' is compared with = or !=, not " + peek());
        }
        at++;
        return comparison;
    }

    private String peek() {
        return tokens.get(at);
    }

    private boolean accept(Set<String> wanted) {
        if (at < tokens.size() && wanted.contains(peek())) {
            at++;
            return true;
        }
        return false;
    }

    private String next(String expected) {
        if (at == tokens.size()) {
            throw fail("expected " + expected);
        }
        return tokens.get(at++);
    }

    private FailedException fail(String problem) {
        String before = String.join(" ", tokens.subList(0, at));
        return new FailedException("filter: " + problem + (before.isEmpty() ? "" : " (after '" + before + "')"));
    }
}
