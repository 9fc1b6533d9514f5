package io.sockfd.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.sockfd.cli.doctor.Report.Limit;
import io.sockfd.cli.kernel.Proc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitsTest {
    @TempDir
    Path root = Path.of("");

    private void file(String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private Limit limit(String name) {
        return Limits.of(new Proc(root)).stream()
                .filter(limit -> limit.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void withoutProcEverythingIsUnknown() {
        for (Limit limit : Limits.of(new Proc(root))) {
            assertEquals("unknown", limit.state(), limit.name());
            assertNull(limit.remedy(), limit.name());
            assertNull(limit.value(), limit.name());
        }
    }

    @Test
    void openFiles() throws Exception {
        file("self/limits", """
                Limit                     Soft Limit           Hard Limit           Units
                Max processes             31                   unlimited            processes
                Max open files            1024                 unlimited            files
                """);
        assertEquals("low", limit("open files (soft)").state());
        assertEquals("1024", limit("open files (soft)").value());
        assertEquals("ulimit -n 65536", limit("open files (soft)").remedy());
        assertEquals("ok", limit("open files (hard)").state());
        file("self/limits", "Max open files");
        assertEquals("unknown", limit("open files (soft)").state());
    }

    @Test
    void lowHighAndGood() throws Exception {
        file("sys/net/core/somaxconn", "128\n");
        assertEquals("low", limit("net.core.somaxconn").state());
        assertEquals(
                "sysctl -w net.core.somaxconn=1024", limit("net.core.somaxconn").remedy());
        file("sys/net/core/somaxconn", "1024\n");
        assertEquals("ok", limit("net.core.somaxconn").state());
        file("sys/net/ipv4/tcp_keepalive_time", "7200\n");
        assertEquals("high", limit("net.ipv4.tcp_keepalive_time").state());
        file("sys/net/ipv4/tcp_syncookies", "0\n");
        assertEquals("low", limit("net.ipv4.tcp_syncookies").state());
    }

    @Test
    void severalNumbers() throws Exception {
        file("sys/net/ipv4/tcp_rmem", "4096\t131072\t212992\n");
        assertEquals("low", limit("net.ipv4.tcp_rmem").state());
        assertEquals(
                "sysctl -w net.ipv4.tcp_rmem=\"4096 131072 4194304\"",
                limit("net.ipv4.tcp_rmem").remedy());
        file("sys/net/ipv4/ip_local_port_range", "32768\t60999\n");
        assertEquals("ok", limit("net.ipv4.ip_local_port_range").state());
        file("sys/net/ipv4/ip_local_port_range", "50000\t60999\n");
        assertEquals("low", limit("net.ipv4.ip_local_port_range").state());
    }

    @Test
    void nonsenseIsUnknown() throws Exception {
        file("sys/net/core/somaxconn", "many\n");
        file("sys/net/ipv4/tcp_rmem", "4096 131072\n");
        file("sys/net/ipv4/ip_local_port_range", "a b\n");
        for (String name : new String[] {"net.core.somaxconn", "net.ipv4.tcp_rmem", "net.ipv4.ip_local_port_range"}) {
            assertEquals("unknown", limit(name).state(), name);
            assertNull(limit(name).remedy(), name);
        }
    }
}
