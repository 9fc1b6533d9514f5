package io.sockfd.cli.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of a directory, and nothing outside of it: neither by {@code ..} nor by a link. */
final class Directory implements Site {
    private static final int MOST_OPEN = 64;
    private static final int LONGEST_LOCATION = 1024;
    private static final long VALID_NANOS = 1_000_000_000;
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

    private final Path root;
    private final Map<String, Entry>
            open = // by the path as it is on the disk: a query or another spelling is no new file
            new LinkedHashMap<>(MOST_OPEN, 0.75f, true);

    private final boolean lists;
    private String lastTarget = "";
    private String lastName = "";

    /** A file and until when it is taken for what it was. */
    private record Entry(OpenFile file, long until) {}

    /**
     * A directory to serve.
     *
     * @param lists whether a directory below without index.html is a page of its files, and not missing
     */
    Directory(Path directory, boolean lists) throws IOException {
        root = directory.toRealPath();
        this.lists = lists;
    }

    @Override
    public void answer(Request request, Response response) {
        boolean close = !request.keepsAlive();
        boolean onlyHead = request.isHead();
        try {
            String name = name(request.target());
            Entry known = open.get(name);
            if (known != null && known.until() - System.nanoTime() > 0) {
                send(known.file(), request, response);
                return;
            }
            forget(name);
            Path path = resolve(name);
            if (Files.isDirectory(path)) {
                answerDirectory(path, name, request, response);
            } else if (!Files.isRegularFile(path)) {
                response.error(403, "Forbidden", close, onlyHead);
            } else {
                send(remember(name, OpenFile.open(path)), request, response);
            }
        } catch (NoSuchFileException e) {
            response.error(404, "Not Found", close, onlyHead);
        } catch (AccessDeniedException | SecurityException e) {
            response.error(403, "Forbidden", close, onlyHead);
        } catch (IllegalArgumentException e) {
            response.error(400, "Bad Request", close, onlyHead);
        } catch (IOException e) {
            // a file where a directory was meant, a name that is too long, a loop of links
            response.error(404, "Not Found", close, onlyHead);
        }
    }

    private String name(String target) {
        if (!target.equals(lastTarget)) {
            lastName = TargetPath.canonical(TargetPath.decode(target));
            lastTarget = target;
        }
        return lastName;
    }

    /** What the path leads to, links followed; it exists, inside of the root. */
    private Path resolve(String decoded) throws IOException {
        Path path = root;
        for (String name : decoded.split("/", -1)) {
            if (name.equals("..")) {
                throw new SecurityException("upwards");
            }
            try {
                path = path.resolve(name);
            } catch (InvalidPathException e) {
                throw new IllegalArgumentException(e);
            }
        }
        Path real = path.toRealPath();
        if (!real.startsWith(root)) {
            throw new SecurityException("a link out");
        } else if (decoded.endsWith("/") && !Files.isDirectory(real)) {
            throw new NoSuchFileException(decoded);
        }
        return real;
    }

    private void answerDirectory(Path path, String name, Request request, Response response) throws IOException {
        boolean close = !request.keepsAlive();
        Path index = path.resolve("index.html");
        if (!name.isEmpty() && !name.endsWith("/")) {
            String plain = TargetPath.relative(TargetPath.withoutQuery(request.target()));
            if (plain.length() > LONGEST_LOCATION) {
                response.error(414, "URI Too Long", close, request.isHead());
                return;
            }
            response.begin(301, "Moved Permanently", close).field("Location", plain + "/");
            response.body(ByteBuffer.allocate(0), request.isHead());
        } else if (Files.isRegularFile(index) && index.toRealPath().startsWith(root)) {
            send(remember(name, OpenFile.open(index)), request, response);
        } else if (!lists) {
            response.error(404, "Not Found", close, request.isHead());
        } else {
            response.begin(200, "OK", close).field("Content-Type", "text/html; charset=utf-8");
            String html = Listing.of(path, name);
            response.body(ByteBuffer.wrap(html.getBytes(UTF_8)), request.isHead());
        }
    }

    private static void send(OpenFile file, Request request, Response response) {
        boolean close = !request.keepsAlive();
        boolean onlyHead = request.isHead();
        String range = request.range();
        Matcher bounds = RANGE.matcher(range == null ? "" : range);
        if (file.modified().equals(request.ifModifiedSince())) {
            response.begin(304, "Not Modified", close)
                    .field("Last-Modified", file.modified())
                    .noBody();
        } else if (!bounds.matches()
                || bounds.end() - bounds.start(1) == 1) { // other units and several ranges: all of it
            fields(response.begin(200, "OK", close), file).body(file, 0, file.size(), onlyHead);
        } else {
            long size = file.size();
            boolean suffix = bounds.group(1).isEmpty();
            long first = suffix ? Math.max(0, size - number(bounds.group(2), 0)) : number(bounds.group(1), 0);
            long last = suffix ? size - 1 : Math.min(size - 1, number(bounds.group(2), Long.MAX_VALUE));
            if (first > last) {
                response.begin(416, "Range Not Satisfiable", close).field("Content-Range", "bytes */" + size);
                response.body(ByteBuffer.allocate(0), onlyHead);
                return;
            }
            fields(response.begin(206, "Partial Content", close), file)
                    .field("Content-Range", "bytes " + first + "-" + last + "/" + size)
                    .body(file, first, last - first + 1, onlyHead);
        }
    }

    private static long number(String digits, long otherwise) {
        return digits.isEmpty() ? otherwise : Long.parseLong(digits);
    }

    private static Response fields(Response response, OpenFile file) {
        return response.field("Content-Type", file.type())
                .field("Last-Modified", file.modified())
                .field("Accept-Ranges", "bytes");
    }

    private OpenFile remember(String target, OpenFile file) {
        if (open.size() >= MOST_OPEN) {
            forget(open.keySet().iterator().next());
        }
        open.put(target, new Entry(file, System.nanoTime() + VALID_NANOS));
        return file;
    }

    private void forget(String target) {
        Entry entry = open.remove(target);
        if (entry != null) {
            entry.file().release();
        }
    }

    @Override
    public void close() {
        open.values().forEach(entry -> entry.file().release());
        open.clear();
    }
}
