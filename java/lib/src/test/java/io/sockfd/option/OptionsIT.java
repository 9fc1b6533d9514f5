package io.sockfd.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.sockfd.Errno;
import io.sockfd.Errors;
import io.sockfd.Option;
import io.sockfd.OptionTable;
import io.sockfd.option.Family.Fixture;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;

/** Runs the table of options on every family, and says at the end what it could not try and why. */
class OptionsIT {
    /** Levels beyond the list, whose families few kernels have. */
    private static final Set<Integer> RARE_LEVELS = Set.of(
            Linux.SOL_RAW, // tested with raw sockets of ICMP
            Linux.IPPROTO_ICMPV6,
            Linux.SOL_SCTP,
            Linux.SOL_TIPC,
            Linux.SOL_CAN_RAW,
            Linux.SOL_CAN_ISOTP,
            Linux.SOL_CAN_J1939,
            Linux.SOL_ALG,
            Linux.SOL_TLS,
            Linux.SOL_BLUETOOTH);

    private static final List<Row<?>> ROWS = rows();
    private static final Set<String> EXERCISED = new TreeSet<>();
    private static final Map<String, Set<String>> SKIPPED = new TreeMap<>();

    private static List<Row<?>> rows() {
        List<Row<?>> rows = new ArrayList<>();
        SocketRows.add(rows);
        PeerRows.add(rows);
        FilterRows.add(rows);
        IpRows.add(rows);
        Ipv6Rows.add(rows);
        MulticastRows.add(rows);
        TcpRows.add(rows);
        TcpSpecialRows.add(rows);
        LinkRows.add(rows);
        return rows;
    }

    @TestFactory
    Stream<DynamicNode> everyOptionDoesOnItsFamiliesWhatTheTableSays() {
        return ROWS.stream().map(row -> dynamicContainer(row.option.name(), families(row)));
    }

    private static Stream<DynamicNode> families(Row<?> row) {
        return row.families.stream().map(family -> dynamicTest(family.name(), () -> run(row, family)));
    }

    private static void run(Row<?> row, Family family) throws Exception {
        if (Kernel.VERSION < row.since) {
            skip(row, "Linux " + row.since / 1000 + "." + row.since % 1000);
        }
        try (Fixture fixture = open(row, family)) {
            row.run(fixture.fd());
        } catch (TestAbortedException e) {
            throw e;
        } catch (Exception e) {
            Errno errno = Errors.errnoOf(e).orElseThrow(() -> e);
            if (!row.optional.isEmpty() && row.optionalErrors.contains(errno)) {
                skip(row, row.optional);
            } else if (Row.isDenial(errno) && !Kernel.has(row.capability)) {
                skip(row, row.capability);
            }
            throw e;
        }
        EXERCISED.add(row.option.name());
    }

    private static Fixture open(Row<?> row, Family family) throws IOException {
        try {
            return family.open();
        } catch (IOException e) {
            Errno errno = Errors.errnoOf(e).orElse(null);
            if (Errno.EPERM.equals(errno) && !Kernel.has("CAP_NET_RAW")) {
                throw skip(row, "CAP_NET_RAW for " + family);
            } else if (Errno.EAFNOSUPPORT.equals(errno) || Errno.EPROTONOSUPPORT.equals(errno)) {
                throw skip(row, "a kernel with " + family);
            }
            throw e;
        }
    }

    private static TestAbortedException skip(Row<?> row, String needs) {
        SKIPPED.computeIfAbsent(needs, key -> new TreeSet<>()).add(row.option.name());
        throw new TestAbortedException("needs " + needs);
    }

    @Test
    void everyOptionOfTheListHasAConstantAndARow() throws IOException {
        Set<String> listed = listed();
        List<Option<?>> common = OptionTable.all().stream()
                .filter(option -> !RARE_LEVELS.contains(option.level()))
                .toList();
        assertEquals(listed, common.stream().map(Option::name).collect(Collectors.toCollection(TreeSet::new)));
        Set<Option<?>> rows = new LinkedHashSet<>();
        ROWS.forEach(row -> rows.add(row.option));
        assertEquals(
                List.of(),
                common.stream().filter(option -> !rows.contains(option)).toList());
    }

    @Test
    void everyConstantHasTheNameAndTheNumberOfC() throws ReflectiveOperationException {
        for (Class<?> level : AllOptions.LEVELS) {
            for (Field field : level.getFields()) {
                Option<?> option = (Option<?>) Objects.requireNonNull(field.get(null));
                assertEquals(field.getName(), option.name());
                assertEquals(Linux.class.getField(option.name()).getInt(null), option.optname(), option.name());
            }
        }
    }

    @Test
    void theConstantsAreSorted() throws IOException {
        for (Class<?> level : AllOptions.LEVELS) {
            Path source = Path.of("src/main/java", level.getName().replace('.', '/') + ".java");
            List<String> names = Files.readAllLines(source).stream()
                    .filter(line -> line.contains("public static final Option<"))
                    .map(line -> line.replaceAll(".*> (\\w+) =.*", "$1"))
                    .toList();
            assertEquals(level.getFields().length, names.size(), level.getName());
            assertEquals(names.stream().sorted().toList(), names, level.getName());
        }
    }

    private static Set<String> listed() throws IOException {
        try (InputStream in = OptionsIT.class.getResourceAsStream("/io/sockfd/raw/options.txt")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @AfterAll
    static void sayWhatWasExercised() throws IOException {
        int total = listed().size();
        StringBuilder text = new StringBuilder("options: " + EXERCISED.size() + " exercised");
        Set<String> never = new TreeSet<>();
        SKIPPED.values().forEach(never::addAll);
        never.removeAll(EXERCISED);
        text.append(", ").append(never.size()).append(" skipped, of ").append(total);
        SKIPPED.forEach((needs, names) -> {
            Set<String> all = new TreeSet<>(names);
            all.retainAll(never);
            text.append("\n  needs ").append(needs).append(": ");
            text.append(all.isEmpty() ? names.size() + " on this family only" : all.toString());
        });
        System.out.println(text);
        if (!EXERCISED.isEmpty()) {
            assertEquals(total, EXERCISED.size() + never.size(), "each was exercised or skipped with a reason");
        }
    }
}
