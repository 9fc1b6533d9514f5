package io.sockfd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What /proc/self knows of this process, proc(5). */
final class ProcFd {
    private static final Path FD = Path.of("/proc/self/fd");

    private ProcFd() {}

    /** The open descriptors whose link has such a target, for instance {@code socket:[4711]}. */
    static List<Integer> list(Predicate<String> target) throws IOException {
        List<Integer> numbers = new ArrayList<>();
        try (Stream<Path> entries = Files.list(FD)) {
            for (Path entry : entries.toList()) {
                if (target.test(link(entry))) {
                    numbers.add(Integer.valueOf(entry.getFileName().toString()));
                }
            }
        }
        return numbers;
    }

    /** Empty when the descriptor was closed meanwhile. */
    private static String link(Path entry) {
        try {
            return Files.readSymbolicLink(entry).toString();
        } catch (IOException e) {
            return "";
        }
    }

    /** Device and inode of the file behind each mapping, by the mapping's address; mappings of no file are left out. */
    static Map<Long, String> filesOfMappings(long first, List<Long> others) throws IOException {
        List<Long> addresses = new ArrayList<>(others);
        addresses.add(first);
        Map<Long, String> files = new HashMap<>();
        for (String line : Files.readAllLines(Path.of("/proc/self/maps"))) {
            String[] fields = line.split(" +", 6);
            String[] range = fields[0].split("-", 2);
            long start = Long.parseUnsignedLong(range[0], 16);
            long end = Long.parseUnsignedLong(range[1], 16);
            for (long address : addresses) {
                if (address >= start && address < end && !fields[4].equals("0")) {
                    files.put(address, fields[3] + " " + fields[4]);
                }
            }
        }
        return files;
    }
}
