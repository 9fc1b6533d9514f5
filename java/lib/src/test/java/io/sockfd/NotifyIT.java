package io.sockfd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.address.UnixAddress;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a supervisor receives, whose end of the socket the test has. */
@Timeout(60)
@Tag("once")
class NotifyIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path directory = Path.of("");

    private static String receive(Socket supervisor) throws IOException {
        ByteBuffer state = ByteBuffer.allocate(4096);
        int length = supervisor.recv(state, 0);
        return new String(state.array(), 0, length, UTF_8);
    }

    private Socket supervisor(String name) throws IOException {
        SocketAddress address =
                name.startsWith("@") ? UnixAddress.ofAbstract(name.substring(1)) : UnixAddress.ofPath(name);
        return Socket.unixDatagram().timeout(SOON).bind(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"path", "@sockfd-notify"})
    void saysHowTheServiceDoes(String kind) throws Exception {
        String name = kind.equals("path")
                ? directory.resolve("notify").toString()
                : kind + ProcessHandle.current().pid();
        String pid = String.valueOf(ProcessHandle.current().pid());
        try (Socket supervisor = supervisor(name);
                Notify notify = Notify.open(name, "3000000", pid)) {
            assertTrue(notify.ready());
            assertEquals("READY=1", receive(supervisor));
            assertTrue(notify.ready("accepting on 127.0.0.1:80"));
            assertEquals("READY=1\nSTATUS=accepting on 127.0.0.1:80", receive(supervisor));
            assertTrue(notify.status("half done: ½"));
            assertEquals("STATUS=half done: ½", receive(supervisor));
            long before = System.nanoTime() / 1000;
            assertTrue(notify.reloading());
            String[] reloading = receive(supervisor).split("\nMONOTONIC_USEC=", -1);
            assertEquals("RELOADING=1", reloading[0]);
            assertTrue(Long.parseLong(reloading[1]) >= before, reloading[1]); // nanoTime is this clock on Linux
            assertTrue(notify.mainPid(42) && notify.failed(Errno.EPERM) && notify.stopping());
            assertEquals("MAINPID=42", receive(supervisor));
            assertEquals("ERRNO=1", receive(supervisor));
            assertEquals("STOPPING=1", receive(supervisor));
            assertTrue(notify.extendTimeout(Duration.ofMillis(1500)));
            assertEquals("EXTEND_TIMEOUT_USEC=1500000", receive(supervisor));
            assertEquals(Duration.ofSeconds(3), notify.watchdogInterval());
            assertTrue(notify.alive() && notify.triggerWatchdog());
            assertEquals("WATCHDOG=1", receive(supervisor));
            assertEquals("WATCHDOG=trigger", receive(supervisor));
            assertThrows(IllegalArgumentException.class, () -> notify.status("two\nlines"));
        }
    }

    @Test
    void storesDescriptors() throws Exception {
        String name = directory.resolve("notify").toString();
        try (Socket supervisor = supervisor(name);
                Notify notify = Notify.open(name, null, null);
                Socket kept = Socket.tcp();
                Socket also = Socket.udp()) {
            assertTrue(notify.store("listener", kept, also));
            ByteBuffer state = ByteBuffer.allocate(100);
            Message message = new Message(1, 64);
            message.data(state);
            assertTrue(supervisor.receiveMessage(message, 0) > 0);
            assertEquals("FDSTORE=1\nFDNAME=listener", new String(state.array(), 0, state.position(), UTF_8));
            Descriptor[] received = message.takeDescriptors();
            assertEquals(2, received.length);
            for (Descriptor descriptor : received) {
                descriptor.close();
            }
            assertTrue(notify.removeStored("listener"));
            assertEquals("FDSTOREREMOVE=1\nFDNAME=listener", receive(supervisor));
            for (String bad : List.of("", "a:b", "a b", "ä", "x".repeat(256))) {
                assertThrows(IllegalArgumentException.class, () -> notify.store(bad, kept), bad);
            }
        }
    }

    @Test
    void aBarrierEndsWhenTheSupervisorHasIt() throws Exception {
        String name = directory.resolve("notify").toString();
        try (Socket supervisor = supervisor(name);
                Notify notify = Notify.open(name, null, null)) {
            assertThrows(SocketTimeoutException.class, () -> notify.barrier(Duration.ofMillis(20)));
            assertEquals("BARRIER=1", receive(supervisor)); // and the kernel closes what nobody took
            Thread works = new Thread(() -> {
                try {
                    assertEquals("BARRIER=1", receive(supervisor));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            works.start();
            assertTrue(notify.barrier(SOON));
            works.join();
        }
    }

    @Test
    void withoutASupervisorItDoesNothing() throws Exception {
        try (Notify notify = Notify.open(null, "1000", null);
                Notify empty = Notify.open("", null, null)) {
            assertFalse(notify.ready() || notify.alive() || notify.barrier(Duration.ZERO) || empty.stopping());
            assertEquals(Duration.ZERO, notify.watchdogInterval());
        }
    }

    @Test
    void saysWhatIsWrong() throws Exception {
        for (String bad : List.of("relative/path", "@", "vsock:2:1")) {
            assertThrows(IOException.class, () -> Notify.open(bad, null, null).close(), bad);
        }
        String name = directory.resolve("notify").toString();
        assertThrows(IOException.class, () -> Notify.open(name, null, null).close());
        try (Socket supervisor = supervisor(name);
                Notify others = Notify.open(name, "1000", "1")) {
            assertEquals(Duration.ZERO, others.watchdogInterval());
            assertFalse(others.alive());
            assertThrows(
                    IOException.class, () -> Notify.open(name, "soon", null).close(), supervisor::toString);
        }
    }
}
