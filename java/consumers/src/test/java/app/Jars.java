package app;

import io.sockfd.raw.Backend;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the build has made. */
final class Jars {
    private Jars() {}

    /** The library as it is published. */
    static Path library() throws URISyntaxException {
        return Path.of(Backend.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }

    static Path app() {
        return Path.of("target", "classes");
    }

    /** The program and the library in one jar. */
    static String packed(String classifier) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(Path.of("target"), "*-" + classifier + ".jar")) {
            return found.iterator().next().toString();
        }
    }
}
