package io.sockfd.raw;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.internal.jni.JniLibc;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table inside of the shim, which is what this machine's headers said when it was built. */
class ProbeIT {
    @Test
    void theShimHasTheCommittedTable() throws IOException {
        assumeTrue("jni".equals(System.getProperty("sockfd.backend")), "asks the JNI shim");
        assertEquals("jni", Backend.chosen().name());

        List<String> committed = new ArrayList<>();
        for (String line : Files.readAllLines(AbiTable.root().resolve(AbiTable.path(Arch.current())))) {
            if (!line.startsWith("errno\t")) {
                committed.add(line);
            }
        }
        List<String> probed = new ArrayList<>();
        byte[] text = new byte[256];
        for (int length = JniLibc.probe(0, text); length >= 0; length = JniLibc.probe(probed.size(), text)) {
            probed.add(new String(text, 0, length, UTF_8));
        }
        assertEquals(String.join("\n", committed), String.join("\n", probed));
        assertEquals(-1, JniLibc.probe(-1, text));
    }

    /** A native method that the shim does not register fails only when somebody calls it. */
    @Test
    void everyNativeMethodIsRegistered() throws ReflectiveOperationException {
        long methods = Stream.of(JniLibc.class, JniLibc.class.getSuperclass())
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> Modifier.isNative(method.getModifiers()))
                .count();
        Field registered = JniLibc.class.getDeclaredField("NATIVES");
        registered.setAccessible(true);
        assertEquals(methods, registered.getInt(null));
    }
}
