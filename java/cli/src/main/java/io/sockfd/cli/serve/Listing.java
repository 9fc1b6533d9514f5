package io.sockfd.cli.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A directory as a page. */
final class Listing {
    private Listing() {}

    static String of(Path directory, String name) throws IOException {
        String title = escape("/" + name);
        StringBuilder page = new StringBuilder("<!DOCTYPE html>\n<meta charset=\"utf-8\">\n<title>")
                .append(title)
                .append("</title>\n<h1>")
                .append(title)
                .append("</h1>\n<ul>\n");
        if (!name.isEmpty()) {
            page.append("<li><a href=\"../\">../</a>\n");
        }
        for (String entry : entries(directory)) {
            String link = URLEncoder.encode(entry, UTF_8).replace("+", "%20").replace("%2F", "/");
            page.append("<li><a href=\"./")
                    .append(link)
                    .append("\">")
                    .append(escape(entry))
                    .append("</a>\n");
        }
        return page.append("</ul>\n").toString();
    }

    private static List<String> entries(Path directory) throws IOException {
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.map(path -> path.getFileName() + (Files.isDirectory(path) ? "/" : ""))
                    .sorted()
                    .toList();
        }
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
