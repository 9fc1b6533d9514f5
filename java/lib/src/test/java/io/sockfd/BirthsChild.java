package io.sockfd;

import io.sockfd.address.Addresses;
import io.sockfd.capture.PacketSocket;
import io.sockfd.capture.ReceiveRing;
import io.sockfd.capture.RingSize;
import io.sockfd.capture.TransmitRing;
import io.sockfd.ebpf.EbpfAssembler;
import io.sockfd.ebpf.EbpfMap;
import io.sockfd.ebpf.EbpfProgram;
import io.sockfd.ebpf.EbpfType;
import io.sockfd.event.Epoll;
import io.sockfd.event.EventFd;
import io.sockfd.event.EventLoop;
import io.sockfd.event.Signal;
import io.sockfd.event.SignalFd;
import io.sockfd.event.TimerFd;
import io.sockfd.inject.FailingLibc;
import io.sockfd.internal.wait.Poller;
import io.sockfd.internal.wait.Wait;
import io.sockfd.netlink.RtNetlink;
import io.sockfd.netlink.RtWatch;
import io.sockfd.netlink.SocketDiag;
import io.sockfd.option.MulticastGroup;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.uring.Ring;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Opens whatever can be opened while a call, or an allocation of direct memory, fails; prints what stays open. */
public final class BirthsChild {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private static final long LIMIT = 8 << 20; // of direct memory, by the command line

    /** These give back, and never fail for want of something. */
    private static final Set<String> CLOSING = Set.of("close", "munmap", "freeaddrinfo");

    private final Map<String, Birth> births = new LinkedHashMap<>();

    private final List<String> leaks = new ArrayList<>();
    private int attempts;
    private int failures;

    private BirthsChild() {}

    /** Opens, and gives what is to be closed. */
    private interface Birth {
        Closeable open() throws Exception;
    }

    /** How a call fails: an answer, or an error of the JVM. */
    private enum Failing {
        NO_MEMORY,
        NO_DESCRIPTOR,
        JVM_OUT_OF_MEMORY,
        UNCHECKED;

        long answer() {
            return switch (this) {
                case NO_MEMORY -> -Linux.ENOMEM;
                case NO_DESCRIPTOR -> -Linux.EMFILE;
                case JVM_OUT_OF_MEMORY -> throw new OutOfMemoryError("planted");
                case UNCHECKED -> throw new IllegalStateException("planted");
            };
        }
    }

    public static void main(String[] args) throws Exception {
        if (args[0].equals("names")) {
            names();
            return;
        }
        BirthsChild child = new BirthsChild();
        child.list();
        boolean calls = args[0].equals("calls");
        for (Map.Entry<String, Birth> birth : child.births.entrySet()) {
            if (child.isPossible(birth.getKey(), birth.getValue())) {
                if (calls) {
                    child.failCalls(birth.getKey(), birth.getValue());
                } else {
                    child.failMemory(birth.getKey(), birth.getValue(), Integer.parseInt(args[1]));
                }
            }
        }
        System.out.println(
                child.attempts + " attempts, " + child.failures + " failed, " + child.leaks.size() + " leaked");
        child.leaks.forEach(System.out::println);
        System.exit(child.leaks.isEmpty() && child.failures > 0 ? 0 : 1);
    }

    /** What who asks for an interface is told when no descriptor is left to ask with. */
    private static void names() throws IOException {
        FailingLibc.fail("if_nametoindex", 1, FailingLibc.ALWAYS, Linux.EMFILE);
        try {
            System.out.println(MulticastGroup.of(InetAddress.getByName("224.0.0.1"), "lo"));
        } catch (java.net.SocketException e) {
            System.out.println("group: " + e.getMessage());
        }
        try {
            System.out.println(Addresses.parse("packet:lo/0x0800"));
        } catch (IllegalArgumentException e) {
            System.out.println("address: " + e.getMessage());
        }
    }

    private void list() throws IOException {
        births.put("Socket.tcp", Socket::tcp);
        births.put("Socket.netlink", () -> Socket.netlink(Linux.NETLINK_ROUTE));
        births.put("Socket.pair", () -> Socket.pair(Domain.UNIX, SocketType.STREAM));
        births.put("Socket.dup", () -> {
            try (Socket socket = Socket.udp()) {
                return socket.dup();
            }
        });
        births.put("Socket.adopt(Descriptor)", () -> {
            try (Socket socket = Socket.udp();
                    Descriptor descriptor = Descriptor.own(socket.dup().release())) {
                return Socket.adopt(descriptor);
            }
        });
        DatagramChannel channel = DatagramChannel.open().bind(ANY);
        births.put("Socket.of", () -> Socket.of(channel));
        Socket listener = Socket.tcp().bind(ANY).listen();
        births.put("accept", () -> {
            try (Socket client = Socket.tcp()) {
                client.connect(listener.getLocalAddress());
                Socket accepted = listener.accept();
                return accepted == null ? client : accepted;
            } finally {
                FailingLibc.clear();
                listener.timeout(Socket.NON_BLOCKING);
                for (Socket left = listener.accept(); left != null; left = listener.accept()) {
                    left.close(); // what a failed accept left in the queue
                }
                listener.timeout(Socket.BLOCKING);
            }
        });
        births.put("Epoll.open", Epoll::open);
        births.put("Epoll.add", () -> {
            try (EventFd counter = EventFd.open(0);
                    Epoll epoll = Epoll.open()) {
                epoll.add(counter, Linux.EPOLLIN, null);
                return epoll;
            }
        });
        births.put("EventLoop.open", () -> EventLoop.open()::close);
        births.put("EventFd.open", () -> EventFd.open(1));
        births.put("EventFd.open of much", () -> EventFd.open(1L << 40));
        births.put("EventFd.semaphore", () -> EventFd.semaphore(1L << 40));
        births.put("TimerFd.open", TimerFd::open);
        births.put("SignalFd.open", () -> SignalFd.open(Signal.USR1));
        births.put("PidFd.open", () -> PidFd.open(ProcessHandle.current().pid()));
        births.put("PidFd.getfd", () -> {
            try (PidFd self = PidFd.open(ProcessHandle.current().pid())) {
                return self.getfd(listener.fd());
            }
        });
        births.put("Descriptor.open", () -> Descriptor.open(Path.of("/dev/null"), Linux.O_RDONLY));
        births.put("SplicePipe.open", SplicePipe::open);
        births.put("spliceTo", () -> {
            try (Socket.Pair from = Socket.pair(Domain.UNIX, SocketType.STREAM);
                    Socket.Pair to = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
                from.first().send(new byte[10], 0, 10, 0);
                from.second().spliceTo(to.first(), 10);
                return to;
            }
        });
        births.put("received descriptors", BirthsChild::receive);
        births.put("a wait", () -> {
            try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
                pair.first().timeout(Duration.ofMillis(1)).recv(new byte[1], 0, 1, 0);
            } catch (java.net.SocketTimeoutException e) {
                // as it should
            }
            return () -> {};
        });
        births.put("RtNetlink.open", () -> RtNetlink.open()::close);
        births.put("RtWatch.open", () -> RtWatch.open(Linux.RTNLGRP_LINK)::close);
        births.put("SocketDiag.open", () -> SocketDiag.open()::close);
        births.put("PacketSocket.on", () -> PacketSocket.on("lo"));
        births.put("receiveRing", () -> {
            PacketSocket socket = PacketSocket.on("lo", 0);
            try {
                return ReceiveRing.open(socket, RingSize.RECEIVE);
            } catch (Throwable e) {
                socket.close();
                throw e;
            }
        });
        births.put("transmitRing", () -> {
            PacketSocket socket = PacketSocket.on("lo", 0);
            try {
                return TransmitRing.open(socket, RingSize.TRANSMIT);
            } catch (Throwable e) {
                socket.close();
                throw e;
            }
        });
        births.put("Ring.open", () -> Ring.open(8, 16));
        births.put("BufferRing", () -> {
            Ring ring = Ring.open(8, 16);
            try {
                Object ignored = ring.buffers(8, 64);
                return ring;
            } catch (Throwable e) {
                ring.close();
                throw e;
            }
        });
        births.put("EbpfMap.array", () -> EbpfMap.array(8, 16));
        births.put("EbpfProgram.load", () -> EbpfProgram.load(EbpfType.XDP, EbpfAssembler.assemble("r0 = 2; exit")));
        births.put("TunDevice.open", () -> TunDevice.open("", Linux.IFF_TUN | Linux.IFF_NO_PI));
    }

    private static Closeable receive() throws IOException {
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM);
                Message out = new Message(1, 64).data(ByteBuffer.allocateDirect(1));
                Message in = new Message(1, 64).data(ByteBuffer.allocateDirect(1))) {
            out.outgoing().clear().rights(pair.first(), pair.second());
            pair.first().sendMessage(out, 0);
            pair.second().receiveMessage(in, 0);
            Descriptor[] taken = in.takeDescriptors(2);
            return () -> {
                taken[0].close();
                taken[1].close();
            };
        }
    }

    private boolean isPossible(String name, Birth birth) throws Exception {
        try {
            // twice: what the process makes once, a poller for one, is made
            birth.open().close();
            birth.open().close();
            return true;
        } catch (ErrnoException e) {
            System.out.println(name + " is left out: " + e.getMessage());
            return false;
        }
    }

    // ---- calls ---------------------------------------------------------------------------------------------------

    private void failCalls(String name, Birth birth) throws Exception {
        for (Failing failing : Failing.values()) {
            boolean more = true;
            for (int nth = 1; more && nth < 100; nth++) {
                AtomicInteger seen = new AtomicInteger();
                int failed = nth;
                String[] call = {""};
                Map<Integer, String> before = open();
                FailingLibc.rule((which, n, arguments) -> {
                    if (CLOSING.contains(which) || seen.incrementAndGet() != failed) {
                        return FailingLibc.PROCEED;
                    }
                    call[0] = which;
                    return failing.answer();
                });
                attempt(birth);
                FailingLibc.clear();
                more = !call[0].isEmpty();
                look(before, name + ": call " + nth + ", " + call[0] + ", " + failing);
            }
        }
    }

    /** What comes is closed: not every failure of a call is one of the whole. */
    private void attempt(Birth birth) {
        attempts++;
        Closeable opened = null;
        try {
            opened = birth.open();
        } catch (Throwable e) {
            failures++;
        }
        FailingLibc.clear();
        try {
            if (opened != null) {
                opened.close();
            }
        } catch (IOException e) {
            leaks.add("cannot be closed: " + e);
        }
    }

    private void look(Map<Integer, String> before, String when) throws IOException {
        Map<Integer, String> left = open();
        left.entrySet().removeAll(before.entrySet());
        left.keySet().removeAll(Wait.idleDescriptors());
        left.keySet().removeAll(Poller.descriptors());
        if (!left.isEmpty()) {
            leaks.add(when + " leaves " + left);
            left.keySet().forEach(fd -> Libc.get().close(fd));
        }
    }

    /** But for the files that the JVM opens as it pleases. */
    private static Map<Integer, String> open() throws IOException {
        Map<Integer, String> open = new TreeMap<>();
        try (Stream<Path> entries = Files.list(Path.of("/proc/self/fd"))) {
            for (Path entry : entries.toList()) {
                String target;
                try {
                    target = Files.readSymbolicLink(entry).toString();
                } catch (IOException e) {
                    continue; // the listing's own descriptor
                }
                if (!target.startsWith("/") || target.startsWith("/dev/n")) {
                    open.put(Integer.valueOf(entry.getFileName().toString()), target);
                }
            }
        }
        return open;
    }

    // ---- direct memory -------------------------------------------------------------------------------------------

    /** On a new thread each time, which has no memory of its own yet; each failure takes the JVM half a second. */
    private void failMemory(String name, Birth birth, int most) throws Exception {
        settle();
        long needed = inNewThread(() -> {
            long before = directMemory();
            birth.open().close();
            return directMemory() - before;
        });
        for (int i = 0; i < most && needed > 0; i++) {
            long left = needed - 1 - i * needed / most; // from the last allocation on to the first
            Map<Integer, String> before = open();
            settle();
            inNewThread(() -> {
                long free = LIMIT - directMemory();
                ByteBuffer taken = ByteBuffer.allocateDirect((int) Math.max(0, free - left));
                attempt(birth);
                return taken.capacity();
            });
            look(before, name + ": " + left + " of " + needed + " bytes of direct memory");
        }
    }

    /** Until what earlier attempts took is given back. */
    private static void settle() throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            System.gc();
            if (directMemory() < LIMIT / 2) {
                return;
            }
            Thread.sleep(10);
        }
        throw new IllegalStateException("the memory is not given back: " + directMemory());
    }

    private interface Measured {
        long run() throws Exception;
    }

    private static long inNewThread(Measured what) throws Exception {
        long[] result = {0};
        @Nullable Exception[] failure = {null};
        Thread thread = new Thread(() -> {
            try {
                result[0] = what.run();
            } catch (Exception e) {
                failure[0] = e;
            }
        });
        thread.start();
        thread.join();
        Exception thrown = failure[0];
        if (thrown != null) {
            throw thrown;
        }
        return result[0];
    }

    /** BufferPoolMXBean.getMemoryUsed, by name: the module under test does not read java.management. */
    private static long directMemory() {
        try {
            Class<?> bean = Class.forName("java.lang.management.BufferPoolMXBean");
            List<?> pools = (List<?>) Objects.requireNonNull(Class.forName("java.lang.management.ManagementFactory")
                    .getMethod("getPlatformMXBeans", Class.class)
                    .invoke(null, bean));
            for (Object pool : pools) {
                if ("direct".equals(bean.getMethod("getName").invoke(pool))) {
                    return (long) Objects.requireNonNull(
                            bean.getMethod("getMemoryUsed").invoke(pool));
                }
            }
            throw new IllegalStateException("there is no pool of direct buffers");
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
