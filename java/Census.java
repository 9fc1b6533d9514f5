import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Counts the house: what is written by hand and where, public types, simple names that exist twice, circles of classes.
 *
 * <p>{@code java java/Census.java [ROOT]}, after a build. The result is a table with tabs; run it on two checkouts and
 * compare with {@code diff}.
 */
public class Census {
    private static final String GENERATED = "DO NOT EDIT";

    private final Path root;
    private final Path library;

    private Census(Path root) {
        this.root = root;
        this.library = root.resolve("java/lib/src/main");
    }

    public static void main(String[] arguments) throws IOException {
        new Census(Path.of(arguments.length == 0 ? "." : arguments[0])).print();
    }

    private void print() throws IOException {
        System.out.println("what\tfiles\tlines");
        count("library, by hand", javaFiles(library));
        count("  of it backends (internal.ffm, jnr, jni)", backends());
        count("shim and oracle in C, by hand", files("native", ".c", ".h"));
        count("definitions (include/*.def)", files("include", ".def"));
        count("generator and scripts", generators());
        count("benchmarks, main", javaFiles(root.resolve("benchmarks/src/main")));
        count("benchmarks, main and test", javaFiles(root.resolve("benchmarks/src")));
        count("tests of the library", javaFiles(root.resolve("java/lib/src/test")));
        count("command line, main", javaFiles(root.resolve("java/cli/src/main")));
        types();
        circles();
    }

    // ---- lines -------------------------------------------------------------------------------------------------------

    private static void count(String what, List<Path> files) throws IOException {
        long lines = 0;
        int byHand = 0;
        for (Path file : files) {
            List<String> text = Files.readAllLines(file);
            if (text.stream().limit(20).noneMatch(line -> line.contains(GENERATED))) {
                lines += text.size();
                byHand++;
            }
        }
        System.out.println(what + "\t" + byHand + "\t" + lines);
    }

    private static List<Path> javaFiles(Path folder) throws IOException {
        return walk(folder, ".java");
    }

    private List<Path> files(String folder, String... endings) throws IOException {
        return walk(root.resolve(folder), endings);
    }

    private List<Path> backends() throws IOException {
        return javaFiles(library).stream()
                .filter(file -> file.toString().matches(".*/internal/(ffm|jnr|jni)/.*"))
                .toList();
    }

    private List<Path> generators() throws IOException {
        List<Path> found = new ArrayList<>(walk(root.resolve("native"), ".java"));
        for (String script : List.of("native/abi", "native/oracle/build")) {
            if (Files.exists(root.resolve(script))) {
                found.add(root.resolve(script));
            }
        }
        return found;
    }

    private static List<Path> walk(Path folder, String... endings) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("/target/"))
                    .filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
                    .sorted()
                    .toList();
        }
    }

    // ---- public types ------------------------------------------------------------------------------------------------

    private void types() throws IOException {
        Map<String, Set<String>> packagesOf = new TreeMap<>();
        Map<String, Integer> publicTypes = new TreeMap<>();
        for (Path file : javaFiles(library.resolve("java"))) {
            String name = file.getFileName().toString().replace(".java", "");
            String source = Files.readString(file);
            String home = packageOf(source);
            String declared = "(?s).*\npublic [a-z @\\n-]*(class|interface|enum|record|@interface) " + name + "\\b.*";
            if (home.contains(".internal") || !source.matches(declared)) {
                continue;
            }
            publicTypes.merge(home, 1, Integer::sum);
            packagesOf.computeIfAbsent(name, n -> new TreeSet<>()).add(home);
        }
        publicTypes.forEach((home, n) -> System.out.println("public types of " + home + "\t" + n + "\t"));
        List<String> twice = packagesOf.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .toList();
        System.out.println("simple names that exist twice\t" + twice.size() + "\t");
        twice.forEach(name -> System.out.println("  " + name));
    }

    private static String packageOf(String source) {
        int at = source.indexOf("\npackage ");
        int from = at < 0 ? source.indexOf("package ") : at + 1;
        return source.substring(from + "package ".length(), source.indexOf(';', from));
    }

    // ---- circles -----------------------------------------------------------------------------------------------------

    private void circles() throws IOException {
        Path classes = root.resolve("java/lib/target/classes");
        if (!Files.exists(classes)) {
            System.out.println("circles of classes: not counted, for want of " + classes + ": build first");
            return;
        }
        Map<String, Set<String>> uses = new HashMap<>();
        for (String line : jdeps(classes)) {
            String[] words = line.trim().split("\\s+");
            boolean isOurs = words.length > 2
                    && words[1].equals("->")
                    && words[0].startsWith("io.sockfd")
                    && words[2].startsWith("io.sockfd");
            if (isOurs) {
                uses.computeIfAbsent(outermost(words[0]), c -> new TreeSet<>()).add(outermost(words[2]));
            }
        }
        List<Set<String>> circles = circles(uses);
        System.out.println("circles of classes\t" + circles.size() + "\t");
        for (Set<String> circle : circles) {
            System.out.println("  " + circle.size() + ": " + circle);
        }
    }

    private static List<String> jdeps(Path classes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ToolProvider.findFirst("jdeps")
                .orElseThrow(() -> new IllegalStateException("this JDK has no jdeps"))
                .run(new PrintStream(out), System.err, "-v", "--multi-release", "base", classes.toString());
        return out.toString().lines().toList();
    }

    private static String outermost(String name) {
        int dollar = name.indexOf('$');
        return dollar < 0 ? name : name.substring(0, dollar);
    }

    /** Strongly connected components of more than one class, the largest first. */
    private static List<Set<String>> circles(Map<String, Set<String>> uses) {
        Map<String, Set<String>> reach = new HashMap<>();
        for (String start : uses.keySet()) {
            Set<String> seen = new HashSet<>();
            Deque<String> open = new ArrayDeque<>(uses.get(start));
            while (!open.isEmpty()) {
                String next = open.pop();
                if (seen.add(next)) {
                    open.addAll(uses.getOrDefault(next, Set.of()));
                }
            }
            reach.put(start, seen);
        }
        Set<Set<String>> found = new HashSet<>();
        for (String one : uses.keySet()) {
            Set<String> circle = new TreeSet<>();
            for (String other : reach.get(one)) {
                if (!other.equals(one) && reach.getOrDefault(other, Set.of()).contains(one)) {
                    circle.add(other);
                }
            }
            if (!circle.isEmpty()) {
                circle.add(one);
                found.add(circle);
            }
        }
        return found.stream().sorted(Comparator.comparing((Set<String> circle) -> -circle.size())).toList();
    }
}
