package io.sockfd.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.raw.Leg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A library that is preloaded sees the calls: every function of {@link io.sockfd.raw.Libc}, on each backend. */
@Tag("later")
class PreloadIT {
    @TempDir
    private Path directory = Path.of("");

    @BeforeEach
    void onlyWithACompiler() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/cc")), "no C compiler to make the library with");
    }

    private Path compile(String source) throws IOException, InterruptedException {
        Path code = Files.writeString(directory.resolve("preloaded.c"), source);
        Path library = directory.resolve("preloaded.so");
        Process cc = new ProcessBuilder(
                        "/usr/bin/cc",
                        "-shared",
                        "-fPIC",
                        "-O1",
                        "-fno-builtin",
                        "-o",
                        library.toString(),
                        code.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("cc.log").toFile())
                .start();
        assertTrue(cc.waitFor(60, TimeUnit.SECONDS), "cc does not end");
        assertEquals(0, cc.exitValue(), () -> read(directory.resolve("cc.log")));
        return library;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static List<String> said(Path library, List<String> options, String... arguments) throws Exception {
        Leg.Result result =
                Leg.runUnder(List.of("env", "LD_PRELOAD=" + library), options, Preloaded.class.getName(), arguments);
        assertEquals(0, result.status(), result.output());
        return result.output()
                .lines()
                .filter(line -> !line.startsWith("WARNING"))
                .toList();
    }

    /** Each function answers a first argument that nobody else gives with an errno that no call has. */
    @Test
    void itAnswersEveryFunction() throws Exception {
        Path library = compile(Preloaded.source());
        assertEquals(List.of(Preloaded.functions().size() + " functions answered"), said(library, List.of("-Xint")));
    }

    /** A conversation, and a counter that sees all kinds of its calls. */
    @Test
    void itSeesTheCallsOfASocket() throws Exception {
        Path library = compile(Preloaded.source());
        assertEquals(List.of("unseen: []"), said(library, List.of(), "talk"));
    }
}
