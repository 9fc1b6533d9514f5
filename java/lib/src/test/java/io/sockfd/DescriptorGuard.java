package io.sockfd;

import io.sockfd.internal.wait.Poller;
import io.sockfd.internal.wait.Wait;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails the whole run when it ends with more open descriptors than it began with. Registered for every test class. */
public final class DescriptorGuard implements BeforeAllCallback {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(DescriptorGuard.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot().getStore(NAMESPACE).computeIfAbsent(Baseline.class);
    }

    /** The descriptors of this process and what they are, without the files that the JVM itself opens as it pleases. */
    public static Map<Integer, String> open() throws IOException {
        Map<Integer, String> open = new TreeMap<>();
        try (Stream<Path> entries = Files.list(Path.of("/proc/self/fd"))) {
            for (Path entry : entries.toList()) {
                String target;
                try {
                    target = Files.readSymbolicLink(entry).toString();
                } catch (IOException e) {
                    continue; // the listing's own descriptor
                }
                if (!target.startsWith("/")) {
                    open.put(Integer.valueOf(entry.getFileName().toString()), target);
                }
            }
        }
        return open;
    }

    /** Those that the library keeps for later. */
    public static Set<Integer> pooled() {
        Set<Integer> pooled = new HashSet<>(Wait.idleDescriptors());
        pooled.addAll(Poller.descriptors());
        return pooled;
    }

    /** From the first such wait on, the JDK keeps epolls of its own. */
    private static void waitOnAVirtualThread() throws IOException {
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            channel.socket().setSoTimeout(10_000);
            Thread waiter = Virtual.start(() -> {
                try {
                    channel.socket().receive(new DatagramPacket(new byte[1], 1));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            waiter.join(20); // it waits by now; if not, another test has the JDK open them
            channel.send(ByteBuffer.allocate(1), channel.getLocalAddress());
            waiter.join();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    static final class Baseline implements AutoCloseable {
        private final Map<Integer, String> before;

        Baseline() {
            try {
                SocketChannel.open().close(); // the JDK keeps one socket of its own from the first channel on
                if (Virtual.available()) {
                    waitOnAVirtualThread();
                }
                before = open();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private Map<Integer, String> leaked() throws IOException {
            Map<Integer, String> leaked = open();
            leaked.entrySet().removeAll(before.entrySet());
            leaked.keySet().removeAll(pooled());
            return leaked;
        }

        @Override
        public void close() throws IOException {
            Map<Integer, String> leaked = leaked();
            for (int i = 0; !leaked.isEmpty() && i < 100; i++) {
                LockSupport.parkNanos(
                        20_000_000); // the JDK closes a child's pipes after its end, on a thread of its own
                leaked = leaked();
            }
            if (!leaked.isEmpty()) {
                throw new AssertionError("descriptors left open by the tests: " + leaked);
            }
        }
    }
}
