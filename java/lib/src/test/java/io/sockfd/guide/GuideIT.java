package io.sockfd.guide;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.function.Executable;

/**
 * Whatever README and guide show. A block of Java compiles as it stands, with the imports that an editor adds and the
 * variables that a comment before it gives; one that is marked with a comment runs, and prints what the block of text
 * behind it shows.
 */
@Tag("once")
@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "the guide uses virtual threads")
class GuideIT {
    private static final Path ROOT =
            Path.of(System.getProperty("sockfd.root", "../..")).normalize();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static List<Page> pages = List.of();

    @BeforeAll
    static void read() throws IOException {
        pages = Page.all(ROOT);
        assertTrue(pages.size() > 5, pages.toString());
    }

    @Test
    void everyBlockOfJavaCompilesAndThoseThatAreMarkedRun() throws Exception {
        List<Block> blocks = new ArrayList<>();
        pages.forEach(page -> page.blocks().stream()
                .filter(block -> block.language().equals("java"))
                .forEach(blocks::add));
        Compiled compiled = new Compiled(blocks);
        assertEquals(List.of(), compiled.problems());
        List<Executable> runs = new ArrayList<>();
        for (Page page : pages) {
            for (int i = 0; i < page.blocks().size(); i++) {
                Block block = page.blocks().get(i);
                Block next = i + 1 < page.blocks().size() ? page.blocks().get(i + 1) : block;
                if (block.run() && block.language().equals("java") && (!block.asRoot() || isRoot())) {
                    runs.add(() -> assertShows(next, run(compiled, block)));
                }
            }
        }
        assertFalse(runs.isEmpty(), "no block is marked");
        assertAll(runs);
    }

    private static boolean isRoot() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .anyMatch(line -> line.matches("CapEff:\\s+0*1?[0-9a-f]*f{8}.*"));
    }

    private static String run(Compiled compiled, Block block) {
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            assertTimeoutPreemptively(PATIENCE, () -> compiled.run(block), block::toString);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(block + " failed: " + e, e);
        } finally {
            System.setOut(out);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    /** What is shown, where an ellipsis stands for anything. */
    private static void assertShows(Block shown, String printed) {
        if (!shown.language().equals("text")) {
            return;
        }
        Matcher anything = Pattern.compile("…").matcher(shown.text());
        StringBuilder pattern = new StringBuilder();
        int from = 0;
        while (anything.find()) {
            pattern.append(Pattern.quote(shown.text().substring(from, anything.start())))
                    .append(".*");
            from = anything.end();
        }
        pattern.append(Pattern.quote(shown.text().substring(from)));
        assertTrue(
                printed.strip().matches("(?s)" + pattern), shown + " shows\n" + shown.text() + "\nand not\n" + printed);
    }

    @Test
    void noLinkLeadsNowhere() {
        List<String> broken = new ArrayList<>();
        for (Page page : pages) {
            for (String link : page.links()) {
                if (!link.matches("(https?|mailto):.*") && !leadsSomewhere(page, link)) {
                    broken.add(page.name() + ": " + link);
                }
            }
        }
        assertEquals(List.of(), broken);
    }

    private static boolean leadsSomewhere(Page from, String link) {
        int hash = link.indexOf('#');
        String path = hash < 0 ? link : link.substring(0, hash);
        Path file =
                path.isEmpty() ? from.file() : from.file().resolveSibling(path).normalize();
        if (!Files.exists(file)) {
            return false;
        }
        String anchor = hash < 0 ? "" : link.substring(hash + 1);
        return anchor.isEmpty()
                || pages.stream()
                        .filter(page -> page.file().normalize().equals(file.normalize()))
                        .anyMatch(page -> page.anchors().contains(anchor));
    }

    @Test
    void everyPageOfTheGuideIsInItsContents() throws IOException {
        String contents = Files.readString(ROOT.resolve("docs/index.md"));
        for (Page page : pages) {
            if (page.name().startsWith("docs/") && !page.name().equals("docs/index.md")) {
                String link = "](" + page.name().substring("docs/".length()) + ")";
                assertTrue(contents.contains(link), "docs/index.md has no link to " + page.name());
            }
        }
    }

    /** Nothing is left out that a user could start from. */
    @Test
    void everyPackageExampleAndToolIsShown() throws IOException {
        List<String> missing = new ArrayList<>();
        String contents = Files.readString(ROOT.resolve("docs/index.md"));
        String examples = Files.readString(ROOT.resolve("docs/examples.md"));
        String first = Files.readString(ROOT.resolve("README.md"));
        Matcher exported = Pattern.compile("exports ([a-z.]+);")
                .matcher(Files.readString(ROOT.resolve("java/lib/src/main/java/module-info.java")));
        while (exported.find()) {
            if (!contents.contains("`" + exported.group(1) + "`")) {
                missing.add("docs/index.md: " + exported.group(1));
            }
        }
        for (String name : names("java/examples", ".java")) {
            if (!examples.contains("`" + name)) {
                missing.add("docs/examples.md: " + name);
            }
        }
        for (String name : names("docs/tools", ".md")) {
            if (!first.contains("](docs/tools/" + name + ".md)")) {
                missing.add("README.md: " + name);
            }
        }
        for (String name : names("docs", ".md")) {
            if (!name.equals("index") && !first.contains("](docs/" + name + ".md)")) {
                missing.add("README.md: docs/" + name + ".md");
            }
        }
        assertEquals(List.of(), missing);
    }

    private static List<String> names(String folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
            List<String> names = files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(ending))
                    .map(name -> name.substring(0, name.length() - ending.length()))
                    .toList();
            assertFalse(names.isEmpty(), folder);
            return names;
        }
    }

    @Test
    void theFirstPageIsShort() throws IOException {
        int lines = Files.readAllLines(ROOT.resolve("README.md")).size();
        assertFalse(lines > 150, "README.md has " + lines + " lines");
    }
}
