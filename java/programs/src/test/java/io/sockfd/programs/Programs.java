package io.sockfd.programs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What is installed. */
final class Programs {
    private Programs() {}

    static boolean has(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** Where PostgreSQL's own programs are: Debian keeps them out of the PATH. */
    static String postgres(String program) throws java.io.IOException {
        Path versions = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(versions)) {
            try (Stream<Path> found = Files.list(versions)) {
                return found.map(version -> version.resolve("bin").resolve(program))
                        .filter(Files::isExecutable)
                        .findFirst()
                        .map(Path::toString)
                        .orElse("");
            }
        }
        return has(program) ? program : "";
    }
}
