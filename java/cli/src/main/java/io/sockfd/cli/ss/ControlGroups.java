package io.sockfd.cli.ss;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The paths of the control groups of cgroup2 by their ids, which are the inodes of their directories. */
final class ControlGroups {
    private static final int DEPTH = 12;
    private static final Map<Long, String> PATHS = new HashMap<>();

    private ControlGroups() {}

    /** Below where cgroup2 is mounted; the id for one that is not seen from here. */
    static String path(long id) {
        if (!PATHS.containsKey(id)) {
            mount().ifPresent(ControlGroups::read);
        }
        return PATHS.computeIfAbsent(id, i -> "unreachable:" + Long.toHexString(i));
    }

    /** The id of the one at a path below where cgroup2 is mounted, or at a whole path. */
    static OptionalLong id(String path) {
        Optional<Path> root = mount();
        if (root.isEmpty()) {
            return OptionalLong.empty();
        }
        Path whole = Path.of(path);
        Path below = root.get().resolve(path.replaceFirst("^/+", ""));
        try {
            Path group = whole.startsWith(root.get()) ? whole : below;
            return OptionalLong.of(((Number) Files.getAttribute(group, "unix:ino")).longValue());
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    private static Optional<Path> mount() {
        List<String> mounts;
        try {
            mounts = Files.readAllLines(Path.of("/proc/self/mounts"), java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return Optional.empty();
        }
        return mounts.stream()
                .map(line -> line.split(" ", -1))
                .filter(words -> words.length > 2 && words[2].equals("cgroup2"))
                .map(words -> Path.of(words[1]))
                .findFirst();
    }

    private static void read(Path root) {
        try (Stream<Path> all = Files.walk(root, DEPTH)) {
            all.filter(Files::isDirectory).forEach(directory -> note(root, directory));
        } catch (IOException | UncheckedIOException e) {
            return; // what was read is known
        }
    }

    private static void note(Path root, Path directory) {
        try {
            Object inode = Files.getAttribute(directory, "unix:ino");
            PATHS.put(((Number) inode).longValue(), "/" + root.relativize(directory));
        } catch (IOException e) {
            return; // gone
        }
    }
}
