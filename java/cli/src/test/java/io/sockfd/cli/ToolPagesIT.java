package io.sockfd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The guide's pages of the tools: each has one, each command that they show is one, and those that are marked run. */
@Tag("once")
class ToolPagesIT {
    private static final Path PAGES = Path.of("../../docs/tools");

    /** Up to what belongs to the shell. */
    private static final Pattern COMMAND = Pattern.compile("(?:^|\\| |&& )sockfd ([^|>&<]*)");

    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    private record Shown(String page, String line, boolean run) {
        List<String> words() {
            Matcher command = COMMAND.matcher(line);
            assertTrue(command.find(), page + " shows no command of ours: " + line);
            List<String> words = new ArrayList<>();
            Matcher word = WORD.matcher(command.group(1));
            while (word.find()) {
                words.add(word.group(1) != null ? word.group(1) : word.group(2));
            }
            return words;
        }
    }

    private static List<Shown> shown() throws IOException {
        List<Shown> shown = new ArrayList<>();
        try (Stream<Path> pages = Files.list(PAGES)) {
            for (Path page :
                    pages.filter(file -> file.toString().endsWith(".md")).toList()) {
                boolean inside = false;
                boolean run = false;
                for (String line : Files.readAllLines(page)) {
                    if (line.startsWith("```")) {
                        run &= !inside;
                        inside = line.equals("```sh");
                    } else if (inside) {
                        shown.add(new Shown(String.valueOf(page.getFileName()), line, run));
                    } else if (line.equals("<!-- run -->")) {
                        run = true;
                    }
                }
            }
        }
        return shown;
    }

    @Test
    void eachToolHasAPage() {
        assertTrue(Main.commandLine().getSubcommands().size() > 10);
        Main.commandLine()
                .getSubcommands()
                .keySet()
                .forEach(name -> assertTrue(
                        name.equals("help") || Files.exists(PAGES.resolve(name + ".md")), "docs/tools has no " + name));
    }

    @Test
    void eachCommandIsUnderstood() throws IOException {
        List<String> wrong = new ArrayList<>();
        int parsed = 0;
        for (Shown shown : shown()) {
            List<String> words = shown.words();
            while (words.get(0).startsWith("-D")) {
                words.remove(0); // the launcher's
            }
            if (!words.get(0).equals("bench")) { // a part of the benchmarks, not of this jar
                try {
                    Main.commandLine().parseArgs(words.toArray(String[]::new));
                    parsed++;
                } catch (CommandLine.ParameterException e) {
                    wrong.add(shown.page() + ": " + shown.line() + ": " + e.getMessage());
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(parsed > 20, parsed + " commands");
    }

    @Test
    void thoseThatAreMarkedRun() throws Exception {
        int ran = 0;
        for (Shown shown : shown()) {
            if (shown.run()) {
                Child.Result result = Child.sockfd(shown.words().toArray(String[]::new));
                assertEquals(0, result.status(), shown + ": " + result.err());
                ran++;
            }
        }
        assertTrue(ran > 0);
    }
}
