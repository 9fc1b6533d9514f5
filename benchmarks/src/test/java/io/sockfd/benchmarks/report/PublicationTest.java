package io.sockfd.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.cli.FailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicationTest {
    private static final String NAME = "example-x1-linux-6.18-jdk25";

    @TempDir
    Path home = Path.of("");

    private final List<Path> written = new ArrayList<>();

    @BeforeEach
    void writeReadme() throws IOException {
        String empty = "before\n" + Readme.BEGIN + "\nold\n" + Readme.END + "\nafter\n";
        readme(empty);
        Files.createDirectories(home.resolve("benchmarks"));
        Files.writeString(home.resolve("benchmarks/README.md"), empty);
    }

    private String page() throws IOException {
        return Files.readString(home.resolve("benchmarks/README.md"));
    }

    private void readme(String text) throws IOException {
        Files.writeString(home.resolve("README.md"), text);
    }

    private String readme() throws IOException {
        return Files.readString(home.resolve("README.md"));
    }

    private Publication publication() {
        return new Publication(home, written::add);
    }

    @Test
    void writesWhatTheReadmeRefersTo() throws IOException {
        publication().keep(MadeUp.results(MadeUp.row("64", 1.04, 1.3), MadeUp.row("4096", 1.2, 1.1)));
        publication().updateReadme();
        String text = readme();
        assertTrue(text.startsWith("before\n") && text.endsWith("\nafter\n"), text);
        assertFalse(text.contains("old"), text);
        assertTrue(text.contains("| send & receive <64 B> | 1.04 | 0.80 |"), text);
        assertTrue(text.contains("benchmarks/results/ratios.svg"), text);
        assertTrue(Files.exists(home.resolve("benchmarks/results/ratios.svg")));
        String page = page();
        assertTrue(page.startsWith("before\n") && page.endsWith("\nafter\n"), page);
        assertTrue(page.contains("* send & receive <4096 B>: 1.091 of netty (worst JVM 1.091); C itself 0.909"), page);
        assertFalse(page.contains("0.800 of"), page);
        for (String file : List.of(NAME + ".json", NAME + ".csv", NAME + ".md")) {
            assertTrue(page.contains("(results/" + file + ")"), file);
            assertTrue(Files.exists(home.resolve("benchmarks/results").resolve(file)), file);
        }
        assertTrue(written.contains(home.resolve("README.md")));
        assertTrue(written.contains(home.resolve("benchmarks/README.md")));
        publication().updateReadme();
        assertEquals(text, readme());
        assertEquals(page, page());
    }

    @Test
    void aSecondRunReplacesItsRowsAndNoOthers() throws IOException {
        publication().keep(MadeUp.results(MadeUp.row("64", 1.04, 1.3), MadeUp.row("4096", 1.2, 1.1)));
        publication()
                .keep(MadeUp.results(
                        MadeUp.row("64", 2, 1), MadeUp.row("4096", 9, 9, "fork 1: too noisy"), MadeUp.row("1", 1, 1)));
        Results kept = Results.read(home.resolve("benchmarks/results/" + NAME + ".json"));
        assertEquals(
                List.of("unix/64", "unix/4096", "unix/1"),
                kept.rows().stream().map(Result::row).toList());
        assertEquals(2, kept.rows().get(0).figures().get(1).ratio().median(), 1e-9);
        assertEquals(1.2, kept.rows().get(1).figures().get(1).ratio().median(), 1e-9);
        assertTrue(kept.isSound());
    }

    @Test
    void winningEverywhereIsSaid() {
        assertEquals(
                "None of 1 rows has another library before sockfd.\n",
                Markdown.losses(List.of(MadeUp.row("64", 1, 1.01))));
    }

    @Test
    void withoutResultsTheReadmeStays() throws IOException {
        String before = readme();
        FailedException e =
                assertThrows(FailedException.class, () -> publication().updateReadme());
        assertTrue(String.valueOf(e.getMessage()).contains("--full --update-readme"), e.getMessage());
        publication().keep(MadeUp.results(MadeUp.row("64", 1, 1, "too noisy")));
        assertThrows(FailedException.class, () -> publication().updateReadme());
        assertEquals(before, readme());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", Readme.BEGIN, Readme.END + Readme.BEGIN, Readme.BEGIN + Readme.BEGIN + Readme.END})
    void aReadmeWithoutAPlaceForItStays(String text) throws IOException {
        readme(text);
        FailedException e =
                assertThrows(FailedException.class, () -> Readme.update(home.resolve("README.md"), "section"));
        assertTrue(String.valueOf(e.getMessage()).contains(Readme.BEGIN), e.getMessage());
        assertEquals(text, readme());
    }
}
