package io.sockfd;

import static io.sockfd.raw.Linux.EPOLLIN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.address.Addresses;
import io.sockfd.address.Sockaddr;
import io.sockfd.event.Epoll;
import io.sockfd.event.EpollEvents;
import io.sockfd.raw.Backend;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.FileChannel;
import java.nio.channels.NotYetConnectedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** A send of a stream or of datagrams from one socket to another that returns the bytes. */
    @FunctionalInterface
    private interface Send {
        long by(Socket socket, ByteBuffer bytes) throws IOException;
    }

    /** As the JDK's own events: no operation is too short for a threshold of nothing. */
    @Test
    void withoutAThresholdEveryOperationIsThere() throws Exception {
        Path file = Files.write(folder.resolve("file"), new byte[400]);
        Map<String, Send> sends = new LinkedHashMap<>();
        sends.put("send", (socket, bytes) -> socket.send(bytes, 0));
        sends.put("send of an array", (socket, bytes) -> socket.send(new byte[400], 0, bytes.remaining(), 0));
        sends.put("sendAll", (socket, bytes) -> {
            socket.sendAll(bytes);
            return bytes.position();
        });
        sends.put("write", Socket::write);
        sends.put("write of two", (socket, bytes) -> socket.write(new ByteBuffer[] {ByteBuffer.allocate(0), bytes}));
        sends.put("sendMessage", (socket, bytes) -> socket.sendMessage(new Message(1, 0).data(bytes), 0));
        sends.put("sendMessages", (socket, bytes) -> {
            MessageBatch batch = new MessageBatch(2, 1, 0);
            batch.get(0).data(bytes.slice(0, 100));
            batch.get(1).data(bytes.slice(100, bytes.remaining() - 100));
            assertEquals(2, socket.sendMessages(batch, 0, 2, 0));
            return bytes.remaining();
        });
        sends.put("sendFile", (socket, bytes) -> {
            try (FileChannel channel = FileChannel.open(file)) {
                return socket.sendFile(channel, 0, bytes.remaining());
            }
        });
        Map<String, Send> receives = new LinkedHashMap<>();
        receives.put("recv", (socket, bytes) -> socket.recv(bytes, 0));
        receives.put("recv into an array", (socket, bytes) -> socket.recv(new byte[400], 0, 400, 0));
        receives.put("recvFrom", (socket, bytes) -> socket.recvFrom(bytes, new Sockaddr(), 0));
        receives.put("receive", (socket, bytes) -> {
            assertNotNull(socket.receive(bytes));
            return bytes.position();
        });
        receives.put("read", Socket::read);
        receives.put("read into two", (socket, bytes) -> socket.read(new ByteBuffer[] {ByteBuffer.allocate(0), bytes}));
        receives.put("receiveMessage", (socket, bytes) -> socket.receiveMessage(new Message(1, 0).data(bytes), 0));
        receives.put("receiveMessages", (socket, bytes) -> {
            MessageBatch batch = new MessageBatch(1, 1, 0);
            batch.get(0).data(bytes);
            assertEquals(1, socket.receiveMessages(batch, 0, 1, 0));
            return batch.get(0).length();
        });
        List<Long> sent = new ArrayList<>();
        List<Long> received = new ArrayList<>();
        String[] ends = new String[2];
        List<RecordedEvent> events = recordAll(() -> {
            try (Socket first = Socket.tcp();
                    Socket second = connected(first)) {
                ends[0] = Addresses.format(first.getLocalAddress());
                ends[1] = Addresses.format(first.getRemoteAddress());
                int size = 200;
                for (Send send : sends.values()) {
                    sent.add(send.by(first, ByteBuffer.allocateDirect(size++)));
                }
                second.recvExactly(ByteBuffer.allocateDirect(
                        (int) sent.stream().mapToLong(Long::longValue).sum()));
                for (Send receive : receives.values()) {
                    first.sendAll(ByteBuffer.allocateDirect(size++));
                    received.add(receive.by(second, ByteBuffer.allocateDirect(400)));
                }
                assertEquals(Socket.WOULD_BLOCK, second.recv(ByteBuffer.allocateDirect(1), Linux.MSG_DONTWAIT));
                first.shutdown(Linux.SHUT_WR);
                assertEquals(-1, second.recv(ByteBuffer.allocateDirect(1), 0));
            }
        });
        List<RecordedEvent> writes = named(events, "Write");
        List<RecordedEvent> reads = named(events, "Read");
        for (int i = 0; i < sent.size(); i++) {
            assertEquals(sent.get(i), writes.get(i).getLong("bytesWritten"), new ArrayList<>(sends.keySet()).get(i));
        }
        List<Long> all = new ArrayList<>();
        all.add(sent.stream().mapToLong(Long::longValue).sum());
        all.addAll(received);
        all.add(0L);
        assertEquals(all, reads.stream().map(read -> read.getLong("bytesRead")).toList(), "and not what would block");
        assertEquals(sends.size() + receives.size(), writes.size(), "one for each call");
        assertTrue(reads.get(reads.size() - 1).getBoolean("endOfStream"));
        assertEquals(
                2,
                writes.get(new ArrayList<>(sends.keySet()).indexOf("sendMessages"))
                        .getInt("messages"));
        for (RecordedEvent event : writes) {
            assertEquals(ends[0], event.getString("localAddress"));
            assertEquals(ends[1], event.getString("remoteAddress"));
        }
        for (RecordedEvent event : reads) {
            assertEquals(ends[1], event.getString("localAddress"));
            assertEquals(ends[0], event.getString("remoteAddress"));
        }
        assertEquals(1, named(events, "Accept").size());
        assertEquals(1, named(events, "Connect").size());
    }

    private static Socket connected(Socket client) throws IOException {
        try (Socket listener = Socket.tcp().bind(LOOPBACK).listen()) {
            client.connect(listener.getLocalAddress());
            return Objects.requireNonNull(listener.accept());
        }
    }

    private List<RecordedEvent> recordAll(Conversation conversation) throws Exception {
        Path file = folder.resolve("all.jfr");
        try (Recording recording = new Recording()) {
            for (String name : List.of("Connect", "Accept", "Read", "Write")) {
                recording.enable("io.sockfd." + name).withThreshold(Duration.ZERO);
            }
            recording.start();
            conversation.hold();
            recording.stop();
            recording.dump(file);
        }
        List<RecordedEvent> events = new ArrayList<>(RecordingFile.readAllEvents(file));
        events.sort(Comparator.comparing(RecordedEvent::getStartTime));
        return events;
    }

    /** A datagram's event has the address that the call had, and a failure its errno, or the exception's name. */
    @Test
    void datagramsHaveTheirPeersAndFailuresTheirNames() throws Exception {
        String[] names = new String[2];
        List<RecordedEvent> events = recordAll(() -> {
            try (Socket one = Socket.udp().bind(LOOPBACK);
                    Socket two = Socket.udp().bind(LOOPBACK);
                    Socket tcp = Socket.tcp()) {
                names[0] = Addresses.format(one.getLocalAddress());
                names[1] = Addresses.format(two.getLocalAddress());
                assertEquals(7, one.sendTo(ByteBuffer.allocate(7), two.getLocalAddress(), 0));
                assertEquals(7, two.recvFrom(ByteBuffer.allocate(9), new Sockaddr(), 0));
                assertThrows(ErrnoException.class, () -> one.send(ByteBuffer.allocate(1), 0));
                assertThrows(NotYetConnectedException.class, () -> tcp.recv(ByteBuffer.allocate(1), 0));
                assertThrows(
                        IllegalArgumentException.class, () -> one.send(ByteBuffer.allocate(1), Linux.MSG_ZEROCOPY));
                Thread closer = new Thread(() -> closeSoon(two));
                closer.start();
                assertThrows(AsynchronousCloseException.class, () -> two.recv(ByteBuffer.allocate(1), 0));
                closer.join();
            }
        });
        List<RecordedEvent> writes = named(events, "Write");
        assertEquals(2, writes.size());
        assertEquals(names[1], writes.get(0).getString("remoteAddress"));
        assertEquals("EDESTADDRREQ", writes.get(1).getString("error"));
        List<RecordedEvent> reads = named(events, "Read");
        assertEquals(names[0], reads.get(0).getString("remoteAddress"));
        assertEquals("ENOTCONN", reads.get(1).getString("error"));
        assertEquals("AsynchronousCloseException", reads.get(2).getString("error"));
        assertEquals(3, reads.size());
    }

    private static void closeSoon(Socket socket) {
        try {
            Thread.sleep(20);
            socket.close();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
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
