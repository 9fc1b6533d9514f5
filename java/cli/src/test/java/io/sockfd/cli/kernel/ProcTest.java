package io.sockfd.cli.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sockfd.cli.Child;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcTest {
    @TempDir
    Path root = Path.of("");

    @Test
    void whatIsMissingIsEmpty() {
        Proc proc = new Proc(root);
        assertEquals(List.of(), proc.lines("self/status"));
        assertEquals(Optional.empty(), proc.sysctl("net.core.somaxconn"));
        assertEquals(Optional.empty(), proc.field("self/status", "Uid"));
        // a directory where a file is expected
        assertEquals(Optional.empty(), proc.line(""));
    }

    @Test
    void oddContent() throws Exception {
        Files.write(root.resolve("empty"), new byte[0]);
        Files.write(root.resolve("blank"), new byte[] {' ', '\n', 'x'});
        Files.write(root.resolve("binary"), new byte[] {(byte) 0xff, 0, '\n'});
        Files.writeString(root.resolve("status"), "Uid:\nUids:\t1\nGid:\t 7 8 \nGid:\t9");
        Proc proc = new Proc(root);
        assertEquals(Optional.empty(), proc.line("empty"));
        assertEquals(Optional.empty(), proc.line("blank"));
        assertEquals(Optional.of("\u00ff\0"), proc.line("binary"));
        assertEquals(Optional.of(""), proc.field("status", "Uid"));
        assertEquals(Optional.of("7 8"), proc.field("status", "Gid"));
    }

    /** Java's own ways to read a whole file take the first byte alone. */
    @Test
    void kernelParametersAreRead() throws Exception {
        Child.Result cat = Child.run(List.of("cat", "/proc/sys/kernel/pid_max"), Map.of(), Path.of("/"));
        assertEquals(Optional.of(cat.out().strip()), Proc.self().sysctl("kernel.pid_max"));
    }
}
