package io.sockfd.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The calls that the garbage collectors must wait for. */
class CriticalIT {
    /** Each of them gets MSG_DONTWAIT from FfmLibc, and at most HEAP_MAX bytes. */
    private static final Set<String> ALLOWED = Set.of("send", "recv");

    @Test
    void onlyTheCallsOnTheListAreCritical() throws ReflectiveOperationException {
        assumeTrue(Backend.chosen().name().equals("ffm"), "only FFM has critical calls");
        Set<String> linked = new HashSet<>();
        for (String calls : List.of("FfmCalls", "FfmLibc")) {
            for (Class<?> handle :
                    Class.forName("io.sockfd.internal.ffm." + calls).getDeclaredClasses()) {
                Class.forName(handle.getName(), true, handle.getClassLoader());
                linked.add(handle.getSimpleName());
            }
        }
        assertTrue(
                linked.containsAll(Set.of("HeapSend", "HeapRecv", "Sendto", "Recvfrom", "Connect")), linked::toString);
        Field critical = Class.forName("io.sockfd.internal.ffm.Linkage").getDeclaredField("CRITICAL");
        critical.setAccessible(true);
        assertEquals(ALLOWED, critical.get(null));
    }

    @Test
    void callsOnHeapArraysNeverBlockAndAreBounded() {
        Libc libc = Libc.get();
        ByteBuffer sv = Memory.allocate(8);
        assertEquals(0, libc.socketpair(Linux.AF_UNIX, Linux.SOCK_STREAM, 0, Memory.address(sv)));
        int a = sv.getInt(0);
        int b = sv.getInt(4);
        try {
            byte[] bytes = new byte[Libc.HEAP_MAX * 2];
            assertEquals(-Linux.EAGAIN, libc.recv(a, bytes, 0, bytes.length, 0));
            bytes[5] = 42;
            assertEquals(3, libc.send(a, bytes, 4, 3, 0));
            byte[] back = new byte[8];
            assertEquals(3, libc.recv(b, back, 2, 6, 0));
            assertEquals(42, back[3]);
            assertEquals(Libc.HEAP_MAX, libc.send(a, bytes, 0, bytes.length, 0));
            assertEquals(Libc.HEAP_MAX, libc.recv(b, bytes, 0, bytes.length, 0));
            assertThrows(IndexOutOfBoundsException.class, () -> libc.send(a, bytes, -1, 4, 0));
            assertThrows(IndexOutOfBoundsException.class, () -> libc.recv(a, bytes, bytes.length - 3, 4, 0));
            assertEquals(0, libc.send(a, bytes, bytes.length, 0, 0));
        } finally {
            assertEquals(0, libc.close(a));
            assertEquals(0, libc.close(b));
        }
    }
}
