package io.sockfd.benchmarks.report;

import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Operations;
import io.sockfd.benchmarks.UnavailableException;
import io.sockfd.benchmarks.Who;
import io.sockfd.cli.Version;
import io.sockfd.cli.kernel.Proc;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was measured on.
 *
 * @param processor as {@code /proc/cpuinfo} has it
 * @param processors how many of them
 * @param virtual whether they belong to a hypervisor's guest
 * @param memoryMiB of main memory
 * @param jdk with its build
 * @param getppidNanos what the least system call takes from C; null where C could not be asked
 * @param mitigations by vulnerability: what the kernel does about it
 * @param versions of sockfd and of the peers
 */
public record Machine(
        String processor,
        int processors,
        boolean virtual,
        long memoryMiB,
        String architecture,
        String kernel,
        String system,
        String clock,
        String jdk,
        int feature,
        @Nullable Double getppidNanos,
        Map<String, String> mitigations,
        Map<String, String> versions) {
    private static final Path VULNERABILITIES = Path.of("/sys/devices/system/cpu/vulnerabilities");
    private static final int KIB_IN_MIB = 1024;
    private static final int TIMES = 1000;
    private static final int ROUNDS = 50;

    /** This one. */
    public static Machine current() {
        Proc proc = Proc.self();
        Proc root = new Proc(Path.of("/"));
        return new Machine(
                proc.field("cpuinfo", "model name\t").orElse("unknown"),
                Runtime.getRuntime().availableProcessors(),
                proc.field("cpuinfo", "flags\t\t")
                        .map(flags -> (" " + flags + " ").contains(" hypervisor "))
                        .orElse(false),
                proc.field("meminfo", "MemTotal")
                                .map(size -> Long.parseLong(size.replaceAll("\\D", "")))
                                .orElse(0L)
                        / KIB_IN_MIB,
                System.getProperty("os.arch", "unknown"),
                proc.sysctl("kernel.osrelease").orElse("unknown"),
                systemOf(root),
                root.line("sys/devices/system/clocksource/clocksource0/current_clocksource")
                        .orElse("unknown"),
                System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version"),
                Runtime.version().feature(),
                getppid(),
                mitigationsOf(root),
                allVersions());
    }

    /** Of getppid in C, the least of some rounds; null where there are no C programs. */
    private static @Nullable Double getppid() {
        try (Contestant c = Operations.row("call/getppid").open(Who.C)) {
            long least = Long.MAX_VALUE;
            for (int round = 0; round < ROUNDS; round++) {
                long start = System.nanoTime();
                c.run(TIMES);
                least = Math.min(least, System.nanoTime() - start);
            }
            return (double) least / TIMES;
        } catch (UnavailableException e) {
            return null;
        } catch (Exception e) { // a contestant may throw anything
            throw new IllegalStateException("getppid in C", e);
        }
    }

    private static String systemOf(Proc root) {
        return root.lines("etc/os-release").stream()
                .filter(line -> line.startsWith("PRETTY_NAME="))
                .findFirst()
                .map(line -> line.substring("PRETTY_NAME=".length()).replace("\"", ""))
                .orElse("unknown");
    }

    private static Map<String, String> mitigationsOf(Proc root) {
        Map<String, String> mitigations = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(VULNERABILITIES)) {
            for (Path file : files) {
                Path name = file.getFileName();
                if (name != null) {
                    root.line(file.toString().substring(1)).ifPresent(state -> mitigations.put(name.toString(), state));
                }
            }
        } catch (IOException e) {
            mitigations.put("unknown", String.valueOf(e.getMessage()));
        }
        return mitigations;
    }

    private static Map<String, String> allVersions() {
        Map<String, String> versions = new TreeMap<>();
        try (InputStream in = Machine.class.getResourceAsStream("versions.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            properties.stringPropertyNames().forEach(name -> versions.put(name, properties.getProperty(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        versions.put("sockfd", Version.current());
        return versions;
    }

    /** For the names of files, {@code amd-epyc-linux-6.18-jdk25}. */
    public String id() {
        String[] numbers = kernel.split("[^0-9]+", -1);
        String release = numbers.length > 1 ? numbers[0] + "." + numbers[1] : kernel;
        String name = (processor + " linux " + release + " jdk" + feature)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\((r|tm)\\)|\\bprocessor\\b|\\bcpu\\b", " ")
                .replaceAll("[^a-z0-9.]+", "-");
        return name.replaceAll("^-|-$", "");
    }

    /** In a line, {@code AMD EPYC (2 processors of a guest), Linux 6.18.0, Eclipse Adoptium 25.0.3+9}. */
    public String line() {
        String processorText = processor + " (" + processors + (processors == 1 ? " processor" : " processors")
                + (virtual ? " of a virtual machine)" : ")");
        return processorText + ", Linux " + kernel + ", " + jdk + call();
    }

    /** What every row pays, and why it is more on one machine than on another. */
    private String call() {
        if (getppidNanos == null) {
            return "";
        }
        return ", a system call " + Texts.time(getppidNanos) + " ("
                + stateOf("meltdown", "PTI", "page tables apart")
                + ", " + stateOf("spectre_v2", "Retpolines", "retpolines") + ")";
    }

    /** A root of its own may not show what the kernel does. */
    private String stateOf(String vulnerability, String word, String what) {
        String state = mitigations.get(vulnerability);
        return state == null ? what + " not known" : (state.contains(word) ? "" : "no ") + what;
    }
}
