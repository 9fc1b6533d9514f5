package io.sockfd.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/** How to start Java programs. */
public final class Jvm {
    private Jvm() {}

    public static String launcher() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /**
     * The part of this JVM's class path that a program needs: jars whose names begin with one of these, in this order, and
     * then ours. Fewer jars to search are a faster start.
     */
    public static String classPath(List<String> names) throws IOException {
        List<Path> known = entries();
        List<Path> wanted = new ArrayList<>();
        for (String name : names) {
            known.stream()
                    .filter(path -> String.valueOf(path.getFileName()).startsWith(name))
                    .forEach(wanted::add);
        }
        return wanted.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /** The class path with what the manifests of its jars add. */
    private static List<Path> entries() throws IOException {
        List<Path> entries = new ArrayList<>();
        for (String name : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(name).toAbsolutePath();
            entries.add(path);
            if (Files.isRegularFile(path)) {
                try (JarFile jar = new JarFile(path.toFile())) {
                    String added = jar.getManifest() == null
                            ? null
                            : jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
                    for (String each :
                            added == null ? new String[0] : added.trim().split("\\s+", -1)) {
                        entries.add(Path.of(path.toUri().resolve(each))); // a URL, mostly a relative one
                    }
                }
            }
        }
        return entries;
    }
}
