package io.sockfd.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.Errno;
import io.sockfd.Errors;
import io.sockfd.event.PtpClock;
import io.sockfd.netns.NetworkNamespace;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What interfaces stamp, beside ethtool; and what is said where there is neither card nor clock. */
@Timeout(60)
@Tag("later")
class TimestampingIT {
    /** As ethtool calls them. */
    private static final Map<String, Integer> NAMES = new LinkedHashMap<>();

    static {
        NAMES.put("hardware-transmit", Linux.SOF_TIMESTAMPING_TX_HARDWARE);
        NAMES.put("software-transmit", Linux.SOF_TIMESTAMPING_TX_SOFTWARE);
        NAMES.put("hardware-receive", Linux.SOF_TIMESTAMPING_RX_HARDWARE);
        NAMES.put("software-receive", Linux.SOF_TIMESTAMPING_RX_SOFTWARE);
        NAMES.put("software-system-clock", Linux.SOF_TIMESTAMPING_SOFTWARE);
        NAMES.put("hardware-raw-clock", Linux.SOF_TIMESTAMPING_RAW_HARDWARE);
    }

    private static String ethtool(String name) throws Exception {
        Path program = Path.of("/usr/sbin/ethtool");
        assumeTrue(Files.isExecutable(program), "no ethtool");
        Process process = new ProcessBuilder(program.toString(), "-T", name)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said;
    }

    private static void agrees(String name) throws Exception {
        String said = ethtool(name);
        Timestamping ours = Timestamping.of(name);
        Set<String> expected = said.lines()
                .map(String::strip)
                .map(line -> line.replaceFirst(" .*", ""))
                .filter(NAMES::containsKey)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> seen = NAMES.entrySet().stream()
                .filter(flag -> (ours.flags() & flag.getValue()) != 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(expected, seen, said);
        assertEquals(said.contains("Clock: none"), ours.clock() < 0, said);
        assertEquals(said.contains("Transmit Timestamp Modes: none"), ours.sendTypes() == 0, said);
        assertEquals(said.contains("Receive Filter Modes: none"), ours.receiveFilters() == 0, said);
    }

    @Test
    void asEthtoolSays() throws Exception {
        agrees("lo");
        Namespaces.assumePossible();
        try (NetworkNamespace namespace = NetworkNamespace.create()) {
            namespace.call(() -> {
                try (RtNetlink netlink = RtNetlink.open()) {
                    netlink.create(NewLink.veth("left", "right").up());
                }
                agrees("left");
                Timestamping left = Timestamping.of("left");
                assertTrue((left.flags() & Linux.SOF_TIMESTAMPING_RX_SOFTWARE) != 0, left::toString);
                assertFalse(left.hasHardware(), left::toString);
                assertFalse(left.receives(Linux.HWTSTAMP_FILTER_ALL));
                Timestamping.Hardware all = new Timestamping.Hardware(Linux.HWTSTAMP_TX_ON, Linux.HWTSTAMP_FILTER_ALL);
                refuses(() -> Timestamping.setHardware("left", all));
                refuses(() -> Timestamping.hardware("left"));
                return true;
            });
        }
    }

    private interface Call {
        void run() throws IOException;
    }

    private static void refuses(Call call) {
        IOException e = assertThrows(IOException.class, call::run);
        assertEquals(Errno.EOPNOTSUPP, Errors.errnoOf(e).orElseThrow());
        String said = String.valueOf(e.getMessage());
        assertTrue(said.contains("HWTSTAMP, left: this interface does not stamp such packets in hardware"), said);
    }

    @Test
    void whatIsNotThere() {
        IOException e = assertThrows(IOException.class, () -> Timestamping.of("no-such-one"));
        assertEquals(Errno.ENODEV, Errors.errnoOf(e).orElseThrow());
        IOException none = assertThrows(IOException.class, () -> PtpClock.open(999));
        assertEquals(Errno.ENOENT, Errors.errnoOf(none).orElseThrow());
        assertTrue(
                String.valueOf(none.getMessage()).contains("/dev/ptp999: this machine has no such clock"),
                none::toString);
        assertThrows(IllegalArgumentException.class, () -> PtpClock.open(-1));
    }

    /** The kernel finds the descriptor by the clock's number, and that it is none. */
    @Test
    void aFileIsNoClock() throws Exception {
        try (PtpClock none = PtpClock.open(Path.of("/dev/null"))) {
            IOException e = assertThrows(IOException.class, none::nanos);
            assertEquals(Errno.EINVAL, Errors.errnoOf(e).orElseThrow());
        }
    }

    @Test
    void aClockGoesOn() throws Exception {
        assumeTrue(Files.isReadable(Path.of("/dev/ptp0")), "this machine has no PTP clock, or not for this user");
        try (PtpClock clock = PtpClock.open(0)) {
            long before = clock.nanos();
            Thread.sleep(20);
            long passed = clock.nanos() - before;
            assertTrue(passed > 10_000_000 && passed < 20_000_000_000L, () -> passed + " ns in 20 ms");
        }
    }
}
