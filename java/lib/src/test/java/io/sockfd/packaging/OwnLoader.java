package io.sockfd.packaging;

import io.sockfd.Socket;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Loads the library and its tests, out of this JVM's class path, into class loaders of their own. */
public final class OwnLoader implements AutoCloseable {
    private final URLClassLoader others = new URLClassLoader(urls(true), ClassLoader.getPlatformClassLoader());
    private final URL[] library = urls(false);

    /** With one loader for all that is neither. */
    public OwnLoader() throws IOException {}

    /** The library and its tests once more. */
    public URLClassLoader load() {
        return new URLClassLoader(library, others);
    }

    @Override
    public void close() throws IOException {
        others.close();
    }

    private static URL[] urls(boolean others) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Path mine = location(OwnLoader.class);
        Path library = location(Socket.class);
        List<URL> urls = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            boolean ours = path.equals(mine)
                    || path.equals(library)
                    || Files.isDirectory(path.resolve("io/sockfd/internal")); // another Java's part of it
            if (!entry.isEmpty() && ours != others) {
                urls.add(path.toUri().toURL());
            }
        }
        return urls.toArray(URL[]::new);
    }

    private static Path location(Class<?> type) throws IOException {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}
