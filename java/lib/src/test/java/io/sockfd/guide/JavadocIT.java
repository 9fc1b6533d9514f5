package io.sockfd.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/**
 * What the Javadoc shows of Java compiles, as what the guide shows does. A block is {@code <pre>{@code …}</pre>}; a drawing or
 * a command line is a {@code <pre>} without {@code @code}.
 */
@Tag("once")
@EnabledForJreRange(min = JRE.JAVA_22, disabledReason = "memory segments are among what is shown")
class JavadocIT {
    private static final Path ROOT =
            Path.of(System.getProperty("sockfd.root", "../..")).normalize();
    private static final String SEGMENTS = "java/segments/src/main/java";
    private static final List<String> SOURCES = List.of("java/lib/src/main/java", "java/lib/src/main/java22", SEGMENTS);

    private static final Pattern BLOCK = Pattern.compile("<pre>\\{@code(.*?)\\}</pre>", Pattern.DOTALL);
    private static final Pattern EXPORTED = Pattern.compile("exports ([\\w.]+);");
    private static final Pattern MARGIN = Pattern.compile("^\\s*\\* ?");

    /** What an example need not explain: a reader knows what they are by their names. */
    private static final List<String> KNOWN = List.of(
            "static Socket socket, listener, other;",
            "static SocketAddress address;",
            "static ByteBuffer buffer, frame;",
            "static byte[] key, iv;",
            "static Path path;",
            "static Packet packet;",
            "static Tcp tcp;",
            "static Descriptor file;",
            "static Message message;",
            "static MessageBatch batch;",
            "static Epoll epoll;",
            "static EpollEvents events;",
            "static EventLoop loop;",
            "static Ring ring;",
            "static XdpSocket xdp;",
            "static RtNetlink rt;",
            "static Netlink netlink;",
            "static SocketDiag diag;",
            "static NetworkNamespace namespace;",
            "static String text;",
            "static int ifindex;",
            "static long pid, size, nanosSince1970;",
            "static void serve(Object what) {}",
            "static void use(Object what) {}",
            "static java.util.concurrent.atomic.LongAdder failures;");

    /** The classes from which a user starts, beside all classes of options. */
    private static final List<String> STARTS = List.of(
            "Codec ControlCursor ControlReader ControlWriter Descriptor Errors ListenFd Message MessageBatch Notify Option PidFd",
            "Socket SplicePipe TunDevice ZeroCopy",
            "address.Addresses address.Interfaces address.Sockaddr",
            "bpf.FilterExpression bpf.ProgramBuilder bpf.SocketFilter",
            "capture.PacketSocket capture.PcapFormat capture.PcapReader capture.PcapWriter capture.ReceiveRing",
            "capture.TransmitRing",
            "ebpf.EbpfMap ebpf.EbpfProgram",
            "event.Epoll event.EpollEvents event.EventFd event.EventLoop event.SignalFd event.TimerFd",
            "netlink.Netlink netlink.NetlinkRequest netlink.NewLink netlink.RtNetlink netlink.RtWatch netlink.SocketDiag",
            "netlink.SocketDiagWatch netns.NetworkNamespace nio.JavaSockets nio.NioSockets",
            "packet.Packet packet.PacketBuilder",
            "raw.Libc raw.Memory",
            "uring.BufferRing uring.Ring",
            "xdp.Umem xdp.XdpSocket");

    private static List<Block> blocks = List.of();

    @BeforeAll
    static void read() throws IOException {
        blocks = new ArrayList<>();
        for (String folder : SOURCES) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                        .sorted()
                        .toList()) {
                    blocks.addAll(blocks(file));
                }
            }
        }
    }

    private static List<Block> blocks(Path file) throws IOException {
        String text = Files.readString(file);
        assertFalse(text.contains("{@snippet"), file + " has a {@snippet: show it as <pre>{@code …}</pre>");
        List<Block> found = new ArrayList<>();
        List<String> imports = text.lines()
                .filter(line -> line.startsWith("package ") || line.startsWith("import java.lang.foreign."))
                .map(line ->
                        line.replaceFirst("^package (.*);", "import $1.*;").replaceFirst("foreign.\\w+;", "foreign.*;"))
                .toList();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            int line = (int) text.substring(0, block.start(1)).lines().count();
            List<String> code = new ArrayList<>();
            block.group(1)
                    .lines()
                    .forEach(shown -> code.add(MARGIN.matcher(shown).replaceFirst("")));
            code.addAll(imports);
            found.add(new Block(ROOT.relativize(file).toString(), line, "java", "", false, false, code));
        }
        return found;
    }

    @Test
    void everyBlockCompiles() throws IOException {
        assertTrue(blocks.size() > 80, "found only " + blocks);
        assertEquals(
                List.of(), new Compiled(blocks, KNOWN, ROOT.resolve(SEGMENTS).toString()).problems());
    }

    @Test
    void everyClassFromWhichAUserStartsHasOne() throws IOException {
        List<String> without = new ArrayList<>();
        Path base = ROOT.resolve("java/lib/src/main/java/io/sockfd");
        List<Path> starts = new ArrayList<>();
        STARTS.stream()
                .flatMap(line -> Stream.of(line.split(" ")))
                .forEach(name -> starts.add(base.resolve(name.replace('.', '/') + ".java")));
        try (Stream<Path> files = Files.list(base.resolve("option"))) {
            files.filter(file -> file.toString().endsWith("Options.java") && !file.endsWith("AllOptions.java"))
                    .sorted()
                    .forEach(starts::add);
        }
        for (Path file : starts) {
            if (blocks(file).isEmpty()) {
                without.add(ROOT.relativize(file).toString());
            }
        }
        assertEquals(List.of(), without);
    }

    @Test
    void everyPackageSaysSinceWhen() throws IOException {
        Path base = ROOT.resolve("java/lib/src/main/java");
        String module = Files.readString(base.resolve("module-info.java"));
        List<String> silent = new ArrayList<>(module.contains("@since") ? List.of() : List.of("the module"));
        Matcher exported = EXPORTED.matcher(module);
        int count = 0;
        while (exported.find()) {
            count++;
            String name = exported.group(1);
            if (!Files.readString(base.resolve(name.replace('.', '/') + "/package-info.java"))
                    .contains(" @since ")) {
                silent.add(name);
            }
        }
        assertTrue(count > 10, module);
        assertEquals(List.of(), silent);
    }
}
