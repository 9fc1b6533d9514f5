package io.sockfd.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of Markdown: its blocks of code, its links, and the anchors of its headings. */
record Page(Path file, String name, List<Block> blocks, List<String> links, Set<String> anchors) {
    private static final Pattern GIVEN = Pattern.compile("<!-- given: (.*) -->");
    private static final Pattern RUN = Pattern.compile("<!-- run( as root)? -->");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern CODE_SPAN = Pattern.compile("`[^`]*`");

    /** The README, the guide and the pages beside them. */
    static List<Page> all(Path root) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String folder : List.of("", "benchmarks")) {
            try (Stream<Path> found = Files.list(root.resolve(folder))) {
                found.filter(file -> file.toString().endsWith(".md")).forEach(files::add);
            }
        }
        try (Stream<Path> found = Files.walk(root.resolve("docs"))) {
            found.filter(file ->
                            file.toString().endsWith(".md") && !file.toString().contains("node_modules"))
                    .forEach(files::add);
        }
        files.sort(null);
        List<Page> pages = new ArrayList<>();
        for (Path file : files) {
            pages.add(read(root, file));
        }
        return pages;
    }

    private static Page read(Path root, Path file) throws IOException {
        String name = root.relativize(file).toString();
        List<Block> blocks = new ArrayList<>();
        List<String> links = new ArrayList<>();
        Set<String> anchors = new HashSet<>();
        List<String> lines = Files.readAllLines(file);
        String given = "";
        Matcher run = RUN.matcher("");
        boolean runs = false;
        boolean asRoot = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("```")) {
                int first = i + 1;
                while (!lines.get(++i).startsWith("```")) {
                    // to the end of the block
                }
                blocks.add(new Block(
                        name, first + 1, line.substring(3).strip(), given, runs, asRoot, lines.subList(first, i)));
                given = "";
                runs = false;
                asRoot = false;
                continue;
            }
            Matcher declared = GIVEN.matcher(line);
            if (declared.matches()) {
                given = declared.group(1);
            } else if (run.reset(line).matches()) {
                runs = true;
                asRoot = run.group(1) != null;
            } else if (line.startsWith("#")) {
                anchors.add(anchor(line));
            }
            Matcher link = LINK.matcher(CODE_SPAN.matcher(line).replaceAll("code"));
            while (link.find()) {
                links.add(link.group(1));
            }
        }
        return new Page(file, name, blocks, links, anchors);
    }

    /** As GitHub and the site's generator make it of a heading. */
    private static String anchor(String heading) {
        return heading.replaceFirst("^#+ ", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }
}
