package io.sockfd.cli.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.sockfd.cli.contract.Outcome.Kind;
import io.sockfd.raw.Backend;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.SockFilter;
import io.sockfd.raw.struct.SockFprog;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each row of the table on the chosen backend. */
class ContractIT {
    private static final Machine MACHINE = new Machine(Backend.chosen());
    private static int passed;
    private static int skipped;

    @AfterAll
    static void summary() {
        System.out.printf(
                "contract suite on %s, Java %d: %d rows passed, %d skipped%n",
                Backend.chosen().name(), Runtime.version().feature(), passed, skipped);
    }

    /** In one go: between tests the framework opens files of its own. */
    @Test
    void nothingStaysOpen() {
        Table table = Table.load();
        table.rows().forEach(MACHINE::run);
        Map<Integer, String> before = Descriptors.open();
        table.rows().forEach(MACHINE::run);
        assertEquals(Map.of(), Descriptors.leakedSince(before));
    }

    @TestFactory
    Stream<DynamicTest> rows() {
        return Table.load().rows().stream()
                .map(row -> dynamicTest(row.name(), () -> {
                    Outcome outcome = MACHINE.run(row);
                    skipped += outcome.ran() ? 0 : 1;
                    Assumptions.assumeTrue(outcome.ran(), outcome::shown);
                    assertEquals(Kind.PASSED, outcome.kind(), outcome::describe);
                    passed++;
                }));
    }

    /** The machine can tell wrong from right: an expectation, a setup, a leak. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "close/planted | close -1 | 0 ! close/planted: expected 0, got -EBADF",
                "close/planted | close -1 | -EINVAL / fd ! close/planted: expected -EINVAL / fd, got -EBADF",
                "close/planted | listen -1 1; close -1 | -EBADF ! close/planted: expected -EBADF, got listen: -EBADF",
                "eventfd/planted | eventfd 3 0 => e; read e v=long(0) 8; i64(v) | >3 ! "
                        + "eventfd/planted: expected >3, got 3",
                "close/planted | 0x100000000 -> x; i64(x, y) | 0 ! close/planted: expected 0, got unknown name y"
            })
    void plantedMistakes(String row, String described) {
        Outcome outcome = MACHINE.run(Table.parse(row).rows().get(0));
        assertEquals(Kind.FAILED, outcome.kind());
        assertEquals(described, outcome.describe());
    }

    @Test
    void plantedLeak() {
        Map<Integer, String> atFirst = Descriptors.open();
        Outcome outcome = MACHINE.run(
                Table.parse("eventfd/leak | eventfd 0 EFD_CLOEXEC | fd").rows().get(0));
        assertEquals(Kind.PASSED, outcome.kind(), outcome::describe);
        Map<Integer, String> leaked = Descriptors.leakedSince(atFirst);
        // beside whatever the virtual machine opened meanwhile, a jar for instance
        leaked.values().removeIf(what -> !what.contains("eventfd"));
        assertEquals(1, leaked.size(), leaked::toString);
        leaked.forEach((number, what) -> assertEquals(0, Backend.chosen().libc().close(number)));
    }

    @Test
    void skipsWithTheReason() {
        Outcome outcome = MACHINE.run(Table.parse("close/x | close -1 | -EBADF | needs kernel 999.0")
                .rows()
                .get(0));
        assertEquals(Kind.SKIPPED, outcome.kind());
        assertEquals("needs kernel 999.0", outcome.shown());
    }

    /** In a thread of its own, which the filter ends with; as the filters of older and newer container runtimes answer. */
    @ParameterizedTest
    @ValueSource(strings = {"EPERM", "ENOSYS"})
    void whatAFilterRefusesIsSkippedWithTheReason(String errno) throws Exception {
        Map<Kind, List<Outcome>> outcomes = new EnumMap<>(Kind.class);
        Thread thread = new Thread(() -> {
            refuse(
                    errno.equals("EPERM") ? Linux.EPERM : Linux.ENOSYS,
                    Linux.SYS_sendmmsg,
                    Linux.SYS_recvmmsg,
                    Linux.SYS_accept4,
                    Linux.SYS_timerfd_create,
                    Linux.SYS_memfd_create);
            Stream.concat(Table.load().rows().stream(), Table.parse("close/planted | close -1 | 0").rows().stream())
                    .map(MACHINE::run)
                    .forEach(outcome -> outcomes.computeIfAbsent(outcome.kind(), kind -> new ArrayList<>())
                            .add(outcome));
        });
        thread.start();
        thread.join();
        assertEquals(
                List.of("close/planted: expected 0, got -EBADF"),
                outcomes.getOrDefault(Kind.FAILED, List.of()).stream()
                        .map(Outcome::describe)
                        .toList());
        List<Outcome> skipped = outcomes.getOrDefault(Kind.SKIPPED, List.of());
        for (String call : List.of("sendmmsg", "recvmmsg", "accept4", "timerfd_create", "memfd_create")) {
            String reason = call + " is refused by a filter of system calls: " + errno;
            List<String> rows = skipped.stream()
                    .filter(outcome -> outcome.shown().equals(reason))
                    .map(outcome -> outcome.row().name())
                    .toList();
            assertTrue(rows.stream().anyMatch(name -> name.startsWith(call + "/")), call + ": " + skipped);
        }
        assertTrue(outcomes.getOrDefault(Kind.PASSED, List.of()).size() > 300, "the others run");
    }

    /** From now on, for this thread. */
    private static void refuse(int errno, int... numbers) {
        int size = SockFilter.SIZE;
        ByteBuffer filter = Memory.allocate((2 * numbers.length + 2) * size);
        int at = 0;
        SockFilter.code(filter, at, Linux.BPF_LD | Linux.BPF_W | Linux.BPF_ABS); // the number, seccomp(2)
        for (int number : numbers) {
            at += size;
            SockFilter.code(filter, at, Linux.BPF_JMP | Linux.BPF_JEQ | Linux.BPF_K);
            SockFilter.jf(filter, at, 1);
            SockFilter.k(filter, at, number);
            at += size;
            SockFilter.code(filter, at, Linux.BPF_RET | Linux.BPF_K);
            SockFilter.k(filter, at, Linux.SECCOMP_RET_ERRNO | errno);
        }
        at += size;
        SockFilter.code(filter, at, Linux.BPF_RET | Linux.BPF_K);
        SockFilter.k(filter, at, Linux.SECCOMP_RET_ALLOW);
        ByteBuffer program = Memory.allocate(SockFprog.SIZE);
        SockFprog.len(program, 0, 2 * numbers.length + 2);
        SockFprog.filter(program, 0, Memory.address(filter));
        Libc libc = Backend.chosen().libc();
        try {
            assertEquals(0, libc.syscall(Linux.SYS_prctl, Linux.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0, 0));
            assertEquals(
                    0,
                    libc.syscall(
                            Linux.SYS_seccomp, Linux.SECCOMP_SET_MODE_FILTER, 0, Memory.address(program), 0, 0, 0));
        } finally {
            Reference.reachabilityFence(filter);
            Reference.reachabilityFence(program);
        }
    }
}
