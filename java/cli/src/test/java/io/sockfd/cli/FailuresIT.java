package io.sockfd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A backend that cannot be had: one line that names the remedy, no stack trace, status 1. */
class FailuresIT {
    private static void assertOneLine(Child.Result result, String... parts) {
        assertEquals(1, result.status(), result.err());
        assertEquals(1, result.errLines().size(), result.err());
        assertTrue(result.err().startsWith("sockfd: "), result.err());
        for (String part : parts) {
            assertTrue(result.err().contains(part), result.err());
        }
    }

    @Test
    @Tag("once")
    void anUnknownBackend() throws Exception {
        List<String> options = Child.nativeAccess("-Dsockfd.backend=nonsense");
        for (String command : List.of("demo", "selftest")) {
            assertOneLine(Child.java(options, command), "nonsense: no such backend", "use ffm, jnr or jni");
        }
    }

    @Test
    @Tag("once")
    void jnrThatIsNotThere() throws Exception {
        List<String> options = Child.nativeAccess("-Dsockfd.backend=jnr");
        assertOneLine(
                Child.javaWith(Child.classPathWithoutJnr(), options, "demo"),
                "add com.github.jnr:jnr-ffi:",
                "to the class path");
    }

    @Test
    @Tag("once")
    void noBackendBelowJava22() throws Exception {
        assumeTrue(Runtime.version().feature() < 22, "Java 22 and later need neither");
        List<String> options = List.of("-Dsockfd.jni.library=/nonexistent/libsockfd.so");
        assertOneLine(
                Child.javaWith(Child.classPathWithoutJnr(), options, "demo"),
                "neither fallback works",
                "add com.github.jnr:jnr-ffi:",
                "/nonexistent/libsockfd.so");
        Child.Result doctor = Child.javaWith(Child.classPathWithoutJnr(), options, "doctor");
        assertEquals(1, doctor.status(), doctor.err());
        assertTrue(doctor.out().contains("neither fallback works"), doctor.out());
    }

    @Test
    void deniedNativeAccess() throws Exception {
        assumeTrue(Runtime.version().feature() >= 24, "java denies native access since 24");
        List<String> options = List.of("--illegal-native-access=deny", "-Dsockfd.backend=" + Child.backend());
        assertOneLine(Child.java(options, "demo"), "Native access is denied", "--enable-native-access=ALL-UNNAMED");
    }

    @Test
    @Tag("once")
    void nothingToDemonstrate() throws Exception {
        assumeTrue(Runtime.version().feature() >= 24, "java denies native access since 24");
        Child.Result result = Child.java(List.of("--illegal-native-access=deny"), "demo");
        assertOneLine(result, "Native access is denied", "--enable-native-access=ALL-UNNAMED");
        assertEquals("", result.out());
    }

    @Test
    @Tag("once")
    void traceShowsWhere() throws Exception {
        List<String> options = Child.nativeAccess("-Dsockfd.backend=nonsense");
        Child.Result result = Child.java(options, "demo", "--trace");
        assertEquals(1, result.status(), result.err());
        assertTrue(result.err().contains("\tat io.sockfd."), result.err());
    }
}
