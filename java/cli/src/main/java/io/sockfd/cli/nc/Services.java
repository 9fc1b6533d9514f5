package io.sockfd.cli.nc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The names of ports, services(5). */
final class Services {
    private static final Path FILE = Path.of("/etc/services");

    private Services() {}

    /** {@code *} when there is none. */
    static String name(int port, String protocol) {
        String wanted = port + "/" + protocol;
        try (Stream<String> lines = Files.lines(FILE)) {
            return lines.map(line -> line.split("\\s+", 3))
                    .filter(words -> words.length > 1 && words[1].equals(wanted))
                    .map(words -> words[0])
                    .findFirst()
                    .orElse("*");
        } catch (IOException e) {
            return "*";
        }
    }
}
