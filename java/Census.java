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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    /** What came after the structure was changed, and is left out where the same functions are compared. */
    private static final String LATER = ".*/io/sockfd/(nio|uring|xdp|ebpf|netns|internal/jfr|internal/jmx)/.*";

    /** One of each kind that can be added, by the words that whoever added it had to write. */
    private static final Map<String, String> EXAMPLES = new TreeMap<>(Map.of(
            "call dup3", "dup3",
            "struct ifa_cacheinfo", "ifa_cacheinfo|IfaCacheinfo",
            "option IP_RETOPTS", "IP_RETOPTS",
            "family QIPCRTR", "qipcrtr|Qipcrtr\\w*|AF_QIPCRTR|sockaddr_qrtr|SockaddrQrtr"));

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
        count("  of it without the packages that came later", earlier());
        count("  of it backends (internal.ffm, jnr, jni)", backends());
        count("shim, oracle and benchmarks in C, by hand", files("native", ".c", ".h"));
        count("  of it the shim", files("native/src", ".c", ".h"));
        count("  of it the oracle of calls", List.of(root.resolve("native/oracle/calls.c")));
        count("definitions (include/*.def)", files("include", ".def"));
        count("generator and scripts", generators());
        count("benchmarks, main", javaFiles(root.resolve("benchmarks/src/main")));
        count("benchmarks, main and test", javaFiles(root.resolve("benchmarks/src")));
        count("tests of the library", javaFiles(root.resolve("java/lib/src/test")));
        count("command line, main", javaFiles(root.resolve("java/cli/src/main")));
        additions();
        types();
        circles();
    }

    // ---- lines -------------------------------------------------------------------------------------------------------

    private static void count(String what, List<Path> files) throws IOException {
        long lines = 0;
        int byHand = 0;
        for (Path file : files) {
            List<String> text = Files.readAllLines(file);
            if (isByHand(text)) {
                lines += text.size();
                byHand++;
            }
        }
        System.out.println(what + "\t" + byHand + "\t" + lines);
    }

    private static boolean isByHand(List<String> text) {
        return text.stream().limit(20).noneMatch(line -> line.contains(GENERATED));
    }

    private List<Path> earlier() throws IOException {
        return javaFiles(library).stream()
                .filter(file -> !file.toString().matches(LATER))
                .toList();
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

    // ---- additions ----------------------------------------------------------------------------------------------------

    /** In how many files by hand, tests included, an example is named: as many as its addition touched, or a few more. */
    private void additions() throws IOException {
        List<Path> all = new ArrayList<>(earlier());
        all.addAll(walk(root.resolve("java/lib/src/test"), ".java", ".txt"));
        all.addAll(walk(root.resolve("java/cli/src/main/resources"), "table.txt"));
        all.addAll(files("native/src", ".c", ".h"));
        all.addAll(files("native/oracle", ".c", ".h"));
        all.addAll(files("include", ".def", ".h"));
        for (Map.Entry<String, String> example : EXAMPLES.entrySet()) {
            Pattern words = Pattern.compile("\\b(" + example.getValue() + ")\\b");
            int files = 0;
            for (Path file : all) {
                List<String> text = Files.readAllLines(file);
                if (isByHand(text) && text.stream().anyMatch(line -> words.matcher(line).find())) {
                    files++;
                }
            }
            System.out.println("files that name the " + example.getKey() + "\t" + files + "\t");
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
        kindsOfSealedTypes().forEach((type, kinds) -> uses.getOrDefault(type, new TreeSet<>()).removeAll(kinds));
        List<Set<String>> circles = circles(uses);
        System.out.println("circles of classes\t" + circles.size() + "\t");
        for (Set<String> circle : circles) {
            System.out.println("  " + circle.size() + ": " + circle);
        }
    }

    /** What a sealed type permits: it names its kinds, and uses nothing of them, or LayersTest fails. */
    private Map<String, Set<String>> kindsOfSealedTypes() throws IOException {
        Pattern permits = Pattern.compile("\\bpermits\\s+([\\w\\s,]+?)\\s*\\{");
        Map<String, Set<String>> kinds = new HashMap<>();
        for (Path file : javaFiles(library.resolve("java"))) {
            String source = Files.readString(file);
            Matcher found = permits.matcher(source);
            while (found.find()) {
                String home = packageOf(source) + ".";
                Set<String> names = kinds.computeIfAbsent(
                        home + file.getFileName().toString().replace(".java", ""), type -> new TreeSet<>());
                for (String name : found.group(1).split("\\s*,\\s*", -1)) {
                    names.add(home + name);
                }
            }
        }
        return kinds;
    }

    private static List<String> jdeps(Path classes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ToolProvider.findFirst("jdeps")
                .orElseThrow(() -> new IllegalStateException("this JDK has no jdeps"))
                .run(new PrintStream(out), System.err, "-v", "--multi-release", "base", classes.toRealPath().toString());
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
