package io.sockfd.segment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The two jars as modules: what this one uses of the library beside its public API is open to it. */
@Timeout(60)
class ModulePathIT {
    private static final String PROGRAM = """
            import io.sockfd.*;
            import io.sockfd.segment.Segments;
            import java.lang.foreign.*;

            class Modules {
                public static void main(String[] args) throws Exception {
                    try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM);
                            Arena arena = Arena.ofShared();
                            Message out = new Message();
                            Message in = new Message()) {
                        MemorySegment memory = arena.allocate(8);
                        Thread late = new Thread(() -> {
                            try {
                                Thread.sleep(100);
                                Segments.sendMessage(pair.first(), out, Arena.ofAuto().allocate(5), 0);
                            } catch (Exception e) {
                                e.printStackTrace();
                            }
                        });
                        late.start();
                        long received = Segments.receiveMessage(pair.second(), in, memory, 0); // it waits
                        System.out.println(received + " bytes by " + Segments.class.getModule() + " on "
                                + Socket.class.getModule());
                    }
                }
            }
            """;

    @TempDir
    Path directory = Path.of("");

    @Test
    void receivesAMessageInTwoModules() throws Exception {
        Path library = jar(Socket.class);
        Path segments = jar(Segments.class);
        Path program = Files.writeString(directory.resolve("Modules.java"), PROGRAM);
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-p",
                        library + ":" + segments,
                        "--add-modules",
                        "io.sockfd,io.sockfd.segments",
                        "--enable-native-access=io.sockfd,io.sockfd.segments",
                        program.toString()))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor(20, TimeUnit.SECONDS);
        assertEquals("5 bytes by module io.sockfd.segments on module io.sockfd\n", said);
    }

    private static Path jar(Class<?> of) throws Exception {
        Path path =
                Path.of(of.getProtectionDomain().getCodeSource().getLocation().toURI());
        assumeTrue(Files.isRegularFile(path), () -> path + " is no jar: run it by ./mvnw verify");
        return path;
    }
}
