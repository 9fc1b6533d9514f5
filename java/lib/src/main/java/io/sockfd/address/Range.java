package io.sockfd.address;

/** Checks what constructors are given; each gives the value back. */
final class Range {
    private Range() {}

    static int u8(int value, String what) {
        return check(value, (int) Notation.U8, what);
    }

    static int u16(int value, String what) {
        return check(value, (int) Notation.U16, what);
    }

    static int ifindex(int value) {
        return check(value, Integer.MAX_VALUE, "ifindex");
    }

    private static int check(int value, int max, String what) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException(what + " is 0 to " + max + ", not " + value);
        }
        return value;
    }
}
