package io.sockfd.cli.doctor;

import io.sockfd.cli.kernel.Proc;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The C library that this process runs on.
 *
 * @param name {@code glibc}, {@code musl} or {@code unknown}
 * @param version null where the file does not tell
 */
record LibcFile(String name, @Nullable String version, String file) {
    // the path is all that follows the inode in a line of /proc/self/maps
    private static final Pattern MAPPED =
            Pattern.compile("\\s(/\\S*/(?:libc\\.so\\.6|libc-[0-9.]+\\.so|ld-musl-[^/\\s]*|libc\\.musl-[^/\\s]*))$");
    // glibc names itself so since its first release; see version.c there
    private static final Pattern GLIBC = Pattern.compile("GNU C Library [^\\n]{0,100}?release version ([0-9.]+[0-9])");

    static LibcFile of(Proc proc) {
        Optional<String> file = proc.lines("self/maps").stream()
                .map(MAPPED::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst();
        return file.map(LibcFile::read).orElseGet(() -> new LibcFile("unknown", null, ""));
    }

    private static LibcFile read(String file) {
        if (file.contains("musl")) {
            return new LibcFile("musl", null, file);
        }
        return new LibcFile("glibc", glibcVersion(file), file);
    }

    private static @Nullable String glibcVersion(String file) {
        try {
            String content = new String(Files.readAllBytes(Path.of(file)), StandardCharsets.ISO_8859_1);
            Matcher found = GLIBC.matcher(content);
            return found.find() ? found.group(1) : null;
        } catch (IOException e) {
            return null;
        }
    }
}
