package io.sockfd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Option.Access;
import io.sockfd.raw.Linux;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an option refuses before the kernel is asked, and the codecs. */
class OptionTest {
    private static final int NO_FD = -1;
    private static final Option<Integer> INT =
            Option.of("AN_INT", 1, 2, Access.READ_WRITE, Codecs.INT).needs("CAP_NET_ADMIN");

    private static ByteBuffer buffer(int... bytes) {
        ByteBuffer b = ByteBuffer.allocate(64).order(ByteOrder.nativeOrder());
        for (int i = 0; i < bytes.length; i++) {
            b.put(i, (byte) bytes[i]);
        }
        return b;
    }

    @Test
    void anOptionKnowsItsNameNumbersAndType() {
        assertEquals("AN_INT", INT.name());
        assertEquals("AN_INT", INT.toString());
        assertEquals(Integer.class, INT.type());
        assertEquals(1, INT.level());
        assertEquals(2, INT.optname());
        assertEquals("CAP_NET_ADMIN", INT.capability().orElseThrow());
        assertTrue(Option.bytes(1, 2).capability().isEmpty());
        assertEquals("option 2 of level 1", Option.bytes(1, 2).name());
    }

    @Test
    @SuppressWarnings({"unchecked", "NullAway"}) // what a caller without generics does
    void aWrongTypeIsRefusedWithWords() {
        Option<Object> raw = (Option<Object>) (Option<?>) INT;
        assertEquals("AN_INT takes a Integer, not a String", refused(() -> raw.set(NO_FD, "87")));
        assertEquals("AN_INT takes a Integer, not null", refused(() -> raw.set(NO_FD, null)));
        assertEquals("AN_INT takes a Integer, not a String", refused(() -> raw.get(NO_FD, "87")));
    }

    private static String refused(org.junit.jupiter.api.function.Executable call) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @Test
    void aGroupIsNoAddressInTimeWait() {
        String message = Errors.exception(-Linux.EADDRINUSE, "setsockopt", "IP_ADD_MEMBERSHIP=…")
                .getMessage();
        assertTrue(String.valueOf(message).endsWith("the group was joined already"), message);
    }

    @Test
    void accessIsKept() {
        Option<Integer> readOnly = Option.of("R", 1, 2, Access.READ_ONLY, Codecs.INT);
        Option<Integer> writeOnly = Option.of("W", 1, 2, Access.WRITE_ONLY, Codecs.INT);
        Option<Integer> control = Option.of("C", 1, 2, Access.CONTROL_MESSAGE, Codecs.INT);
        assertThrows(UnsupportedOperationException.class, () -> readOnly.set(NO_FD, 1));
        assertThrows(UnsupportedOperationException.class, () -> writeOnly.get(NO_FD));
        assertThrows(UnsupportedOperationException.class, () -> control.get(NO_FD));
        assertThrows(UnsupportedOperationException.class, () -> control.set(NO_FD, 1));
    }

    @Test
    void anIntMayComeInOneToFourBytes() {
        boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        assertEquals(255, Codecs.INT.decode(buffer(255, 9, 9, 9), 1));
        assertEquals(little ? 0x0201 : 0x0102, Codecs.INT.decode(buffer(1, 2, 9, 9), 2));
        assertEquals(little ? 0x030201 : 0x010203, Codecs.INT.decode(buffer(1, 2, 3, 9), 3));
        assertEquals(-1, Codecs.INT.decode(buffer(255, 255, 255, 255), 4));
        assertThrows(IllegalStateException.class, () -> Codecs.INT.decode(buffer(), 0));
        assertThrows(IllegalStateException.class, () -> Codecs.INT.decode(buffer(), 5));
        assertTrue(Codecs.BOOL.decode(buffer(7), 1));
        assertFalse(Codecs.BOOL.decode(buffer(), 4));
        assertEquals(0xffff_ffffL, Codecs.U32.decode(buffer(255, 255, 255, 255), 4));
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0, 0", "PT0.000000001S, 0, 1", "PT1.5S, 1, 500000", "PT0.999999001S, 1, 0", "PT1H, 3600, 0"})
    void aDurationIsRoundedUpToMicroseconds(Duration value, long seconds, long micros) {
        ByteBuffer b = buffer();
        assertEquals(16, Codecs.DURATION.encode(value, b));
        assertEquals(seconds, b.getLong(0));
        assertEquals(micros, b.getLong(8));
        assertEquals(Duration.ofSeconds(seconds, micros * 1000), Codecs.DURATION.decode(b, 16));
        assertThrows(IllegalStateException.class, () -> Codecs.DURATION.decode(b, 8));
    }

    @Test
    void textEndsAtItsNul() {
        Codec<String> codec = Codecs.string(16);
        assertEquals("ab", codec.decode(buffer('a', 'b', 0, 'c'), 16));
        assertEquals("ab", codec.decode(buffer('a', 'b', 'c'), 2));
        assertEquals("", codec.decode(buffer(), 0));
        assertEquals(2, codec.encode("ab", buffer()));
    }

    @Test
    void theRest() {
        ByteBuffer b = buffer();
        Codecs.BE_INT.encode(0x01020304, b);
        assertEquals(1, b.get(0));
        assertEquals(0x01020304, Codecs.BE_INT.decode(b, 4));
        assertEquals(8, Codecs.LINGER.encode(Linger.ofSeconds(3), b));
        assertEquals(Linger.ofSeconds(3), Codecs.LINGER.decode(b, 8));
        assertEquals(12, Codecs.INTS.encode(new int[] {1, 2, 3}, b));
        assertArrayEquals(new int[] {1, 2, 3}, Codecs.INTS.decode(b, 12));
        assertThrows(IllegalStateException.class, () -> Codecs.INTS.decode(b, 5));
        assertArrayEquals(new byte[] {5, 6}, Codecs.bytes(2).decode(buffer(5, 6, 7), 2));
        assertEquals(-1L, Codecs.U64.decode(buffer(255, 255, 255, 255, 255, 255, 255, 255), 8));
        assertEquals(0xffL, Codecs.U64.decode(buffer(255), 1));
    }

    @Test
    void optionsOfTheJdkAreFoundByNameAndType() {
        assertSame(INT, Option.from(INT, Linux.AF_INET));
        assertEquals(
                Linux.SO_KEEPALIVE,
                Option.from(StandardSocketOptions.SO_KEEPALIVE, Linux.AF_UNIX).optname());
        Option<Integer> tos = Option.from(StandardSocketOptions.IP_TOS, Linux.AF_INET);
        assertEquals(Linux.IPPROTO_IP, tos.level());
        Option<Integer> tclass = Option.from(StandardSocketOptions.IP_TOS, Linux.AF_INET6);
        assertEquals(Linux.IPPROTO_IPV6, tclass.level());
        assertEquals(Linux.IPV6_TCLASS, tclass.optname());
    }

    @Test
    void anOptionOfNobodyIsNamed() {
        SocketOption<Object> unknown = new SocketOption<>() {
            @Override
            public String name() {
                return "IP_NONE_SUCH";
            }

            @Override
            public Class<Object> type() {
                return Object.class;
            }
        };
        UnsupportedOperationException e =
                assertThrows(UnsupportedOperationException.class, () -> Option.from(unknown, Linux.AF_INET));
        assertTrue(String.valueOf(e.getMessage()).startsWith("IP_NONE_SUCH of type Object"), e.getMessage());
    }
}
