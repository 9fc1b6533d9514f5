package io.sockfd.bpf;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An address in a filter, or the beginning of one. */
final class FilterAddress {
    private static final Pattern DOT = Pattern.compile("\\.");
    private static final Pattern PART = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){0,3}");
    private static final Pattern IP6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*");

    private final byte[] bytes;
    private final int bits;

    private FilterAddress(byte[] bytes, int bits) {
        this.bytes = bytes;
        this.bits = bits;
    }

    /** 4 or 16, in network byte order; what was not said is zero. */
    byte[] bytes() {
        return bytes;
    }

    /** How many bits were said. */
    int bits() {
        return bits;
    }

    /** A complete one, null for anything else. */
    static byte @Nullable [] whole(String text) {
        FilterAddress address = part(text);
        return address == null || address.bits < address.bytes.length * 8 ? null : address.bytes;
    }

    /** One that may have fewer than four numbers, null for anything else. */
    static @Nullable FilterAddress part(String text) {
        if (PART.matcher(text).matches()) {
            String[] numbers = DOT.split(text, -1);
            byte[] bytes = new byte[4];
            for (int i = 0; i < numbers.length; i++) {
                int number = Integer.parseInt(numbers[i]);
                if (number > 0xff) {
                    return null;
                }
                bytes[i] = (byte) number;
            }
            return new FilterAddress(bytes, numbers.length * 8);
        }
        return IP6.matcher(text).matches() ? ip6(text) : null;
    }

    private static @Nullable FilterAddress ip6(String text) {
        byte[] bytes;
        try {
            bytes = InetAddress.getByName("[" + text + "]").getAddress(); // a literal: nothing is looked up
        } catch (UnknownHostException e) {
            return null;
        }
        if (bytes.length == 4) { // the JDK takes ::ffff:10.0.0.1 for IPv4
            byte[] mapped = new byte[16];
            mapped[10] = -1;
            mapped[11] = -1;
            System.arraycopy(bytes, 0, mapped, 12, 4);
            bytes = mapped;
        }
        return new FilterAddress(bytes, 128);
    }

    /** The length of a prefix by its mask, -1 for no such mask. */
    static int maskBits(String text) {
        byte[] mask = whole(text);
        if (mask == null || mask.length != 4) {
            return -1;
        }
        int bits = 0;
        while (bits < 32 && bit(mask, bits)) {
            bits++;
        }
        return new FilterAddress(mask, 32).endsWithin(bits) ? bits : -1;
    }

    /** Whether all is zero from this bit on. */
    boolean endsWithin(int from) {
        for (int i = from; i < bytes.length * 8; i++) {
            if (bit(bytes, i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean bit(byte[] bytes, int index) {
        return (bytes[index / 8] & (0x80 >> (index % 8))) != 0;
    }
}
