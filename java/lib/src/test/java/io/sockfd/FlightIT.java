package io.sockfd;

import static io.sockfd.raw.Linux.EPOLLIN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.address.Addresses;
import io.sockfd.event.Epoll;
import io.sockfd.event.EpollEvents;
import io.sockfd.raw.Backend;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a recording of the flight recorder has of a conversation. */
@Tag("once")
class FlightIT {
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final long PAUSE_MS = 60; // three times the default threshold

    @TempDir
    Path folder = Path.of("");

    @FunctionalInterface
    private interface Conversation {
        void hold() throws Exception;
    }

    private List<RecordedEvent> record(Conversation conversation, boolean withWaits) throws Exception {
        Path file = folder.resolve("recording.jfr");
        try (Recording recording = new Recording()) {
            if (withWaits) {
                recording.enable("io.sockfd.Wait").withThreshold(Duration.ofMillis(1));
            }
            recording.start();
            conversation.hold();
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file);
    }

    private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
        List<RecordedEvent> found = new ArrayList<>();
        for (RecordedEvent event : events) {
            if (event.getEventType().getName().equals("io.sockfd." + name)) {
                found.add(event);
            }
        }
        return found;
    }

    private static RecordedEvent one(List<RecordedEvent> events, String name) {
        List<RecordedEvent> found = named(events, name);
        assertEquals(1, found.size(), events.toString());
        return found.get(0);
    }

    @Test
    void aServersConversationHasAddressesBytesAndTimes() throws Exception {
        String[] ends = new String[2];
        List<RecordedEvent> events = record(
                () -> {
                    try (Socket listener = Socket.tcp().bind(LOOPBACK).listen();
                            Socket client = Socket.tcp()) {
                        ends[0] = Addresses.format(listener.getLocalAddress());
                        ExecutorService other = Executors.newSingleThreadExecutor();
                        Future<?> server = other.submit(() -> serve(listener));
                        client.connect(listener.getLocalAddress());
                        ends[1] = Addresses.format(client.getLocalAddress());
                        Thread.sleep(PAUSE_MS);
                        client.sendAll(ByteBuffer.allocateDirect(1234));
                        server.get();
                        other.shutdown();
                    }
                },
                false);
        RecordedEvent accept = one(events, "Accept");
        assertEquals(ends[0], accept.getString("localAddress"));
        assertEquals(ends[1], accept.getString("remoteAddress"));

        RecordedEvent read = one(events, "Read");
        assertEquals(ends[0], read.getString("localAddress"));
        assertEquals(ends[1], read.getString("remoteAddress"));
        assertEquals(1234, read.getLong("bytesRead"));
        assertNull(read.getString("error"));
        assertTrue(read.getDuration().toMillis() >= PAUSE_MS / 2, read.toString());
        assertTrue(
                read.getStackTrace().getFrames().stream()
                        .anyMatch(frame -> frame.getMethod().getName().equals("serve")),
                read.toString());
        assertEquals(List.of(), named(events, "Wait"), "off by default");
    }

    private static Void serve(Socket listener) throws IOException {
        try (Socket socket = Objects.requireNonNull(listener.accept())) {
            socket.recvExactly(ByteBuffer.allocateDirect(1234));
        }
        return null;
    }

    @Test
    void whatFailsAndWhatWaitsIsThereToo() throws Exception {
        String[] refused = new String[1];
        List<RecordedEvent> events = record(
                () -> {
                    try (Socket udp = Socket.udp().bind(LOOPBACK);
                            Epoll epoll = Epoll.open()) {
                        udp.timeout(Duration.ofMillis(PAUSE_MS));
                        assertThrows(SocketTimeoutException.class, () -> udp.recv(ByteBuffer.allocateDirect(9), 0));
                        epoll.add(udp, EPOLLIN, "udp");
                        assertEquals(0, epoll.await(new EpollEvents(1), 5_000_000));
                        assertEquals(0, udp.poll(EPOLLIN, Duration.ofMillis(5)));
                    }
                    try (Socket bound = Socket.tcp().bind(LOOPBACK);
                            Socket client = Socket.tcp()) {
                        refused[0] = Addresses.format(bound.getLocalAddress());
                        assertThrows(ConnectException.class, () -> client.connect(bound.getLocalAddress()));
                    }
                },
                true);
        RecordedEvent read = one(events, "Read");
        assertEquals("EAGAIN", read.getString("error"));
        assertEquals(0, read.getLong("bytesRead"));
        assertEquals(2, named(events, "Wait").size(), events.toString());
        List<RecordedEvent> connects = named(events, "Connect"); // a refusal is quicker than the threshold
        assertFalse(connects.stream().anyMatch(event -> event.getDuration().toMillis() < 20), connects.toString());
    }

    @Test
    void withoutTheModuleSocketsWorkAsEver() throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command =
                new ArrayList<>(List.of(java.toString(), "--limit-modules", "java.logging,jdk.unsupported"));
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(
                List.of("-Xverify:all", "-Dsockfd.backend=" + Backend.chosen().name()));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), FlightChild.class.getName()));
        Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(child.waitFor(20, TimeUnit.SECONDS), said);
        assertTrue(said.contains("5 bytes without jdk.jfr"), said);
    }

    @Test
    void aConnectThatIsRefusedHasItsErrno() throws Exception {
        Path file = folder.resolve("connect.jfr");
        String address;
        try (Recording recording = new Recording();
                Socket bound = Socket.tcp().bind(LOOPBACK);
                Socket client = Socket.tcp()) {
            recording.enable("io.sockfd.Connect").withoutThreshold();
            recording.start();
            address = Addresses.format(bound.getLocalAddress());
            assertThrows(ConnectException.class, () -> client.connect(bound.getLocalAddress()));
            recording.stop();
            recording.dump(file);
        }
        RecordedEvent connect = one(RecordingFile.readAllEvents(file), "Connect");
        assertEquals("ECONNREFUSED", connect.getString("error"));
        assertEquals(address, connect.getString("remoteAddress"));
    }
}
