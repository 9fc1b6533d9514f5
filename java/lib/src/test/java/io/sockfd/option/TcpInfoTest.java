package io.sockfd.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.raw.Linux;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TCP_INFO of old and new kernels: the length says which fields there are. */
class TcpInfoTest {
    private static final int NEWEST = 280;
    private static final int NEWER_THAN_ALL = 400;

    /** Byte n is n, so that each field says where it was read. */
    private static TcpInfo decode(int length) {
        ByteBuffer b = ByteBuffer.allocate(NEWER_THAN_ALL).order(ByteOrder.nativeOrder());
        for (int i = 0; i < length; i++) {
            b.put(i, (byte) i);
        }
        return TcpInfo.CODEC.decode(b, length);
    }

    private static long u32(int at) {
        ByteBuffer b = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder());
        for (int i = 0; i < Integer.BYTES; i++) {
            b.put(i, (byte) (at + i));
        }
        return Integer.toUnsignedLong(b.getInt(0));
    }

    @ParameterizedTest
    @CsvSource({
        // length, its last field and the first that is missing: Linux 2.6, 4.6, 4.10, 5.4, 6.7, 6.18
        "104, totalRetrans, pacingRate",
        "160, dataSegsOut, deliveryRate",
        "192, sndbufLimitedMicros, delivered",
        "232, sndWnd, rcvWnd",
        "248, totalRtoTimeMillis, receivedCe",
        "280, accecn, ''"
    })
    void theLengthSaysWhichFieldsThereAre(int length, String last, String missing) throws ReflectiveOperationException {
        TcpInfo info = decode(length);
        assertEquals(length, info.length());
        assertTrue(isPresent(info, last), last);
        if (!missing.isEmpty()) {
            assertFalse(isPresent(info, missing), missing);
        }
        assertEquals(u32(68), info.rttMicros());
        assertEquals(u32(100), info.totalRetrans());
    }

    private static boolean isPresent(TcpInfo info, String field) throws ReflectiveOperationException {
        Object value = TcpInfo.class.getMethod(field).invoke(info);
        return !(value instanceof OptionalLong optional) || optional.isPresent();
    }

    @ParameterizedTest
    @CsvSource({"104, 0", "160, 10", "192, 14", "232, 22", "248, 27", "280, 35", "400, 35"})
    void soManyOptionalFieldsArePresent(int length, int expected) throws ReflectiveOperationException {
        TcpInfo info = decode(length);
        int present = 0;
        for (var method : TcpInfo.class.getMethods()) {
            if (method.getReturnType() == OptionalLong.class && ((OptionalLong) method.invoke(info)).isPresent()) {
                present++;
            }
        }
        assertEquals(expected, present);
    }

    @Test
    void fieldsAreWhereTheKernelPutsThem() {
        TcpInfo info = decode(NEWEST);
        assertEquals(0, info.state());
        assertEquals(5, info.options());
        assertEquals(u32(8), info.rtoMicros());
        assertEquals(u32(228), info.sndWnd().orElseThrow());
        assertEquals(u32(232), info.rcvWnd().orElseThrow());
        assertEquals(u32(244), info.totalRtoTimeMillis().orElseThrow());
        assertEquals(u32(272), info.receivedCeBytes().orElseThrow());
    }

    @Test
    void aFieldThatIsZeroIsNotAbsent() {
        ByteBuffer b = ByteBuffer.allocate(NEWEST).order(ByteOrder.nativeOrder());
        b.put(0, (byte) Linux.TCP_ESTABLISHED);
        TcpInfo info = TcpInfo.CODEC.decode(b, NEWEST);
        assertEquals(OptionalLong.of(0), info.bytesAcked());
        assertEquals("TcpInfo[state=1]", info.toString());
    }
}
