package io.sockfd.raw;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What native/Generate.java writes is committed as it writes it; a struct is one block of include/structs.def, and a call
 * one line of include/calls.def.
 */
class GenerateTest {
    private static final String RAW = "java/lib/src/main/java/io/sockfd/raw";
    private static final String FFM = "java/lib/src/main/java22/io/sockfd/internal/ffm";
    private static final String JNR = "java/lib/src/main/java/io/sockfd/internal/jnr";
    private static final String JNI = "java/lib/src/main/java/io/sockfd/internal/jni";
    private static final List<String> FOLDERS = List.of("include", "include/abi", RAW, RAW + "/struct", FFM, JNR, JNI);
    private static final int PATIENCE_MINUTES = 5;

    @TempDir
    private static Path program;

    @TempDir
    private Path copy;

    /** Once: to compile it takes longer than to run it. */
    @BeforeAll
    static void compile() throws Exception {
        Path source = AbiTable.root().resolve("native/Generate.java").toAbsolutePath();
        assertEquals("0: ", run(program, "javac", "-proc:none", "-d", program.toString(), source.toString()));
    }

    @Test
    void theCommittedSourcesAreWhatIsGenerated() throws Exception {
        assertEquals("0: ", generate(AbiTable.root(), "--check"));
    }

    @Test
    void aChangedAndAForgottenFileAreNoticed() throws Exception {
        copySources();
        Path struct = copy.resolve(RAW + "/struct");
        Path iovec = struct.resolve("Iovec.java");
        Files.writeString(iovec, Files.readString(iovec).replace("IOV_LEN = 8", "IOV_LEN = 4"));
        Files.writeString(struct.resolve("OldIovec.java"), Files.readString(iovec));
        assertEquals(
                "1: not as include/*.def and include/abi say, run java native/Generate.java: struct/Iovec.java,"
                        + " struct/OldIovec.java\n",
                generate(copy, "--check"));
        assertTrue(generate(copy).endsWith("changed: struct/Iovec.java, struct/OldIovec.java\n"));
        assertFalse(Files.exists(struct.resolve("OldIovec.java")));
        assertEquals("0: ", generate(copy, "--check"));
    }

    /** Each kind of field, in one struct that nobody has. */
    @Test
    void aStructIsOneBlock() throws Exception {
        copySources();
        Path definitions = copy.resolve("include/structs.def");
        Files.writeString(definitions, Files.readString(definitions) + """

                        /* An example. See ip(7). */
                        S(example_of_all)
                        F(example_of_all, port, be16) /* ETH_P_* */
                        F(example_of_all, flags, u8)
                        B(example_of_all, flags, asks, 1, 1)  /* 1: asks. */
                        F(example_of_all, name, u8[])
                        F(example_of_all, u.count, u32, long)
                        F(example_of_all, u.id, s32) /* of whom */
                        F(example_of_all, when, struct timespec)
                        """);
        for (String arch : Arch.NAMES) {
            Path table = copy.resolve(AbiTable.path(arch));
            Files.writeString(table, Files.readString(table) + """
                            struct	example_of_all	24	8
                            field	example_of_all	port	0	2
                            field	example_of_all	flags	2	1
                            field	example_of_all	name	3	1
                            field	example_of_all	u.count	4	4
                            field	example_of_all	u.id	4	4
                            field	example_of_all	when	8	16
                            """);
        }
        assertTrue(generate(copy).endsWith("changed: struct/ExampleOfAll.java\n"));
        String source = Files.readString(copy.resolve(RAW + "/struct/ExampleOfAll.java"));
        assertTrue(source.contains("""
                /**
                 * An example. See <a href="https://man7.org/linux/man-pages/man7/ip.7.html">ip(7)</a>.
                 *
                 * <p>In memory the {@code be} fields are in network byte order; the accessors take and give host order.
                 *
                 * <pre>
                 *         +-----------------------+
                 *      0  | be16            port  |  ETH_P_*
                 *      2  | u8              flags |  bit fields asks
                 *      3  | u8[1]           name  |
                 *      4  | u32             count |
                 *      4  | s32             id    |  or: of whom
                 *      8  | struct timespec when  |
                 *     24  +-----------------------+
                 * </pre>
                 */
                public final class ExampleOfAll {
                    public static final int SIZE = 24;

                    public static final int PORT = 0;
                    public static final int FLAGS = 2;
                    public static final int NAME = 3;
                    public static final int NAME_BYTES = 1;
                    public static final int COUNT = 4;
                    public static final int ID = 4;
                    public static final int WHEN = 8;
                """), source);
        assertTrue(source.contains("public static void count(ByteBuffer b, int o, long value) {"), source);
        assertTrue(source.contains("Fields.bit(b, o + FLAGS, 1, value);"), source);
        assertFalse(source.contains(" when("), source);
    }

    /** A libc may lack it, the kernel takes more than C, and there is an ellipsis. */
    @Test
    void aCallIsOneLine() throws Exception {
        copySources();
        addCall("NEWER3(int, example_of, close(8), int, fd, ptr, what, more, rest)");
        assertTrue(generate(copy).endsWith("changed: JniCalls.java, JnrCalls.java, FfmCalls.java\n"));
        String ffm = Files.readString(copy.resolve(FFM + "/FfmCalls.java"));
        assertTrue(ffm.contains("""
                    @Override
                    public int example_of(int fd, long what, long rest) {
                        return (int) Downcall.call(ExampleOf.H, fd, what, rest, 8, 0, 0);
                    }

                    private static final class ExampleOf {
                        static final MethodHandle H = Linkage.variadic(LinuxOnArch.SYS_close, "example_of", 2);
                    }
                """), ffm);
        String jnr = Files.readString(copy.resolve(JNR + "/JnrCalls.java"));
        assertTrue(jnr.contains("""
                    public int example_of(int fd, long what, long rest) {
                        try {
                            return value(c.example_of(fd, what, rest), -1);
                        } catch (UnsatisfiedLinkError e) {
                            return -Linux.ENOSYS;
                        }
                    }
                """), jnr);
        assertTrue(jnr.contains("        int example_of(int fd, long what, long rest);\n"), jnr);
        String jni = Files.readString(copy.resolve(JNI + "/JniCalls.java"));
        assertTrue(jni.contains("    public native int example_of(int fd, long what, long rest);\n"), jni);
    }

    @Test
    void aWrongLineOfACallIsSaid() throws Exception {
        copySources();
        assertCallSays("CALL1(int, example, close, int, fd, ptr, what)", "write CALL2");
        assertCallSays("CALL1(int, example, no_such, int, fd)", "SYS_no_such is not in include/abi");
        assertCallSays("CALL1(size_t, example, close, int, fd)", "this is none: CALL1(size_t");
        assertCallSays("CALL1(index, example, close, int, fd)", "its number is libc");
        assertCallSays("HAND(example)", "this is none: HAND(example)");
    }

    private void assertCallSays(String line, String reason) throws Exception {
        Path definitions = copy.resolve("include/calls.def");
        String good = Files.readString(definitions);
        addCall(line);
        String said = generate(copy, "--check");
        assertTrue(said.startsWith("1: ") && said.contains(reason), said);
        Files.writeString(definitions, good);
    }

    private void addCall(String line) throws IOException {
        Path definitions = copy.resolve("include/calls.def");
        Files.writeString(definitions, Files.readString(definitions) + line + "\n");
    }

    @Test
    void theMethodsByHandAreListed() throws IOException {
        List<String> listed = names("HAND\\((\\w+), .+\\)\n", "include/calls.def");
        List<String> also = names("CALL\\d\\(\\w+, (\\w+), hand,.*\n", "include/calls.def");
        assertEquals(4, listed.size());
        String method = "@Override\\n(?: +@.*\\n)?    public (?:native )?\\w+ (?!toString)(\\w+)\\(";
        assertEquals(listed, names(method, JNR + "/JnrLibc.java"));
        assertEquals(listed, names(method, JNI + "/JniLibc.java"));
        List<String> ffm =
                Stream.concat(listed.stream(), also.stream()).sorted().toList();
        assertEquals(ffm, names(method, FFM + "/FfmLibc.java"));
    }

    private static List<String> names(String pattern, String file) throws IOException {
        Matcher matcher = Pattern.compile(pattern)
                .matcher(Files.readString(AbiTable.root().resolve(file)));
        return matcher.results().map(result -> result.group(1)).sorted().toList();
    }

    @Test
    void whatIsWrongIsSaid() throws Exception {
        copySources();
        Path definitions = copy.resolve("include/structs.def");
        String good = Files.readString(definitions);
        assertSays(good.replace("sin_port, be16", "sin_port, be32"), "sockaddr_in.sin_port is no be32: it has 2 bytes");
        assertSays(
                good.replace("S(epoll_event, hand)", "S(epoll_event)")
                        .replace("F(epoll_event, events)", "F(epoll_event, events, u32)")
                        .replace("F(epoll_event, data)", "F(epoll_event, data, u64)"),
                "epoll_event differs by architecture: write its class by hand");
        assertSays(
                good.replace("F(iovec, iov_len, u64)", "F(iovec, iov_len)"),
                "F(iovec, iov_len) /* bytes */: a field has a type");
    }

    private void assertSays(String definitions, String reason) throws Exception {
        Files.writeString(copy.resolve("include/structs.def"), definitions);
        String said = generate(copy, "--check");
        assertTrue(said.startsWith("1: ") && said.contains(reason), said);
    }

    private void copySources() throws IOException {
        for (String folder : FOLDERS) {
            Files.createDirectories(copy.resolve(folder));
            try (Stream<Path> files = Files.list(AbiTable.root().resolve(folder))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.copy(
                            file,
                            copy.resolve(folder).resolve(file.getFileName().toString()));
                }
            }
        }
    }

    private static String generate(Path root, String... arguments) throws Exception {
        return run(
                root,
                Stream.concat(
                                Stream.of(
                                        "java",
                                        "-XX:TieredStopAtLevel=1",
                                        "-XX:+UseSerialGC",
                                        "-cp",
                                        program.toString(),
                                        "Generate"),
                                Stream.of(arguments))
                        .toArray(String[]::new));
    }

    /** The exit status of one of this JDK's programs, and what it printed. */
    private static String run(Path directory, String... command) throws Exception {
        command[0] = Path.of(System.getProperty("java.home"), "bin", command[0]).toString();
        Process process = new ProcessBuilder(command)
                .directory(directory.toAbsolutePath().toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertTrue(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES), output);
        return process.exitValue() + ": " + output;
    }
}
