package io.sockfd.packet;

import io.sockfd.address.HardwareAddress;
import java.util.Random;

/** What random packets are filled with, the same for the same seed. */
final class Dice {
    private final Random random;

    Dice(long seed) {
        random = new Random(seed);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean flip() {
        return random.nextBoolean();
    }

    boolean oneIn(int count) {
        return random.nextInt(count) == 0;
    }

    int of(int... values) {
        return values[random.nextInt(values.length)];
    }

    int u8() {
        return random.nextInt(0x100);
    }

    int u16() {
        return random.nextInt(0x1_0000);
    }

    long u32() {
        return random.nextLong() & 0xffff_ffffL;
    }

    byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Of up to 63 bytes. */
    byte[] data() {
        return bytes(random.nextInt(64));
    }

    HardwareAddress mac() {
        byte[] mac = bytes(6);
        mac[0] = 2;
        return HardwareAddress.of(mac);
    }

    String v4() {
        return "10." + u8() + "." + u8() + "." + u8();
    }

    String v6() {
        return "2001:db8::" + Integer.toHexString(u16()) + ":" + Integer.toHexString(u16());
    }

    /** One that nobody takes for that of a protocol. */
    int port() {
        return 50_100 + random.nextInt(1000);
    }

    /** A label of a name. */
    String word() {
        StringBuilder word = new StringBuilder();
        for (int i = 1 + random.nextInt(12); i > 0; i--) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        return word.toString();
    }
}
