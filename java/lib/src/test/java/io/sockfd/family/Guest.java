package io.sockfd.family;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs the tests of this package inside the virtual machine, and writes a {@link Verdict} for each to a file. Arguments:
 * the file, and a regular expression for the classes, {@code .*IT} for all.
 */
final class Guest implements TestExecutionListener {
    private final PrintWriter report;
    private long start;

    private Guest(PrintWriter report) {
        this.report = report;
    }

    public static void main(String[] arguments) throws IOException {
        try (PrintWriter report = new PrintWriter(Files.newBufferedWriter(Path.of(arguments[0])), true)) {
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(DiscoverySelectors.selectPackage(Guest.class.getPackageName()))
                                    .filters(
                                            ClassNameFilter.includeClassNamePatterns(arguments[1]),
                                            ClassNameFilter.excludeClassNamePatterns(".*VirtualMachineIT"))
                                    .configurationParameter("junit.jupiter.execution.timeout.default", "90 s")
                                    .build(),
                            new Guest(report));
        }
        System.exit(0); // whatever threads a failed test left behind
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        start = System.nanoTime();
        if (test.isTest()) {
            System.out.println("          " + test.getDisplayName()); // the last words when the kernel falls over
        }
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        write(test, Verdict.SKIPPED, reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        Throwable cause = result.getThrowable().orElse(null);
        String reason = cause == null ? "" : Objects.toString(cause.getMessage(), cause.toString());
        if (result.getStatus() == Status.ABORTED) {
            write(test, Verdict.SKIPPED, reason.replaceFirst("Assumption failed: ", ""));
        } else if (result.getStatus() == Status.FAILED) {
            if (cause != null) {
                cause.printStackTrace();
            }
            write(test, Verdict.FAILED, reason);
        } else if (test.isTest()) {
            write(test, Verdict.PASSED, "");
        }
    }

    private void write(TestIdentifier test, String outcome, String reason) {
        Class<?> type = test.getSource()
                .<Class<?>>map(source -> source instanceof MethodSource method
                        ? method.getJavaClass()
                        : source instanceof ClassSource whole ? whole.getJavaClass() : Guest.class)
                .orElse(Guest.class);
        Tests row = AnnotationSupport.findAnnotation(type, Tests.class).orElse(null);
        String family = row == null ? "(all)" : row.family();
        Verdict verdict = new Verdict(
                family, row == null ? type.getSimpleName() : row.type(), test.getDisplayName(), outcome, reason);
        report.println(verdict.line());
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        System.out.printf(
                "%-9s %-10s %-24s %s (%d ms) %s%n", outcome, family, verdict.type(), verdict.test(), millis, reason);
    }
}
