package io.sockfd.benchmarks.operation;

import io.sockfd.benchmarks.Jvm;
import io.sockfd.benchmarks.Native;
import io.sockfd.benchmarks.Pace;
import io.sockfd.benchmarks.Processors;
import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Sampled;
import io.sockfd.benchmarks.Timed;
import io.sockfd.benchmarks.UnavailableException;
import io.sockfd.benchmarks.Who;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * The processor time of commands that end at once: more rows of {@code start}. Their work is small, so it is the start that is
 * measured, with the launcher and all that it runs.
 */
public final class CommandRows {
    private static final Pace PACE = new Pace(1, 2, 20, false);
    private static final String PORT = "PORT";

    private CommandRows() {}

    public static List<Row> all() {
        return List.of(
                row("ss-tln", "iproute2's ss", "ss", "-tln"),
                row("ping-c1", "iputils' ping", "ping", "-c1", "127.0.0.1"),
                row("nc-z", "OpenBSD's nc", "nc", "-z", "127.0.0.1", PORT));
    }

    private static Row row(String variant, String original, String... command) {
        List<String> words = List.of(command);
        return Row.of("start", variant, "the command " + String.join(" ", command) + ", from its start to its end")
                .with(Who.PLAIN_JAVA, Plain.class, words)
                .with(Who.SOCKFD, Launched.class, words, true)
                .with(Who.NO_ARCHIVE, Launched.class, words, false)
                .with(Who.ORIGINAL, Original.class, words)
                .note(Who.PLAIN_JAVA, "what the launcher did before: no archive, the compiler of servers")
                .note(Who.NO_ARCHIVE, "SOCKFD_CACHE=no")
                .note(Who.ORIGINAL, original)
                .metric("processor time")
                .paced(PACE);
    }

    /** Runs a command to its end, again and again, and adds up its processor time, which {@code cpu.c} says. */
    public abstract static class Command implements Timed, Sampled {
        private static final long MICRO = 1000;

        private final ServerSocketChannel listener;
        private final ProcessBuilder builder;
        private final Histogram samples = new Histogram(3);
        private long nanos;

        Command(List<String> program, List<String> words, String cache) throws IOException, UnavailableException {
            List<String> command = new ArrayList<>(Processors.all());
            command.add(Native.file("cpu").toString());
            command.addAll(program);
            listener = ServerSocketChannel.open();
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .configureBlocking(false);
            String port = Integer.toString(((InetSocketAddress) listener.getLocalAddress()).getPort());
            words.forEach(word -> command.add(word.equals(PORT) ? port : word));
            builder = new ProcessBuilder(command).redirectErrorStream(true).redirectInput(new File("/dev/null"));
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().put("SOCKFD_CACHE", cache);
            try {
                prepare();
                long unused = once();
            } catch (IOException e) {
                listener.close();
                throw new UnavailableException(String.valueOf(e.getMessage()));
            }
        }

        /** Makes what is made once and not at each start. */
        void prepare() throws IOException {}

        @Override
        public long run(int times) throws IOException {
            nanos = 0;
            for (int i = 0; i < times; i++) {
                long each = once();
                nanos += each;
                samples.recordValue(each);
            }
            return times;
        }

        /** Runs it once; gives nanoseconds. */
        final long once() throws IOException {
            Process process = builder.redirectOutput(Redirect.PIPE).start();
            try {
                String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
                int unused = process.waitFor(); // at once: nobody writes any more
                String[] words = said.split(" ", -1);
                if (words.length != 2 || !words[1].equals("0")) { // microseconds and the status
                    throw new IOException(String.join(" ", builder.command()) + " said: " + said);
                }
                return Long.parseLong(words[0]) * MICRO;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            } finally {
                process.destroyForcibly();
                dropConnections();
            }
        }

        private void dropConnections() throws IOException {
            for (SocketChannel each = listener.accept(); each != null; each = listener.accept()) {
                each.close();
            }
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

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }

    /** The launcher, with its archive of classes or without. */
    public static final class Launched extends Command {
        private static final String HOME = "sockfd.home";
        private static final long PATIENCE_MILLIS = 60_000;
        private static final long GLANCE_MILLIS = 100;

        public Launched(List<String> words, boolean archive) throws IOException, UnavailableException {
            super(List.of(home().resolve("sockfd").toString()), words, archive ? "yes" : "no");
        }

        private static Path home() throws UnavailableException {
            String home = System.getProperty(HOME);
            if (home == null || !Files.isExecutable(Path.of(home, "sockfd"))) {
                throw new UnavailableException("-D" + HOME + " does not name the folder of the launcher");
            }
            return Path.of(home).toAbsolutePath();
        }

        /** The first command with a new jar has the archive made for those that follow, and does not wait for it. */
        @Override
        void prepare() throws IOException {
            long unused = once();
            long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
            while (isBeingMade()) {
                if (System.nanoTime() - deadline > 0) {
                    throw new IOException("no archive of classes after " + PATIENCE_MILLIS + " ms");
                }
                try {
                    Thread.sleep(GLANCE_MILLIS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException(e);
                }
            }
        }

        private static boolean isBeingMade() throws IOException {
            Path target = Path.of(System.getProperty(HOME), "target");
            if (!Files.isDirectory(target)) {
                return false;
            }
            try (var locks = Files.newDirectoryStream(target, "*.jsa.lock")) {
                return locks.iterator().hasNext();
            }
        }
    }

    /** The command by java with no more options than it needs. */
    public static final class Plain extends Command {
        public Plain(List<String> words) throws IOException, UnavailableException {
            super(java(), words, "no");
        }

        private static List<String> java() throws IOException {
            List<String> java = new ArrayList<>(List.of(Jvm.launcher()));
            if (Runtime.version().feature() >= 22) {
                java.add("--enable-native-access=ALL-UNNAMED");
            }
            java.addAll(
                    List.of("-XX:+UseSerialGC", "-cp", Jvm.classPath(List.of("sockfd-cli-")), "io.sockfd.cli.Main"));
            return java;
        }
    }

    /** The program of that name that is installed. */
    public static final class Original extends Command {
        public Original(List<String> words) throws IOException, UnavailableException {
            super(List.of(), words, "no");
        }
    }
}
