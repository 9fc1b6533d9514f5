package io.sockfd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The help of every command: whole sentences on a terminal of 80 columns. */
@Tag("once")
class HelpTest {
    private static final int COLUMNS = 80;

    static Stream<CommandLine> commands() {
        CommandLine main = Main.commandLine();
        return Stream.concat(Stream.of(main), main.getSubcommands().values().stream());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void descriptionsAreSentences(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        List<String> wrong = new ArrayList<>();
        for (ArgSpec arg : spec.args()) {
            String text = String.join(" ", arg.description());
            boolean sentence = text.matches("(?s)[A-Z].*[.)]");
            // picocli's own, and those of another command line
            boolean theirs = arg instanceof OptionSpec option && (option.usageHelp() || option.versionHelp());
            if (!sentence && !theirs && !arg.hidden() && !spec.name().equals("help")) {
                wrong.add((arg instanceof OptionSpec o ? o.longestName() : arg.paramLabel()) + ": " + text);
            }
        }
        assertEquals(List.of(), wrong, spec.qualifiedName());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void worksInAnotherNamespace(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        assertTrue(spec.name().equals("help") || spec.findOption("--netns") != null, spec.qualifiedName());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void linesFit(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        List<String> wide = new ArrayList<>();
        command.getUsageMessage(Ansi.OFF)
                .lines()
                .filter(l -> l.length() > COLUMNS)
                .forEach(wide::add);
        // picocli wraps a line of the footer that is too long, in the middle of an example
        for (String line : spec.usageMessage().footer()) {
            String shown = String.format(line);
            if (shown.length() > COLUMNS) {
                wide.add(shown);
            }
        }
        assertEquals(List.of(), wide, spec.qualifiedName());
    }
}
