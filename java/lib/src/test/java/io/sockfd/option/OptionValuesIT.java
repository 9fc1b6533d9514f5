package io.sockfd.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Errno;
import io.sockfd.Errors;
import io.sockfd.Linger;
import io.sockfd.Option;
import io.sockfd.OptionTable;
import io.sockfd.option.Family.Fixture;
import io.sockfd.raw.Leg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each option of each family with values around its bounds: what was set is read back, or the set threw, or the option is
 * one whose documentation says what the kernel makes of a value.
 */
@Tag("once")
@Tag("grid")
class OptionValuesIT {
    private static final long[] NUMBERS = {
        Integer.MIN_VALUE,
        Integer.MIN_VALUE + 1,
        -256,
        -2,
        -1,
        0,
        1,
        2,
        3,
        4,
        5,
        6,
        7,
        8,
        9,
        10,
        15,
        16,
        17,
        31,
        32,
        63,
        64,
        88,
        100,
        127,
        128,
        254,
        255,
        256,
        257,
        300,
        511,
        512,
        536,
        1000,
        1023,
        1024,
        1280,
        1500,
        4095,
        4096,
        9999,
        32767,
        32768,
        65534,
        65535,
        65536,
        65537,
        100_000,
        1 << 20,
        (1 << 20) - 1,
        1 << 24,
        Integer.MAX_VALUE - 1,
        Integer.MAX_VALUE
    };
    private static final int STEP = Leg.isLong() ? 1 : 5;
    private static final long[] LONGS = {
        Long.MIN_VALUE, 0x7fff_ffffL + 1, 0xffff_fffeL, 0xffff_ffffL, 0x1_0000_0000L, 0x1_0000_0001L, Long.MAX_VALUE
    };
    private static final List<Duration> DURATIONS = List.of(
            Duration.ZERO,
            Duration.ofNanos(1),
            Duration.ofMillis(1),
            Duration.ofMillis(40),
            Duration.ofSeconds(1),
            Duration.ofSeconds(Integer.MAX_VALUE),
            Duration.ofSeconds(Long.MAX_VALUE),
            Duration.ofSeconds(-1));

    /** Ignored by MPTCP: the documentation of {@link MptcpOptions} has them. */
    private static final Set<String> IGNORED_BY_MPTCP = Set.of(
            "SO_BROADCAST",
            "SO_DONTROUTE",
            "SO_NOFCS",
            "SO_NO_CHECK",
            "SO_RXQ_OVFL",
            "SO_SELECT_ERR_QUEUE",
            "SO_WIFI_STATUS",
            "TCP_DEFER_ACCEPT",
            "TCP_KEEPCNT",
            "TCP_KEEPIDLE",
            "TCP_KEEPINTVL");

    /** What the kernel makes of a value, as the option's documentation says it: option, the value, what is read. */
    private static final Map<String, BiPredicate<Long, Long>> DOCUMENTED = documented();

    private static Map<String, BiPredicate<Long, Long>> documented() {
        Map<String, BiPredicate<Long, Long>> rows = new TreeMap<>();
        BiPredicate<Long, Long> minusOne = (value, read) -> value == -1;
        BiPredicate<Long, Long> tick = (value, read) -> value >= 0 && read >= value && read - value <= 10_000_000;
        rows.put("IPV6_ADDR_PREFERENCES", (value, read) -> (read & value) == value);
        rows.put("IPV6_MTU", (value, read) -> value >= 0);
        rows.put("IPV6_MULTICAST_HOPS", minusOne);
        rows.put("IPV6_ROUTER_ALERT", (value, read) -> value >= 0 && read == 1);
        rows.put("IPV6_TCLASS", (value, read) -> value == -1 || read == (value & 0xfc));
        rows.put("IPV6_UNICAST_HOPS", minusOne);
        rows.put("IP_MULTICAST_TTL", minusOne);
        rows.put("IP_TOS", (value, read) -> value >= 0 && value <= 255 && read == (value & 0xfc));
        rows.put("IP_TTL", minusOne);
        rows.put("SO_BSDCOMPAT", (value, read) -> read == 0);
        rows.put("SO_RCVBUF", (value, read) -> value >= 0 && (read == Math.max(2 * value, 2304) || read < 2 * value));
        rows.put("SO_SNDBUF", (value, read) -> value >= 0 && (read == Math.max(2 * value, 4608) || read < 2 * value));
        rows.put("SO_RCVLOWAT", (value, read) -> value >= 1 && read < value);
        rows.put("SO_TXREHASH", minusOne);
        rows.put("SO_VM_SOCKETS_BUFFER_SIZE", (value, read) -> read >= 128);
        rows.put("TCP_DEFER_ACCEPT", (value, read) -> value >= 0 && (read >= value || value > 29_000));
        rows.put("TCP_DELACK_MAX_US", (value, read) -> tick.test(value * 1000, read * 1000));
        rows.put("TCP_FASTOPEN", (value, read) -> value >= 0 && read < value);
        rows.put("TCP_LINGER2", (value, read) -> value == 0);
        rows.put("TCP_MAXSEG", (value, read) -> read >= 88);
        rows.put("TCP_REPAIR", minusOne);
        rows.put("TCP_RTO_MAX_MS", (value, read) -> tick.test(value * 1_000_000, read * 1_000_000));
        rows.put("TCP_RTO_MIN_US", (value, read) -> tick.test(value * 1000, read * 1000));
        rows.put("TCP_THIN_DUPACK", (value, read) -> read == 0);
        rows.put("TCP_WINDOW_CLAMP", (value, read) -> value >= 0 && read > value);
        for (String time : List.of(
                "SO_RCVTIMEO",
                "SO_RCVTIMEO_NEW",
                "SO_SNDTIMEO",
                "SO_SNDTIMEO_NEW",
                "SO_VM_SOCKETS_CONNECT_TIMEOUT",
                "SO_VM_SOCKETS_CONNECT_TIMEOUT_NEW")) {
            rows.put(time, (value, read) -> tick.test(value, read) || value == Long.MAX_VALUE || value == 0);
        }
        return rows;
    }

    private static List<Object> values(Class<?> type) {
        List<Object> values = new ArrayList<>();
        if (type == Boolean.class) {
            values.addAll(List.of(false, true));
        } else if (type == Integer.class) {
            for (long number : NUMBERS) {
                values.add((int) number);
            }
        } else if (type == Long.class) {
            for (long number : NUMBERS) {
                values.add(number);
            }
            for (long number : LONGS) {
                values.add(number);
            }
        } else if (type == Duration.class) {
            values.addAll(DURATIONS);
        } else if (type == Linger.class) {
            for (int seconds : new int[] {Integer.MIN_VALUE, -1, 0, 1, 65535, Integer.MAX_VALUE}) {
                values.add(new Linger(true, seconds));
                values.add(new Linger(false, seconds));
            }
        }
        return values;
    }

    @Test
    void whatWasSetIsReadBackOrRefused() throws IOException {
        Map<String, Set<String>> changed = new TreeMap<>();
        Set<String> agreed = new TreeSet<>();
        int rows = 0;
        int turn = 0;
        for (Family family : Family.values()) {
            try (Fixture probe = family.open()) {
                assertTrue(probe.fd() >= 0);
            } catch (IOException e) {
                System.out.println("skipped: " + family + ": " + e.getMessage());
                continue;
            }
            for (Option<?> option : OptionTable.all()) {
                if (option.access() != Option.Access.READ_WRITE) {
                    continue;
                }
                boolean first = true;
                for (Object value : values(option.type())) {
                    if (!first && turn++ % STEP != 0) {
                        continue;
                    }
                    first = false;
                    String difference = tryOut(family, option, value);
                    if (difference == null) {
                        break; // no such option here
                    }
                    rows++;
                    if (difference.isEmpty()) {
                        agreed.add(option.name());
                    } else {
                        changed.computeIfAbsent(option.name(), name -> new TreeSet<>())
                                .add(family + " " + difference);
                    }
                }
            }
        }
        System.out.println(rows + " rows of " + agreed.size() + " options");
        assertEquals(Map.of(), changed);
        assertTrue(agreed.size() >= 100, agreed::toString);
    }

    @Test
    void theRefusalTellsTheRange() throws IOException {
        try (Fixture tcp = Family.TCP4.open()) {
            assertRefused("IP_TOS: 300 is outside of 0 to 255", () -> IpOptions.IP_TOS.set(tcp.fd(), 300));
            assertRefused("IP_TOS: -1 is outside of 0 to 255", () -> IpOptions.IP_TOS.set(tcp.fd(), -1));
            for (Option<Integer> size : List.of(
                    SocketOptions.SO_SNDBUF,
                    SocketOptions.SO_RCVBUF,
                    SocketOptions.SO_SNDBUFFORCE,
                    SocketOptions.SO_RCVBUFFORCE)) {
                assertRefused(size + ": -1 is less than 0", () -> size.set(tcp.fd(), -1));
            }
            assertRefused("SO_RCVLOWAT: 0 is less than 1", () -> SocketOptions.SO_RCVLOWAT.set(tcp.fd(), 0));
            assertRefused("TCP_LINGER2: 121 is outside of -1 to 120", () -> TcpOptions.TCP_LINGER2.set(tcp.fd(), 121));
            assertRefused(
                    "IPV6_ADDR_PREFERENCES: 0x8 has bits outside of 0x507, which the kernel would ignore",
                    () -> Ipv6Options.IPV6_ADDR_PREFERENCES.set(tcp.fd(), 8));
            assertRefused(
                    "SO_LINGER: -1 seconds: give 0 or more",
                    () -> SocketOptions.SO_LINGER.set(tcp.fd(), Linger.ofSeconds(-1)));
        }
    }

    private static void assertRefused(String words, Executable set) {
        assertEquals(words, assertThrows(IllegalArgumentException.class, set).getMessage());
    }

    /** What an option of TLS asks for: first the four bytes that name the cipher, then as many as it has. */
    @ParameterizedTest
    @CsvSource({"51, 40", "52, 56", "53, 40", "54, 56", "55, 40", "56, 40", "57, 40", "58, 56", "99, 0"})
    void keysOfTlsAreAskedForExactly(int cipher, int size) {
        ByteBuffer b = ByteBuffer.allocateDirect(64).order(ByteOrder.nativeOrder());
        assertEquals(4, TlsOptions.TLS_TX.codec().request(null, b));
        b.putShort(2, (short) cipher);
        assertEquals(size, TlsOptions.TLS_TX.codec().rest(b, 4));
    }

    private static long number(Object value) {
        if (value instanceof Duration time) {
            return time.toSeconds() > Integer.MAX_VALUE ? Long.MAX_VALUE : time.toNanos();
        }
        return value instanceof Boolean flag ? (flag ? 1 : 0) : value instanceof Number n ? n.longValue() : 0;
    }

    private static boolean isDocumented(Family family, String option, Object value, Object read) {
        if (family.name().startsWith("MPTCP") && IGNORED_BY_MPTCP.contains(option)) {
            return true;
        }
        if (value instanceof Linger linger && read instanceof Linger got) {
            return !linger.onoff() && !got.onoff(); // which has no seconds
        }
        BiPredicate<Long, Long> words = DOCUMENTED.get(option);
        return words != null && words.test(number(value), number(read));
    }

    /** Nothing where the value came back or was refused, null where the socket has no such option. */
    private static <T> @Nullable String tryOut(Family family, Option<T> option, Object value) throws IOException {
        try (Fixture fixture = family.open()) {
            T typed = option.type().cast(value);
            try {
                option.set(fixture.fd(), typed);
            } catch (IllegalArgumentException refused) {
                return "";
            } catch (IOException e) {
                Errno errno = Errors.errnoOf(e).orElseThrow();
                return errno.equals(Errno.ENOPROTOOPT) ? null : "";
            }
            try {
                T back = option.get(fixture.fd());
                return Objects.deepEquals(back, typed) || isDocumented(family, option.name(), typed, back)
                        ? ""
                        : value + " -> " + back;
            } catch (IOException e) {
                return ""; // set only in this state
            }
        }
    }
}
