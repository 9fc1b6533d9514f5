package io.sockfd.packaging;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URLClassLoader;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Loads the library in a class loader of its own, uses it on a thread of a pool, and lets it go. */
final class LoaderProgram {
    private static final int MOST_COLLECTIONS = 100;

    private LoaderProgram() {}

    public static void main(String[] arguments) throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        SocketChannel.open().close(); // the JDK keeps a descriptor from its first channel on
        Set<String> before = descriptors();
        try (OwnLoader own = new OwnLoader()) {
            WeakReference<ClassLoader> loader = use(pool, own);
            for (int i = 0; i < MOST_COLLECTIONS && loader.get() != null; i++) {
                System.gc();
                Thread.sleep(20);
            }
            if (loader.get() != null) {
                throw new AssertionError("the library's class loader is still there");
            }
            Set<String> left = Set.of();
            for (int i = 0; i < MOST_COLLECTIONS; i++) {
                left = descriptors();
                left.removeAll(before);
                if (left.isEmpty()) {
                    break;
                }
                Thread.sleep(20);
            }
            if (!left.isEmpty()) {
                throw new AssertionError("the library is gone, its descriptors are not: " + left);
            }
            pool.submit(() -> {}).get(60, TimeUnit.SECONDS); // the thread, too
        } finally {
            pool.shutdownNow();
        }
    }

    /** In a frame of its own, so that nothing here refers to the loader afterwards. */
    private static WeakReference<ClassLoader> use(ExecutorService pool, OwnLoader own) throws Exception {
        try (URLClassLoader library = own.load()) {
            Class<?> user = library.loadClass(LoaderUser.class.getName());
            if (user.equals(LoaderUser.class)) {
                throw new AssertionError("it is not the loader's own");
            }
            Callable<?> task = Callable.class.cast(user.getDeclaredConstructor().newInstance());
            Set<String> unused = descriptors();
            Object result = pool.submit(task).get(120, TimeUnit.SECONDS);
            Set<String> kept = descriptors();
            kept.removeAll(unused);
            if (kept.isEmpty()) {
                throw new AssertionError("nothing is kept for later, so that nothing is seen to be closed");
            }
            System.out.println("class loader: " + result + ", keeps " + kept);
            return new WeakReference<>(library);
        }
    }

    /** Those that are no files: their numbers and what they are. */
    private static Set<String> descriptors() throws IOException {
        Set<String> descriptors = new TreeSet<>();
        try (DirectoryStream<Path> numbers = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path number : numbers) {
                try {
                    String target = Files.readSymbolicLink(number).toString();
                    if (!target.startsWith("/")) {
                        descriptors.add(number.getFileName() + " " + target);
                    }
                } catch (NoSuchFileException e) {
                    // that of the listing itself
                }
            }
        }
        return descriptors;
    }
}
