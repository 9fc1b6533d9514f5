package io.sockfd.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The classes of our commands in an archive (AppCDS), as the launcher makes one: with it a command starts in half the time, and
 * the tests start hundreds. It is made once for each jar and each Java, beside the jar.
 */
final class ClassArchive {
    private ClassArchive() {}

    /** The archive of this jar; another test's JVM may be making it. */
    static Path of(Path jar) throws IOException, InterruptedException {
        int feature = Runtime.version().feature();
        Path archive = jar.resolveSibling("tests-" + feature + ".jsa");
        Path mutex = jar.resolveSibling("tests-" + feature + ".lock");
        try (FileChannel file = FileChannel.open(mutex, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            FileLock unused = file.lock(); // until the file is closed
            if (!Files.exists(archive) || isOlder(archive, jar)) {
                make(jar, archive);
            }
        }
        return archive;
    }

    private static boolean isOlder(Path archive, Path jar) throws IOException {
        return Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) < 0;
    }

    private static void make(Path jar, Path archive) throws IOException, InterruptedException {
        Path classes = archive.resolveSibling(archive.getFileName() + ".classes");
        Path fresh = archive.resolveSibling(archive.getFileName() + ".new");
        String java = Child.java().toString();
        List<String> common = Child.nativeAccess("-XX:+UseSerialGC", "-Xlog:disable", "-cp", jar.toString());
        run(java, common, List.of("-XX:DumpLoadedClassList=" + classes, Rehearsal.class.getName()));
        run(
                java,
                common,
                List.of("-Xshare:dump", "-XX:SharedClassListFile=" + classes, "-XX:SharedArchiveFile=" + fresh));
        Files.move(fresh, archive, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void run(String java, List<String> common, List<String> others)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(java));
        command.addAll(common);
        command.addAll(others);
        Child.Result result = Child.run(command, Map.of(), Path.of("."));
        if (result.status() != 0) {
            throw new IOException(command + ": " + result);
        }
    }
}
