package io.sockfd.cli.kernel;

import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The files below /proc. Any of them may be missing: in a container, a namespace, on another kernel. */
public final class Proc {
    private static final int BUFFER = 64 << 10;

    private final Path root;

    /**
     * The files below a directory.
     *
     * @param root {@code /proc}, or a copy of parts of it
     */
    public Proc(Path root) {
        this.root = root;
    }

    /** This machine's. */
    public static Proc self() {
        return new Proc(Path.of("/proc"));
    }

    /** The lines of a file, none when it cannot be read. */
    public List<String> lines(String file) {
        try (InputStream in = new FileInputStream(root.resolve(file).toFile())) {
            // a file below /proc/sys must be taken in one read(2): the next one finds it at its end
            byte[] buffer = new byte[BUFFER];
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            for (int length; (length = in.read(buffer)) > 0; ) {
                text.write(buffer, 0, length);
            }
            return text.toString(StandardCharsets.ISO_8859_1).lines().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** The first line of a file, without the blanks around it; empty when there is none. */
    public Optional<String> line(String file) {
        return lines(file).stream().findFirst().map(String::strip).filter(line -> !line.isEmpty());
    }

    /** A kernel parameter by the name that sysctl(8) has for it, as {@code net.core.somaxconn}. */
    public Optional<String> sysctl(String name) {
        return line("sys/" + name.replace('.', '/'));
    }

    /** What follows {@code key:} in a file of such lines. */
    public Optional<String> field(String file, String key) {
        String start = key + ":";
        return lines(file).stream()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()).strip())
                .findFirst();
    }
}
