package io.sockfd.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.raw.Leg.Result;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackendIT {
    private static final String NAME = System.getProperty("sockfd.backend", "");

    @Test
    void thePropertyDecides() {
        assertEquals(NAME, Backend.chosen().name());
        assertEquals("-Dsockfd.backend=" + NAME, Backend.chosen().reason());
        assertSame(Backend.chosen().libc(), Libc.get());
    }

    @Test
    void withoutThePropertyTheNewestWayIsTaken() throws IOException, InterruptedException {
        Result result = Leg.run(List.of("-Dsockfd.backend="), Probe.class.getName());
        String expected = Runtime.version().feature() >= 22 ? "ffm: Java " : "jnr: Java ";
        assertTrue(result.output().startsWith(expected), result.output());
    }

    @Test
    void anUnknownNameIsRefusedWithTheNamesThatAreKnown() throws IOException, InterruptedException {
        BackendException e = assertThrows(BackendException.class, () -> Backend.load("nonsense"));
        assertEquals("sockfd.backend=nonsense: no such backend; use ffm, jnr or jni.", e.getMessage());
        Result result = Leg.run(List.of("-Dsockfd.backend=nonsense"), Probe.class.getName());
        assertTrue(result.output().contains("use ffm, jnr or jni"), result.output());
        // asked twice: the class is not broken by the first failure
        assertEquals(
                2,
                result.output()
                        .lines()
                        .filter(line -> line.contains("nonsense"))
                        .count(),
                result.output());
    }

    @Test
    void deniedNativeAccessNamesTheFlag() throws IOException, InterruptedException {
        assumeTrue(Runtime.version().feature() >= 24, "--illegal-native-access came with Java 24");
        Result result = Leg.run(
                List.of("--enable-native-access=java.base", "--illegal-native-access=deny"), Probe.class.getName());
        assertTrue(
                result.output().contains("Native access is denied: start java with --enable-native-access=ALL-UNNAMED"),
                result.output());
    }

    @Test
    void ffmBelowJava22SaysWhatToDo() {
        assumeTrue(Runtime.version().feature() < 22, "needs an old Java");
        BackendException e = assertThrows(BackendException.class, () -> Backend.load("ffm"));
        assertTrue(String.valueOf(e.getMessage()).startsWith("Backend ffm needs Java 22 or later"), e.getMessage());
    }

    @Test
    void aMissingShimIsNamed() throws IOException, InterruptedException {
        Result result = Leg.run(
                List.of("-Dsockfd.backend=jni", "-Dsockfd.jni.library=/nowhere/libsockfd.so"), Probe.class.getName());
        assertTrue(result.output().contains("/nowhere/libsockfd.so"), result.output());
        assertTrue(result.output().startsWith("Backend jni failed: "), result.output());
    }

    @Test
    void memoryIsZeroedAlignedNativeAndReachableByAddress() {
        ByteBuffer memory = Memory.allocate(40);
        assertEquals(40, memory.capacity());
        assertEquals(ByteOrder.nativeOrder(), memory.order());
        assertEquals(0, Memory.address(memory) % 16);
        assertEquals(0, memory.getLong(32));
        memory.putInt(4, 0x01020304);
        ByteBuffer same = Memory.wrap(Memory.address(memory), 40);
        assertEquals(0x01020304, same.getInt(4));
        same.putInt(36, 7);
        assertEquals(7, memory.getInt(36));
        assertEquals(Memory.address(memory), Memory.address(memory.position(9)));
        assertEquals(0, Memory.allocate(0).capacity());
    }

    @Test
    void aHeapBufferHasNoAddress() {
        assertThrows(IllegalArgumentException.class, () -> Memory.address(ByteBuffer.allocate(8)));
    }

    /** Says which backend a JVM takes, or why none, twice. */
    static final class Probe {
        public static void main(String[] args) {
            for (int i = 0; i < 2; i++) {
                try {
                    Backend backend = Backend.chosen();
                    System.out.println(backend.name() + ": " + backend.reason());
                } catch (BackendException e) {
                    System.out.println(e.getMessage());
                }
            }
        }
    }
}
