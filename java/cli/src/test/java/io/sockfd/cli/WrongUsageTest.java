package io.sockfd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Every command with every kind of wrong words: an option that there is not, one without its value, a word where a number
 * should be, too many words. Status 2, a line that says what is wrong, the usage, and no stack trace.
 */
@Tag("once")
class WrongUsageTest {
    private static final Set<Class<?>> NUMBERS =
            Set.of(int.class, Integer.class, long.class, Long.class, double.class, Double.class);

    static Stream<List<String>> wrongLines() {
        List<List<String>> lines = new ArrayList<>();
        Main.commandLine().getSubcommands().forEach((name, command) -> {
            if (!name.equals("help")) {
                add(lines, name, command.getCommandSpec());
            }
        });
        return lines.stream();
    }

    private static void add(List<List<String>> lines, String name, CommandSpec spec) {
        lines.add(List.of(name, "--nonsense"));
        for (OptionSpec option : spec.options()) {
            String longest = option.longestName();
            if (option.arity().min() > 0) {
                lines.add(List.of(name, longest));
                if (NUMBERS.contains(option.type())) {
                    lines.add(List.of(name, longest, "nonsense"));
                    lines.add(List.of(name, longest, "1x"));
                    lines.add(List.of(name, longest, ""));
                }
            } else if (longest.length() > 5) {
                // a letter is missing
                lines.add(List.of(name, longest.substring(0, 4) + longest.substring(5)));
            }
        }
        int most = 0;
        for (PositionalParamSpec positional : spec.positionalParameters()) {
            most += Math.min(positional.arity().max(), 100);
        }
        if (most < 100) {
            String[] words = new String[most + 2];
            Arrays.fill(words, "1");
            words[0] = name;
            lines.add(List.of(words));
        }
    }

    @ParameterizedTest
    @MethodSource("wrongLines")
    void isExplained(List<String> words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(words.toArray(String[]::new));
        assertEquals(2, status, words + ": " + err);
        assertEquals("", out.toString());
        List<String> lines = err.toString().lines().toList();
        assertTrue(lines.get(0).matches("sockfd: \\S.*\\S"), err.toString());
        assertTrue(lines.get(1).startsWith("Usage: sockfd " + words.get(0)), err.toString());
        assertTrue(lines.stream().noneMatch(line -> line.startsWith("\tat ")), err.toString());
    }

    static Stream<String> names() {
        return Main.commandLine().getSubcommands().keySet().stream().filter(name -> name.length() > 3);
    }

    /** Two letters changed places. */
    @ParameterizedTest
    @MethodSource("names")
    void aMisspeltCommandIsGuessed(String name) {
        String misspelt = name.substring(0, 1) + name.charAt(2) + name.charAt(1) + name.substring(3);
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLine().setErr(new PrintWriter(err));
        assertEquals(2, command.execute(misspelt), err.toString());
        String first = err.toString().lines().findFirst().orElse("");
        assertTrue(first.contains("did you mean ") && first.contains(name), first);
    }
}
