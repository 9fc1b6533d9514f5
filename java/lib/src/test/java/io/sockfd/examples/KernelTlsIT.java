package io.sockfd.examples;

import static io.sockfd.examples.Programs.example;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** KernelTls, where the kernel has the module; in the virtual machine with the other tests of TLS. */
@Timeout(120)
@Tag("once")
public class KernelTlsIT {
    @TempDir
    Path directory = Path.of("");

    @Test
    void toOpenssl() throws Exception {
        Path protocols = Path.of("/proc/sys/net/ipv4/tcp_available_ulp");
        assumeTrue(
                Files.exists(protocols) && Files.readString(protocols).contains("tls"),
                "this kernel has no TLS (modprobe tls)");
        sendsAFile(directory);
    }

    private static void openssl(String arguments) throws Exception {
        try (Program program = Program.start(List.of(("openssl " + arguments).split(" ", -1)))) {
            program.end();
        }
    }

    /** With {@code openssl s_client}, which prints what came. */
    public static void sendsAFile(Path directory) throws Exception {
        Programs.assumeTool("openssl");
        Path store = directory.resolve("server.p12");
        String key = directory.resolve("key").toString();
        String certificate = directory.resolve("certificate").toString();
        // as keytool does, which in the virtual machine takes most of a minute
        openssl("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=localhost -keyout " + key
                + " -out " + certificate);
        openssl("pkcs12 -export -passout pass:secret -inkey " + key + " -in " + certificate + " -out " + store);
        Path log = directory.resolve("keys.log");
        String text = "a line that the kernel encrypts\n".repeat(3000);
        Path file = Files.writeString(directory.resolve("sent"), text);
        try (Program server = example("KernelTls", "127.0.0.1:0", store.toString(), log.toString(), file.toString())) {
            String address = server.await("listening on ");
            try (Program client = Program.start(List.of(
                    "openssl",
                    "s_client",
                    "-quiet",
                    "-connect",
                    address,
                    "-ciphersuites",
                    "TLS_AES_128_GCM_SHA256",
                    "-keylogfile",
                    log.toString()))) {
                client.say("the file, please");
                assertEquals("the file, please", server.await("asked: "));
                server.end();
                assertEquals(text, client.end());
            }
        }
    }
}
