package io.sockfd.benchmarks;

import io.sockfd.raw.Libc;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * A copy of the library for one contestant. The backend is chosen once in a class loader's life and is a constant to the
 * JIT, as it is for users; three backends in one JVM are three copies of the library, none in the way of another's
 * profile.
 */
final class Isolation {
    private static final String BACKEND = "sockfd.backend";
    private static final String OTHER_JAR = "sockfd.bench.jar";
    private static final Map<Who, Isolation> ALL = new EnumMap<>(Who.class);

    private final ClassLoader loader;

    private Isolation(ClassLoader loader) {
        this.loader = loader;
    }

    static synchronized Isolation of(Who who) throws UnavailableException {
        Isolation known = ALL.get(who);
        if (known == null) {
            String backend = who.backend();
            known = new Isolation(backend == null ? Isolation.class.getClassLoader() : copy(who, backend));
            ALL.put(who, known);
        }
        return known;
    }

    Class<? extends Contestant> load(Class<? extends Contestant> type) throws ClassNotFoundException {
        return Class.forName(type.getName(), true, loader).asSubclass(Contestant.class);
    }

    private static ClassLoader copy(Who who, String backend) throws UnavailableException {
        URL library = who == Who.OTHER ? otherJar() : urlOf(Libc.class);
        ClassLoader loader = new Copy(library, urlOf(Isolation.class));
        String before = System.getProperty(BACKEND);
        try {
            System.setProperty(BACKEND, backend);
            Class.forName(Libc.class.getName(), true, loader).getMethod("get").invoke(null);
            return loader;
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new UnavailableException(e.getCause() == null ? e : e.getCause());
        } finally {
            if (before == null) {
                System.clearProperty(BACKEND);
            } else {
                System.setProperty(BACKEND, before);
            }
        }
    }

    private static URL otherJar() throws UnavailableException {
        try {
            return Path.of(System.getProperty(OTHER_JAR, "")).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UnavailableException(e);
        }
    }

    private static URL urlOf(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    /** Loads the library and the contestants itself, and leaves what both sides must share to its parent. */
    private static final class Copy extends URLClassLoader {
        private static final String OURS = "io.sockfd.";
        private static final Set<String> SHARED = Set.of(
                Contestant.class.getName(),
                Timed.class.getName(),
                Sampled.class.getName(),
                UnavailableException.class.getName());

        static {
            registerAsParallelCapable();
        }

        Copy(URL... urls) {
            super(urls, Isolation.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(OURS) || SHARED.contains(name)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : findClass(name);
            }
        }

        @Override
        public URL getResource(String name) {
            URL own = findResource(name);
            return own != null ? own : super.getResource(name);
        }
    }
}
