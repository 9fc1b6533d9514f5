package io.sockfd.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import picocli.CommandLine.Help.Ansi;

class ReportsTest {
    @TempDir
    Path temporary = Path.of("");

    private final Results results =
            MadeUp.results(MadeUp.row("64", 1.04, 1.3), MadeUp.row("4096", 1.2, 1.1, "fork 2: too noisy"));

    @Test
    void jsonComesBackAsItWas() throws IOException {
        Path file = temporary.resolve("results.json");
        Files.writeString(file, results.json());
        assertEquals(results.json(), Results.read(file).json());
        assertFalse(Results.read(file).isSound());
    }

    @Test
    void whatIsNotAResultIsNamed() throws IOException {
        for (String text : List.of("", "[]", "{}", "{\"rows\": 7}", "\0\1\2")) {
            Path file = temporary.resolve("other.json");
            Files.writeString(file, text);
            IOException e = assertThrows(IOException.class, () -> Results.read(file), text);
            assertTrue(String.valueOf(e.getMessage()).startsWith(file + " is no file of results"), e.getMessage());
        }
    }

    @Test
    void csvHasALineForEachFork() {
        List<String> lines = CsvReport.of(results).lines().toList();
        assertEquals(1 + 2 * 3 * 2, lines.size());
        int columns = lines.get(0).split(",", -1).length;
        lines.forEach(line -> assertEquals(columns, line.split(",", -1).length, line));
        assertTrue(lines.contains("unix/64,netty,2,130.00,1.3000,1.3000,1.3000,32.000"), lines.toString());
    }

    @Test
    void theTableHasWhatMatters() {
        String text = new TextReport(Ansi.OFF).of(results);
        assertTrue(text.contains("unix/64  send & receive <64 B>"), text);
        assertTrue(text.contains("0.80 [0.80]"), text);
        assertTrue(text.contains("netty: does less"), text);
        assertTrue(text.contains("raw jnr: took no part: no jnr-ffi here"), text);
        assertTrue(text.contains("not to be trusted: fork 2: too noisy"), text);
        assertTrue(text.contains("p99.9"), text);
    }

    @Test
    void thePageNeedsNothingElse() {
        String page = HtmlReport.of(results);
        for (String leftOver : List.of("/*data*/", "/*style*/", "/*colours*/", "/*script*/")) {
            assertFalse(page.contains(leftOver), leftOver);
        }
        assertFalse(page.matches("(?s).*<(script|link|img)[^>]+(src|href)=.*"), "loads something");
        assertTrue(page.contains("Chart.js v"), "no charts");
        assertFalse(page.contains("<64 B>"), "markup from data");
        assertEquals(3, page.split("</script>", -1).length - 1);
    }

    @Test
    void thePictureIsXmlWithAMarkForEachPeer() throws Exception {
        Document svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(Picture.of(results.rows()))));
        assertEquals("svg", svg.getDocumentElement().getTagName());
        // C and netty, in the legend and in two rows
        assertEquals(6, svg.getElementsByTagName("circle").getLength());
        assertEquals("", Picture.of(List.of()));
    }
}
