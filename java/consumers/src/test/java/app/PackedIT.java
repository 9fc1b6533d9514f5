package app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program on the class path: with the library's own jar, and in one jar with it as maven-shade-plugin makes that. */
class PackedIT {
    static final String BELOW_22 = "jni works: Java " + Child.JAVA
            + " is below 22, jnr-ffi is not on the class path, libsockfd.so was found\n";
    static final String WORKS =
            Child.JAVA < 22 ? BELOW_22 : "ffm works: Java " + Child.JAVA + " has the Foreign Function & Memory API\n";

    private static String run(String jar, String... options) throws Exception {
        String[] arguments = new String[options.length + 4];
        System.arraycopy(options, 0, arguments, 0, options.length);
        arguments[options.length] = Child.JAVA < 22 ? "-Dx" : "--enable-native-access=ALL-UNNAMED";
        arguments[options.length + 1] = "-cp";
        arguments[options.length + 2] = jar;
        arguments[options.length + 3] = "app.App";
        return Child.java(arguments);
    }

    @Test
    void onTheClassPath() throws Exception {
        assertEquals(WORKS, run(Jars.library() + File.pathSeparator + Jars.app()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"shaded", "relocated", "kept"})
    void inOneJar(String classifier) throws Exception {
        assertEquals(WORKS, run(Jars.packed(classifier)));
    }

    /** Its native methods belong to a class of another name. */
    @ParameterizedTest
    @ValueSource(strings = {"relocated", "unmoved-overlay"})
    void aRelocatedCopyWorksOnJni(String classifier) throws Exception {
        assertEquals("jni works: -Dsockfd.backend=jni\n", run(Jars.packed(classifier), "-Dsockfd.backend=jni"));
    }

    @Test
    void withoutItsOverlayARelocatedCopyTakesAnotherBackend() throws Exception {
        String said = run(Jars.packed("unmoved-overlay"));
        if (Child.JAVA < 22) {
            assertEquals(BELOW_22, said);
        } else {
            assertTrue(said.startsWith("jni works: not ffm (Backend ffm was not moved with the rest"), said);
            assertTrue(said.contains(" to META-INF/versions/22/app/shaded/sockets/internal/ffm/ "), said);
        }
    }

    @Test
    void withoutMultiReleaseAnotherBackendIsTaken() throws Exception {
        String said = run(Jars.packed("single-release"));
        if (Child.JAVA < 22) {
            assertEquals(BELOW_22, said);
        } else {
            assertTrue(said.startsWith("jni works: not ffm (Backend ffm is in the jar but cannot be seen"), said);
            assertTrue(said.contains("\"Multi-Release: true\""), said);
        }
    }

    @Test
    void aBackendThatIsAskedForSaysWhatTheManifestLacks() throws Exception {
        assumeTrue(Child.JAVA >= 22, "FFM came with Java 22");
        String said = run(Jars.packed("single-release"), "-Dsockfd.backend=ffm");
        assertTrue(
                said.startsWith("none: io.sockfd.raw.BackendException: Backend ffm is in the jar but cannot be seen"),
                said);
    }

    /** The classes that are found by name are gone, but for the overlay, which the plugin does not look into. */
    @Test
    void aMinimizedJarSaysWhatIsMissing() throws Exception {
        String plain = run(Jars.packed("minimized"));
        String jni = run(Jars.packed("minimized"), "-Dsockfd.backend=jni");
        assertTrue(Child.JAVA < 22 ? plain.startsWith("none: ") : plain.equals(WORKS), plain);
        for (String said : Child.JAVA < 22 ? new String[] {plain, jni} : new String[] {jni}) {
            assertTrue(said.contains("the class io.sockfd.internal.jni.JniLibc is missing"), said);
            assertTrue(said.contains("-keep class io.sockfd.internal.** { *; }"), said);
        }
    }
}
