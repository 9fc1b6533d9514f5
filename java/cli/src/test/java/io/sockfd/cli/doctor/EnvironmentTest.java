package io.sockfd.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.sockfd.cli.doctor.Report.Privileges;
import io.sockfd.cli.kernel.Proc;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentTest {
    @TempDir
    Path root = Path.of("");

    @BeforeEach
    void self() throws Exception {
        Files.createDirectories(root.resolve("self"));
    }

    private void status(String text) throws Exception {
        Files.writeString(root.resolve("self/status"), text);
    }

    @Test
    void rightsFromStatus() throws Exception {
        status("Name:\tjava\nUid:\t1000\t0\t0\t0\nCapInh:\t0\nCapEff:\t0000000000002000\n");
        assertEquals(new Privileges(1000, 0, true, false, null), Environment.privileges(new Proc(root)));
        status("CapEff:\tffffffffffffffff\nUid:\t7\n");
        assertEquals(new Privileges(7, null, true, true, null), Environment.privileges(new Proc(root)));
    }

    @Test
    void rightsThatNobodyTells() throws Exception {
        Privileges nothing = new Privileges(null, null, null, null, null);
        assertEquals(nothing, Environment.privileges(new Proc(root)));
        status("Uid:\tx y\nCapEff:\tnone\n");
        assertEquals(nothing, Environment.privileges(new Proc(root)));
    }

    @Test
    void libcFromMaps() throws Exception {
        Path libc = root.resolve("libc.so.6");
        Files.writeString(libc, "\0ELF\0GNU C Library (Distro GLIBC 2.99-1) stable release version 2.99.\n\0");
        Files.writeString(
                root.resolve("self/maps"),
                "7f00-7f01 r-xp 0000 fe:00 12 /lib/libcrypto.so.6\n7f01-7f02 r-xp 0000 fe:00 13    " + libc + "\n");
        LibcFile found = LibcFile.of(new Proc(root));
        assertEquals(new LibcFile("glibc", "2.99", libc.toString()), found);
    }

    @Test
    void libcWithoutVersion() throws Exception {
        assertEquals(new LibcFile("unknown", null, ""), LibcFile.of(new Proc(root)));
        Files.writeString(root.resolve("self/maps"), "7f00-7f01 r-xp 00 fe:00 12 /lib/ld-musl-x86_64.so.1\n");
        assertEquals("musl", LibcFile.of(new Proc(root)).name());
        Files.writeString(root.resolve("self/maps"), "7f00-7f01 r-xp 00 fe:00 12 /nonexistent/libc-2.31.so\n");
        assertEquals("glibc", LibcFile.of(new Proc(root)).name());
        assertNull(LibcFile.of(new Proc(root)).version());
    }
}
