package io.sockfd.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the jar's manifest says to OSGi is what the module says, and the versions are those of the build. */
class ManifestTest {
    private static final Path ROOT = Path.of(System.getProperty("sockfd.root", "../.."));

    private static String read(String file) throws IOException {
        return Files.readString(ROOT.resolve(file));
    }

    private static Set<String> found(String pattern, String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static String only(String pattern, String text) {
        Set<String> found = found(pattern, text);
        assertEquals(1, found.size(), pattern + ": " + found);
        return found.iterator().next();
    }

    @Test
    void osgiAndTheModuleExportTheSame() throws IOException {
        String exported = only("<Export-Package>(.*)</Export-Package>", read("java/lib/pom.xml"));
        assertEquals(
                found("exports (io\\.sockfd[\\w.]*);", read("java/lib/src/main/java/module-info.java")),
                new TreeSet<>(
                        List.of(exported.replaceAll(";version=\"[^\"]*\"", "").split(",", -1))));
    }

    @Test
    void allPomsAreOfOneVersion() throws IOException {
        String version = only("<artifactId>sockfd-parent</artifactId>\\s*<version>(.*)</version>", read("pom.xml"));
        assertEquals(
                version.replace('-', '.'), only("<bundle.version>(.*)</bundle.version>", read("java/lib/pom.xml")));
        String bom = read("java/bom/pom.xml");
        assertEquals(version, only("<artifactId>sockfd-bom</artifactId>\\s*<version>(.*)</version>", bom));
        assertTrue(
                bom.contains("<version>" + only("<version.jnr-ffi>(.*)</version.jnr-ffi>", read("pom.xml"))),
                "of jnr-ffi");
        assertTrue(read("README.md").contains("<version>" + version + "</version>"), "README.md");
    }
}
