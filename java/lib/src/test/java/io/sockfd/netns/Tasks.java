package io.sockfd.netns;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Every thread of this process, those of the JVM too, and the network namespace it is in. */
final class Tasks {
    /** It begins where a child is started, and ends a minute after the child. */
    private static final String REAPER = "process reaper";

    private Tasks() {}

    /** The namespace of the process, by the number that NetworkNamespace.id gives. */
    static long home() throws IOException {
        return inode(Path.of("/proc/self/ns/net"));
    }

    /** The threads that are elsewhere: number and name, and where. Without those by which the JDK waits for children. */
    static Map<String, Long> elsewhere() throws IOException {
        long home = home();
        Map<String, Long> found = new TreeMap<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path task : tasks) {
                long id = inode(task, home);
                String name = id == home ? REAPER : name(task);
                if (!name.equals(REAPER)) {
                    found.put(task.getFileName() + " " + name, id);
                }
            }
        }
        return found;
    }

    private static String name(Path task) {
        try {
            return Files.readString(task.resolve("comm")).strip();
        } catch (IOException e) {
            return REAPER; // ended as well
        }
    }

    /** Home, when it has ended meanwhile: ENOENT, ESRCH. */
    private static long inode(Path task, long home) {
        try {
            return inode(task.resolve("ns/net"));
        } catch (IOException e) {
            return home;
        }
    }

    private static long inode(Path namespace) throws IOException {
        return (long) Files.getAttribute(namespace, "unix:ino");
    }

    /** How many descriptors of namespaces this process has. */
    static long descriptors() throws IOException {
        long count = 0;
        try (DirectoryStream<Path> fds = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path fd : fds) {
                count += isNamespace(fd) ? 1 : 0;
            }
        }
        return count;
    }

    private static boolean isNamespace(Path fd) {
        try {
            String target = Files.readSymbolicLink(fd).toString();
            return target.startsWith("net:[") || target.contains("/ns/net");
        } catch (IOException e) {
            return false; // closed
        }
    }
}
