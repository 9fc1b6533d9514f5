package io.sockfd.benchmarks.start;

import io.sockfd.benchmarks.Jvm;
import io.sockfd.benchmarks.Native;
import io.sockfd.benchmarks.Processors;
import io.sockfd.benchmarks.Sampled;
import io.sockfd.benchmarks.Timed;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Starts a process that connects to us, and waits for its first byte. */
public final class Start implements Timed, Sampled {
    private static final long PATIENCE_MILLIS = 30_000;
    private static final long GLANCE_MILLIS = 1000;

    private final ServerSocketChannel listener;
    private final Selector selector = Selector.open();
    private final Path directory = Files.createTempDirectory("sockfd-start");
    private final List<String> command = new ArrayList<>(Processors.all());
    private final Histogram samples = new Histogram(3);
    private long nanos;

    /**
     * @param program a class with a main, or {@code ""} for the C program
     * @param family {@code tcp} or {@code unix}
     * @param jars what the program's class path needs before our own jar, by the beginnings of their names
     * @param flags of the JVM
     */
    public Start(String program, String family, List<String> jars, List<String> flags) throws IOException {
        SocketAddress address = family.equals("tcp")
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)
                : UnixDomainSocketAddress.of(directory.resolve("s"));
        listener = family.equals("tcp")
                ? ServerSocketChannel.open()
                : ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(address).configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
        if (program.isEmpty()) {
            command.add(Native.file("start").toString());
        } else {
            command.add(Jvm.launcher());
            command.addAll(flags);
            List<String> names = new ArrayList<>(jars);
            names.addAll(List.of("sockfd-benchmarks-", "classes"));
            command.addAll(List.of("-cp", Jvm.classPath(names), program));
        }
        command.addAll(List.of(family, name(listener.getLocalAddress())));
    }

    private static String name(SocketAddress address) {
        return address instanceof InetSocketAddress inet ? Integer.toString(inet.getPort()) : address.toString();
    }

    @Override
    public long run(int times) throws Exception {
        long bytes = 0;
        nanos = 0;
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            Process process = new ProcessBuilder(command)
                    .redirectOutput(Redirect.INHERIT)
                    .redirectError(Redirect.INHERIT)
                    .start();
            try {
                bytes += firstByte(process);
                long each = System.nanoTime() - start;
                nanos += each;
                samples.recordValue(each);
            } finally {
                if (!process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly();
                }
            }
        }
        return bytes;
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public Histogram samples() {
        return samples;
    }

    @Override
    public void forget() {
        samples.reset();
    }

    private int firstByte(Process process) throws IOException {
        long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        selector.selectedKeys().clear();
        while (selector.select(GLANCE_MILLIS) == 0) {
            if (!process.isAlive()) {
                throw new IOException("ended with " + process.exitValue() + " before it sent anything: " + command);
            } else if (System.nanoTime() - deadline > 0) {
                throw new IOException("nothing within " + PATIENCE_MILLIS + " ms from " + command);
            }
        }
        try (SocketChannel accepted = listener.accept()) {
            return accepted.read(ByteBuffer.allocate(1));
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        selector.close();
        try (var files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
