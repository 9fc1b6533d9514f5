package io.sockfd.netns;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.Errno;
import io.sockfd.ErrnoException;
import io.sockfd.Socket;
import io.sockfd.Virtual;
import io.sockfd.capture.PacketSocket;
import io.sockfd.netlink.InetQuery;
import io.sockfd.netlink.Namespaces;
import io.sockfd.netlink.NetlinkException;
import io.sockfd.netlink.NewLink;
import io.sockfd.netlink.RtNetlink;
import io.sockfd.netlink.SocketDiag;
import io.sockfd.option.SocketOptions;
import io.sockfd.raw.Leg;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real namespaces, seen from inside, from outside and by iproute2. */
@Timeout(60)
@Tag("grid")
@Tag("later")
class NetworkNamespaceIT {
    private static final int CALLS = 100;

    @BeforeAll
    static void possible() throws IOException {
        Namespaces.assumePossible();
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(10, TimeUnit.SECONDS), output);
        return output;
    }

    private static void assumeIp() {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/sbin/ip")) || Files.isExecutable(Path.of("/sbin/ip")), "needs ip(8)");
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static void assertSays(Throwable failure, String words) {
        String message = String.valueOf(failure.getMessage());
        assertTrue(message.contains(words), message);
    }

    // ---- what is opened in it ------------------------------------------------------------------------------------

    @Test
    void socketsBelongToItOnWhateverThread() throws Exception {
        InetSocketAddress port = loopback(7);
        try (NetworkNamespace a = NetworkNamespace.create().loopbackUp();
                NetworkNamespace b = NetworkNamespace.create().loopbackUp();
                Socket inA = a.call(() -> Socket.tcp().bind(port).listen(1));
                Socket inB = b.call(() -> Socket.tcp().bind(port).listen(1)); // the same address: another network
                Socket client = a.call(Socket::tcp).timeout(Duration.ofSeconds(10))) {
            assertTrue(client.connect(port));
            assertEquals(5, client.send(ByteBuffer.wrap("hello".getBytes(StandardCharsets.US_ASCII)), 0));
            try (Socket accepted = inA.accept()) {
                assertEquals(5, requireNonNull(accepted).recv(ByteBuffer.allocate(9), 0));
            }
            assertNotEquals(inA.getOption(SocketOptions.SO_NETNS_COOKIE), inB.getOption(SocketOptions.SO_NETNS_COOKIE));
            try (NetworkNamespace ofA = NetworkNamespace.of(inA);
                    NetworkNamespace ofB = NetworkNamespace.of(inB)) {
                assertTrue(ofA.isSame(a));
                assertFalse(ofA.isSame(ofB));
            }
            assertThrows(SocketTimeoutException.class, inB.timeout(Duration.ofMillis(1))::accept);
        }
    }

    @Test
    void netlinkSeesIt() throws Exception {
        assumeIp();
        try (NetworkNamespace ns = NetworkNamespace.create();
                RtNetlink rt = ns.call(RtNetlink::open);
                SocketDiag diag = ns.call(SocketDiag::open)) {
            rt.create(NewLink.veth("left7", "right7").up());
            rt.addAddress(rt.link("left7").index(), InetAddress.getByName("192.0.2.7"), 24);
            String seen = ns.call(() -> run("ip", "-o", "address"));
            assertTrue(seen.contains("left7") && seen.contains("192.0.2.7/24"), seen);
            assertEquals(rt.link("left7").index(), ns.index("left7"));
            assertEquals("left7", ns.name(ns.index("left7")));
            assertThrows(SocketException.class, () -> ns.index("nosuch"));
            assertFalse(run("ip", "-o", "link").contains("left7"));
            assertEquals(List.of(), diag.list(InetQuery.of(Linux.AF_INET, Linux.IPPROTO_TCP)));
            try (Socket listener = ns.call(() -> Socket.tcp()
                    .bind(new InetSocketAddress(InetAddress.getByName("192.0.2.7"), 99))
                    .listen(1))) {
                assertEquals(
                        1,
                        diag.list(InetQuery.of(Linux.AF_INET, Linux.IPPROTO_TCP))
                                .size(),
                        listener::toString);
            }
        }
    }

    @Test
    void capturesInIt() throws Exception {
        try (NetworkNamespace ns = NetworkNamespace.create().loopbackUp();
                RtNetlink rt = ns.call(RtNetlink::open);
                PacketSocket capture = ns.call(() -> PacketSocket.on("lo", Linux.ETH_P_ALL));
                PacketSocket other = ns.call(() -> PacketSocket.open());
                Socket sender = ns.call(Socket::udp)) {
            rt.create(NewLink.veth("left8", "right8"));
            assertTrue(other.bind("left8", Linux.ETH_P_ALL).toString().contains("PacketSocket")); // not on this thread
            byte[] sent = "only here".getBytes(StandardCharsets.US_ASCII);
            assertEquals(sent.length, sender.sendTo(ByteBuffer.wrap(sent), loopback(9), 0));
            ByteBuffer frame = ByteBuffer.allocateDirect(2048);
            capture.socket().timeout(Duration.ofSeconds(10));
            int length = capture.socket().recv(frame, 0);
            byte[] end = new byte[sent.length];
            frame.get(length - end.length, end);
            assertEquals("only here", new String(end, StandardCharsets.US_ASCII));
        }
    }

    @Test
    void takesAnInterface() throws Exception {
        try (NetworkNamespace from = NetworkNamespace.create();
                NetworkNamespace to = NetworkNamespace.create();
                RtNetlink rtFrom = from.call(RtNetlink::open);
                RtNetlink rtTo = to.call(RtNetlink::open)) {
            rtFrom.create(NewLink.veth("moves", "stays"));
            int index = from.call(() -> to.take("moves"));
            assertEquals("moves", rtTo.link(index).name());
            assertEquals(
                    Errno.ENODEV,
                    assertThrows(NetlinkException.class, () -> rtFrom.link("moves"))
                            .errno());
            assertEquals(
                    Errno.EINVAL,
                    assertThrows(NetlinkException.class, () -> from.call(() -> to.take("lo")))
                            .errno());
            rtFrom.create(NewLink.veth("left", "right").peerNetns(to));
            assertEquals("right", rtTo.link("right").name());
            rtFrom.create(NewLink.veth("there", "here").netns(to));
            assertEquals("there", rtTo.link("there").name());
            NetworkNamespace gone = NetworkNamespace.create();
            gone.close();
            assertThrows(
                    ClosedChannelException.class,
                    () -> rtFrom.create(NewLink.veth("nowhere", "here2").netns(gone)));
        }
    }

    /** As ip netns exec does, without its change of /sys. */
    @Test
    void childrenOfTheBodyAreInIt() throws Exception {
        try (NetworkNamespace ns = NetworkNamespace.create()) {
            String link = ns.call(() -> run("readlink", "/proc/self/ns/net"));
            assertEquals("net:[" + ns.id() + "]", link.strip());
            Process sleeper = ns.call(() -> new ProcessBuilder("sleep", "60").start());
            try (NetworkNamespace ofChild = NetworkNamespace.ofProcess(sleeper.pid())) {
                assertTrue(ofChild.isSame(ns));
            } finally {
                sleeper.destroyForcibly().waitFor();
            }
        }
    }

    // ---- which one -----------------------------------------------------------------------------------------------

    @Test
    void findsThoseThatThereAre() throws Exception {
        try (NetworkNamespace current = NetworkNamespace.current();
                NetworkNamespace self =
                        NetworkNamespace.ofProcess(ProcessHandle.current().pid());
                NetworkNamespace made = NetworkNamespace.create()) {
            assertTrue(current.isSame(self));
            assertEquals(Tasks.home(), self.id());
            assertFalse(current.isSame(made));
            boolean inside = made.call(() -> {
                try (NetworkNamespace own = NetworkNamespace.current()) {
                    return own.isSame(made);
                }
            });
            assertTrue(inside);
        }
    }

    @Test
    void findsNamesOfIproute2() throws Exception {
        assumeIp();
        String name = "sockfd-" + ProcessHandle.current().pid();
        assumeTrue(run("ip", "netns", "add", name).isEmpty(), "ip netns add needs a mount namespace of its own kind");
        try (NetworkNamespace ns = NetworkNamespace.named(name)) {
            assertTrue(NetworkNamespace.names().contains(name));
            ns.loopbackUp();
            assertTrue(run("ip", "-n", name, "-o", "address").contains("127.0.0.1/8"));
            ErrnoException unknown = assertThrows(ErrnoException.class, () -> NetworkNamespace.named("sockfd-nosuch"));
            assertEquals(Errno.ENOENT, unknown.errno());
            assertSays(unknown, name);
        } finally {
            assertEquals("", run("ip", "netns", "delete", name));
        }
        assertFalse(NetworkNamespace.names().contains(name));
    }

    @Test
    void saysWhatIsWrong() throws Exception {
        for (String bad : List.of("", ".", "..", "a/b", "/run/netns/a", "a\0b")) {
            assertThrows(IllegalArgumentException.class, () -> NetworkNamespace.named(bad), bad);
        }
        assertThrows(IllegalArgumentException.class, () -> NetworkNamespace.ofProcess(0));
        assertEquals(
                Errno.ENOENT,
                assertThrows(ErrnoException.class, () -> NetworkNamespace.ofProcess(Integer.MAX_VALUE))
                        .errno());
        for (Map.Entry<String, String> wrong : Map.of(
                        "/proc/self/ns/uts", "not of the network",
                        "/proc/self/status", "is no namespace",
                        "/dev/null", "is no namespace",
                        "/", "is no namespace")
                .entrySet()) {
            ErrnoException e = assertThrows(ErrnoException.class, () -> NetworkNamespace.of(Path.of(wrong.getKey())));
            assertEquals(Errno.EINVAL, e.errno());
            assertSays(e, wrong.getValue());
        }
    }

    /** A thread drops the right that it needs; its own effective set alone, which ends with it. */
    @Test
    void saysWhichRightIsMissing() throws Exception {
        try (NetworkNamespace ns = NetworkNamespace.create()) {
            AtomicReference<Throwable> made = new AtomicReference<>();
            AtomicReference<Throwable> entered = new AtomicReference<>();
            Thread powerless = new Thread(() -> {
                ByteBuffer header = ByteBuffer.allocateDirect(8).order(java.nio.ByteOrder.nativeOrder());
                header.putInt(0, 0x20080522); // _LINUX_CAPABILITY_VERSION_3
                long result = Libc.get()
                        .syscall(
                                SYS_CAPSET,
                                io.sockfd.raw.Memory.address(header),
                                io.sockfd.raw.Memory.address(ByteBuffer.allocateDirect(24)),
                                0,
                                0,
                                0,
                                0);
                assertEquals(0, result);
                made.set(assertThrows(ErrnoException.class, NetworkNamespace::create));
                entered.set(assertThrows(ErrnoException.class, () -> ns.run(() -> {})));
            });
            powerless.start();
            powerless.join();
            for (Throwable failure : new Throwable[] {made.get(), entered.get()}) {
                assertSays(requireNonNull(failure), "EPERM");
                assertSays(failure, "CAP_SYS_ADMIN");
            }
        }
    }

    private static final int SYS_CAPSET =
            System.getProperty("os.arch").equals("amd64") ? 126 : 91; // of the generic table

    // ---- the call ------------------------------------------------------------------------------------------------

    @Test
    void givesWhatTheBodyGivesAndThrows() throws Exception {
        try (NetworkNamespace ns = NetworkNamespace.create()) {
            Object given = new Object();
            assertSame(given, ns.call(() -> given));
            assertNotSame(Thread.currentThread(), ns.call(Thread::currentThread));
            for (Throwable thrown : List.of(
                    new IOException("checked"), new IllegalStateException("unchecked"), new AssertionError("error"))) {
                Throwable seen = assertThrows(
                        Throwable.class, () -> ns.<Exception>run(() -> NetworkNamespaceIT.<Exception>sneak(thrown)));
                assertSame(thrown, seen);
            }
            assertEquals(Map.of(), Tasks.elsewhere());
        }
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> void sneak(Throwable thrown) throws X {
        throw (X) thrown;
    }

    @Test
    void nests() throws Exception {
        try (NetworkNamespace a = NetworkNamespace.create();
                NetworkNamespace b = NetworkNamespace.create()) {
            a.run(() -> {
                b.run(() -> assertCurrent(b));
                assertCurrent(a);
            });
            assertEquals(Map.of(), Tasks.elsewhere());
        }
    }

    private static void assertCurrent(NetworkNamespace expected) throws IOException {
        try (NetworkNamespace own = NetworkNamespace.current()) {
            assertTrue(own.isSame(expected));
        }
    }

    @Test
    void anInterruptReachesTheBodyAndIsKept() throws Exception {
        try (NetworkNamespace ns = NetworkNamespace.create()) {
            CountDownLatch inside = new CountDownLatch(1);
            AtomicReference<Object> seen = new AtomicReference<>("nothing");
            Thread caller = new Thread(() -> {
                try {
                    String told = ns.call(() -> {
                        inside.countDown();
                        try {
                            Thread.sleep(30_000);
                            return "slept";
                        } catch (InterruptedException e) {
                            return "interrupted";
                        }
                    });
                    seen.set(told + " " + Thread.interrupted());
                } catch (IOException e) {
                    seen.set(e);
                }
            });
            caller.start();
            inside.await();
            caller.interrupt();
            caller.join();
            assertEquals("interrupted true", seen.get());
        }
    }

    @Test
    void closeLeavesWhoIsInside() throws Exception {
        NetworkNamespace ns = NetworkNamespace.create().loopbackUp();
        try (Socket opened = ns.call(() -> {
            ns.close();
            return Socket.udp().bind(loopback(0));
        })) {
            assertThrows(ClosedChannelException.class, () -> ns.call(Socket::udp));
            assertThrows(ClosedChannelException.class, ns::id);
            assertEquals(1, opened.sendTo(ByteBuffer.allocate(1), opened.getLocalAddress(), 0));
            assertEquals(1, opened.recv(ByteBuffer.allocate(1), 0));
        }
    }

    // ---- threads -------------------------------------------------------------------------------------------------

    /** Entered and left by platform and virtual threads: no thread is in one, and no descriptor is left. */
    @Test
    void leavesNoThreadBehind() throws Exception {
        long descriptors = Tasks.descriptors();
        int count = Boolean.getBoolean("sockfd.grid") ? 10 * CALLS : CALLS;
        for (int i = 0; i < count; i++) {
            AtomicReference<Throwable> failure = new AtomicReference<>();
            Runnable visit = () -> {
                try (NetworkNamespace ns = NetworkNamespace.create();
                        Socket socket = ns.call(Socket::udp)) {
                    assertFalse(socket.getOption(SocketOptions.SO_NETNS_COOKIE) == 0);
                } catch (IOException | RuntimeException | Error e) {
                    failure.set(e);
                }
            };
            Thread thread = i % 2 == 0 && Virtual.available() ? Virtual.start(visit) : new Thread(visit);
            if (thread.getState() == Thread.State.NEW) {
                thread.start();
            }
            thread.join();
            assertEquals(null, failure.get());
        }
        assertEquals(Map.of(), Tasks.elsewhere());
        assertEquals(descriptors, Tasks.descriptors());
    }

    /** In a JVM of its own: the body is the first to start virtual threads, whose carriers the JDK would make there. */
    @Test
    void noCarrierBeginsInIt() throws Exception {
        assumeTrue(Virtual.available(), "virtual threads are there since Java 21");
        assertEquals("carriers elsewhere: false\nelsewhere: {}\n", carriers("body"));
    }

    /** They end without work, and are made anew by whoever wakes a virtual thread. */
    @Test
    void aCarrierThatBeganInItIsBroughtHome() throws Exception {
        assumeTrue(Virtual.available(), "virtual threads are there since Java 21");
        assertEquals("carriers elsewhere: true\nelsewhere: {}\n", carriers("late"));
    }

    private static String carriers(String what) throws Exception {
        String carriers = "-Djdk.virtualThreadScheduler.parallelism=" + CarriersChild.THREADS;
        Leg.Result result = Leg.run(List.of(carriers, "-XX:TieredStopAtLevel=1"), CarriersChild.class.getName(), what);
        assertEquals(0, result.status(), result::output);
        return result.output();
    }

    /** In a JVM of its own: a thread that went elsewhere by itself is the first to need them. */
    @Test
    void threadsOfTheLibraryStayWithTheProcess() throws Exception {
        Leg.Result result = Leg.run(List.of("-XX:TieredStopAtLevel=1"), FirstUseChild.class.getName());
        assertEquals("elsewhere: {}\n", result.output());
        assertEquals(0, result.status());
    }

    @Test
    void aProcessThatEndedHasNone() throws Exception {
        Process process = new ProcessBuilder("true").start();
        assertEquals(0, process.waitFor());
        assertThrows(IOException.class, () -> NetworkNamespace.ofProcess(process.pid()));
    }
}
