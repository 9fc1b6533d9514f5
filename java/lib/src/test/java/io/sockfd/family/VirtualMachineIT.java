package io.sockfd.family;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Runs the other tests of this package in a virtual machine ({@code native/vm}) and prints what passed. Only with {@code
 * -Pvm}; {@code -Dsockfd.vm.tests=.*SctpIT} runs some of them.
 */
class VirtualMachineIT {
    private static final List<String> WANTED = List.of("CAN", "SCTP", "Bluetooth", "TIPC", "VSOCK");
    private static final String REPORT = "verdicts";
    private static final String ALL = ".*IT";
    private static final int MINUTES = 12;

    @TempDir
    private Path share = Path.of("");

    @Test
    @Timeout(value = MINUTES + 1, unit = TimeUnit.MINUTES)
    void theFamiliesWorkOnAKernelThatHasThem() throws Exception {
        assumeTrue(Boolean.getBoolean("sockfd.vm"), "takes minutes: ./mvnw verify -Pvm");
        assumeTrue("ffm".equals(System.getProperty("sockfd.backend")), "runs once, on ffm");
        String tests = System.getProperty("sockfd.vm.tests", ALL);
        Path report = share.resolve(REPORT);
        int status = run(share, tests);
        assertTrue(Files.exists(report), "no test ran: the virtual machine's exit status is " + status);
        List<Verdict> verdicts =
                Files.readAllLines(report).stream().map(Verdict::parse).toList();
        System.out.println(VerdictTable.of(verdicts));
        assertEquals(0, status, "the virtual machine's exit status");
        assertEquals(List.of(), of(verdicts, Verdict.FAILED).toList());
        List<String> passed =
                of(verdicts, Verdict.PASSED).map(Verdict::family).distinct().toList();
        if (tests.equals(ALL)) {
            assertEquals(rows(), verdicts.stream().map(Verdict::row).collect(Collectors.toCollection(TreeSet::new)));
            assertEquals(
                    List.of(),
                    WANTED.stream().filter(family -> !passed.contains(family)).toList(),
                    "families without a test that passed");
        }
    }

    /** What there is to test, as this side sees it. */
    private static Set<String> rows() {
        return ReflectionSupport.findAllClassesInPackage(
                        Guest.class.getPackageName(), type -> type.isAnnotationPresent(Tests.class), name -> true)
                .stream()
                .map(type -> Objects.requireNonNull(type.getAnnotation(Tests.class)))
                .map(row -> row.family() + " " + row.type())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<Verdict> of(List<Verdict> verdicts, String outcome) {
        return verdicts.stream().filter(verdict -> verdict.is(outcome));
    }

    private static int run(Path share, String tests) throws IOException, InterruptedException {
        Path vm = Path.of("../../native/vm/run").toRealPath();
        List<String> command = List.of(
                vm.toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", // in emulation, better code does not pay
                "-ea",
                "--enable-native-access=ALL-UNNAMED",
                "-Dsockfd.backend=ffm",
                "-cp",
                absolute(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))),
                Guest.class.getName(),
                share.resolve(REPORT).toString(),
                tests);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("VM_SHARE", share.toString());
        builder.environment().put("VM_TIMEOUT", Long.toString(TimeUnit.MINUTES.toSeconds(MINUTES)));
        Process process = builder.start();
        process.getOutputStream().close();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(System.out::println);
            return process.waitFor();
        } finally {
            process.destroy();
        }
    }

    private static String absolute(String classPath) {
        return Stream.of(classPath.split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
