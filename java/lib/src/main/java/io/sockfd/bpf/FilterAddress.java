package io.sockfd.bpf;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.regex.Pattern;

/** An address in a filter, or the beginning of one. */
final class FilterAddress {
    private static final Pattern DOT = Pattern.compile("\\.");
    private static final Pattern SEPARATOR = Pattern.compile("[:.-]");
    private static final int MOST = 0xff;
    private static final int NODE_BITS = 10;

    private final byte[] bytes;
    private final int bits;

    private FilterAddress(byte[] bytes, int bits) {
        this.bytes = bytes;
        this.bits = bits;
    }

    /** Two to four numbers with dots: what was not said is zero. */
    static FilterAddress of4(String text) {
        String[] numbers = DOT.split(text, -1);
        byte[] bytes = new byte[4];
        for (int i = 0; i < numbers.length; i++) {
            int number = Numbers.parse(numbers[i]);
            if (number < 0 || number > MOST) {
                throw new BpfException("an IPv4 address has numbers up to 255");
            }
            bytes[i] = (byte) number;
        }
        return new FilterAddress(bytes, numbers.length * 8);
    }

    /** IPv6. */
    static FilterAddress of6(String text) {
        byte[] bytes;
        try {
            bytes = InetAddress.getByName("[" + text + "]").getAddress(); // a literal: nothing is looked up
        } catch (UnknownHostException e) {
            throw new BpfException("this is no IPv6 address");
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

    /** A network by one number: 10 is 10.0.0.0/8, and 2560 is 10.0.0.0/16. */
    static FilterAddress ofNumber(int number) {
        int bits = 32;
        int address = number;
        while (address != 0 && address >>> 24 == 0) {
            address <<= 8;
            bits -= 8;
        }
        return new FilterAddress(ByteBuffer.allocate(4).putInt(address).array(), bits);
    }

    /** A network as /etc/networks has it: the zeros at its end are not said. */
    static FilterAddress ofNetwork(String text) {
        FilterAddress whole = of4(text);
        int bits = 32;
        while (bits > 0 && whole.bytes[bits / 8 - 1] == 0) {
            bits -= 8;
        }
        return new FilterAddress(whole.bytes, bits);
    }

    /** Six bytes, in any of the notations of pcap-filter(7). */
    static byte[] hardware(String text) {
        String[] parts = SEPARATOR.split(text, -1);
        StringBuilder digits = new StringBuilder();
        for (String part : parts) {
            digits.append(parts.length == 6 && part.length() == 1 ? "0" : "").append(part);
        }
        byte[] bytes = new byte[6];
        if (digits.length() != 2 * bytes.length) {
            throw new BpfException("an Ethernet address has six bytes: " + text);
        }
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(digits.substring(2 * i, 2 * i + 2), 16);
        }
        return bytes;
    }

    /** 4 or 16, in network byte order; what was not said is zero. */
    byte[] bytes() {
        return bytes;
    }

    /** How many bits were said. */
    int bits() {
        return bits;
    }

    /** Of IPv4, as one number. */
    int number() {
        return ByteBuffer.wrap(bytes).getInt();
    }

    /** So many ones on the left, of 32. */
    int mask(int ones) {
        return ones == 0 ? 0 : -1 << (32 - ones);
    }

    /** {@code area.node} of DECnet. */
    static int decnet(String text) {
        String[] numbers = DOT.split(text, -1);
        if (numbers.length != 2) {
            throw new BpfException("an address of DECnet is AREA.NODE");
        }
        return Numbers.parse(numbers[0]) << NODE_BITS | Numbers.parse(numbers[1]);
    }

    /** Whether all is zero from this bit on. */
    boolean endsWithin(int from) {
        for (int i = from; i < bytes.length * 8; i++) {
            if ((bytes[i / 8] & (0x80 >> (i % 8))) != 0) {
                return false;
            }
        }
        return true;
    }
}
