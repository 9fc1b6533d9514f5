package io.sockfd.guide;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Blocks of Java, compiled together, each in a class of its own. */
final class Compiled extends ClassLoader {
    /** What a reader's editor adds. */
    private static final List<String> IMPORTS = List.of(
            "io.sockfd.*",
            "io.sockfd.address.*",
            "io.sockfd.bpf.*",
            "io.sockfd.capture.*",
            "io.sockfd.ebpf.*",
            "io.sockfd.event.*",
            "io.sockfd.netlink.*",
            "io.sockfd.netns.*",
            "io.sockfd.nio.*",
            "io.sockfd.option.*",
            "io.sockfd.packet.*",
            "io.sockfd.raw.*",
            "io.sockfd.raw.struct.CanFrame",
            "io.sockfd.raw.struct.Ifinfomsg",
            "io.sockfd.raw.struct.SockaddrIn",
            "io.sockfd.uring.*",
            "io.sockfd.xdp.*",
            "java.io.IOException",
            "java.io.UncheckedIOException",
            "java.lang.management.ManagementFactory",
            "java.net.Inet4Address",
            "java.net.InetAddress",
            "java.net.InetSocketAddress",
            "java.net.SocketAddress",
            "java.net.StandardProtocolFamily",
            "java.net.StandardSocketOptions",
            "java.net.UnixDomainSocketAddress",
            "java.nio.ByteBuffer",
            "java.nio.channels.*",
            "java.nio.channels.spi.SelectorProvider",
            "java.nio.file.*",
            "java.time.*",
            "java.util.*",
            "java.util.concurrent.*",
            "javax.management.MBeanServer",
            "javax.management.ObjectName",
            "javax.net.SocketFactory",
            "javax.net.ssl.SSLContext",
            "static java.nio.charset.StandardCharsets.*",
            "static io.sockfd.raw.Linux.*");

    private static final Pattern MEMBER = Pattern.compile(
            "(public |private |static |final |abstract |sealed )*(class|record|interface|enum|void|static|@interface)\\b.*");

    private final Map<String, byte[]> classes = new HashMap<>();
    private final Map<Block, String> names = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    /** Compiles; what went wrong is in {@link #problems}. */
    Compiled(List<Block> blocks) throws IOException {
        this(blocks, List.of(), "");
    }

    /**
     * Compiles.
     *
     * @param members fields and methods that each block sees and that what it declares itself hides
     * @param sources a folder of sources of what is not on the class path; or empty
     */
    Compiled(List<Block> blocks, List<String> members, String sources) throws IOException {
        super(Compiled.class.getClassLoader());
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        List<Source> units = new ArrayList<>();
        for (Block block : blocks) {
            units.add(new Source("Block" + units.size(), block, members));
            names.put(block, units.get(units.size() - 1).name);
        }
        try (JavaFileManager files = new InMemory(compiler.getStandardFileManager(diagnostics, null, null))) {
            List<String> options = List.of(
                    "-proc:none",
                    "-implicit:none",
                    "-Xlint:none",
                    "-nowarn",
                    "-Xmaxerrs",
                    "1000",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-sourcepath",
                    sources);
            boolean compiled = compiler.getTask(null, files, diagnostics, options, null, units)
                    .call();
            for (Diagnostic<? extends JavaFileObject> found : diagnostics.getDiagnostics()) {
                if (found.getKind() == Diagnostic.Kind.ERROR) {
                    problems.add(found.getSource() instanceof Source source ? source.say(found) : found.toString());
                }
            }
            if (!compiled && problems.isEmpty()) {
                problems.add("the compiler failed without a word");
            }
        }
    }

    List<String> problems() {
        return problems;
    }

    /** Runs a block that was given nothing. */
    void run(Block block) throws ReflectiveOperationException {
        String name = names.get(block);
        if (name == null) {
            throw new IllegalArgumentException(block + " was not compiled");
        }
        loadClass(name).getDeclaredMethod("run").invoke(null);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = classes.get(name);
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    /** A block with what makes it a class around it. */
    private static final class Source extends SimpleJavaFileObject {
        private final String name;
        private final Block block;
        private final StringBuilder text = new StringBuilder();
        private final int linesBefore;

        Source(String name, Block block, List<String> members) {
            super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
            this.name = name;
            this.block = block;
            IMPORTS.forEach(wanted -> text.append("import ").append(wanted).append(";\n"));
            block.code().stream()
                    .filter(line -> line.startsWith("import "))
                    .forEach(line -> text.append(line).append('\n'));
            boolean declares = block.code().stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("import ") && !line.startsWith("//"))
                    .findFirst()
                    .filter(line -> MEMBER.matcher(line).matches())
                    .isPresent();
            text.append("public class ").append(name).append(" {\n");
            members.forEach(member -> text.append(member).append('\n'));
            if (!declares) {
                text.append("public static void run(").append(block.given()).append(") throws Exception {\n");
            }
            linesBefore = (int) text.chars().filter(c -> c == '\n').count();
            block.code()
                    .forEach(line ->
                            text.append(line.startsWith("import ") ? "" : line).append('\n'));
            text.append(declares ? "}\n" : "}}\n");
        }

        String say(Diagnostic<?> found) {
            return block.page() + ":" + (block.line() + found.getLineNumber() - linesBefore - 1) + ": "
                    + found.getMessage(null);
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
        InMemory(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + name + ".class"), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return new ByteArrayOutputStream() {
                        @Override
                        public void close() {
                            classes.put(name, toByteArray());
                        }
                    };
                }
            };
        }
    }
}
