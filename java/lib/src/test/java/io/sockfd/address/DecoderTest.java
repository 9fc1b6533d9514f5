package io.sockfd.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.raw.Linux;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The kernel may answer anything: decoding is total. */
class DecoderTest {
    private static final int SEED = 40_423;
    private static final int CASES = 200_000;
    private static final int FAMILIES = 48;

    /** A value that decodes is one the kernel would be told again: set and decode agree, and so does the text. */
    private static SocketAddress check(Sockaddr s, Sockaddr again) {
        SocketAddress address = s.decode();
        again.set(address);
        assertEquals(address, again.decode(), s::toString);
        String text = s.toString();
        assertEquals(again, Sockaddr.of(Addresses.parse(text)), text);
        return address;
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void noBytesOfAnyLengthOfAnyFamilyThrow() {
        Random r = new Random(SEED);
        Sockaddr s = new Sockaddr();
        Sockaddr again = new Sockaddr();
        Map<Class<?>, Integer> seen = new HashMap<>();
        for (int i = 0; i < CASES; i++) {
            byte[] bytes = RandomAddress.bytes(r, Sockaddr.CAPACITY);
            if (r.nextBoolean()) {
                // mostly zeros and small numbers, as real answers are
                for (int k = 0; k < bytes.length; k++) {
                    bytes[k] = r.nextInt(4) == 0 ? (byte) (bytes[k] & 0x7f) : 0;
                }
            }
            s.buffer().put(0, bytes);
            s.buffer().putShort(0, (short) (i % FAMILIES));
            s.length(i / FAMILIES % (Sockaddr.CAPACITY + 1));
            seen.merge(check(s, again).getClass(), 1, Integer::sum);
        }
        assertTrue(seen.size() >= 17, () -> "types seen: " + seen);
    }

    @Test
    void everyTruncationOfEveryTypeDecodes() {
        Random r = new Random(SEED);
        Sockaddr s = new Sockaddr();
        Sockaddr again = new Sockaddr();
        for (var type : RandomAddress.TYPES) {
            for (int length = 0; length <= Sockaddr.CAPACITY; length++) {
                s.set(type.apply(r));
                s.length(length);
                check(s, again);
            }
        }
    }

    @Test
    void aLengthThatDoesNotFitStaysBytes() {
        Sockaddr s = Sockaddr.of(Addresses.parse("127.0.0.1:80"));
        s.length(15);
        RawAddress raw = (RawAddress) s.decode();
        assertEquals(Linux.AF_INET, raw.family());
        assertEquals(15, raw.bytes().length);
        assertEquals(13, raw.data().length);
        s.length(1);
        assertEquals(Linux.AF_UNSPEC, ((RawAddress) s.decode()).family());
        s.length(0);
        assertEquals("raw::", s.toString());
    }

    @Test
    void theKernelsShortAnswersForCanAndPacketDecode() {
        Sockaddr s = Sockaddr.of(new CanAddress(5, 1, 2));
        s.length(8);
        assertEquals(new CanAddress(5), s.decode());
        s.set(Addresses.parse("packet:1/3/02:00:00:00:00:01?hatype=1"));
        s.length(18);
        assertEquals(Addresses.parse("packet:1/3/02:00:00:00:00:01?hatype=1"), s.decode());
        s.length(17);
        assertEquals(RawAddress.class, s.decode().getClass());
    }

    @Test
    void aMappedAddressWithAScopeLosesNothing() {
        Inet6SocketAddress scoped = Inet6SocketAddress.parse("[::ffff:1.2.3.4%3]:5");
        assertEquals(scoped, Sockaddr.of(scoped).decode());
        assertEquals(3, ((Inet6SocketAddress) Sockaddr.of(scoped).decode()).scopeId());
        assertNotNull(scoped.address());
    }
}
