package io.sockfd.benchmarks;

import io.sockfd.raw.Libc;
import java.io.File;
import java.io.IOException;
import java.net.URI;
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

    /** This JVM's class path; before it the library that this class uses, which may be another version's. */
    static String classPathWithOwnLibrary() {
        String known = System.getProperty("java.class.path");
        String own = Path.of(URI.create(Libc.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toString()))
                .toString();
        boolean isKnown = List.of(known.split(File.pathSeparator, -1)).contains(own);
        return isKnown ? known : own + File.pathSeparator + known;
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
