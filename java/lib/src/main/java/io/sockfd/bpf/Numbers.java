package io.sockfd.bpf;

/** Numbers of 32 bits in the notations of C, with 0b for binary. */
final class Numbers {
    private static final long MOST = 0xffff_ffffL;

    private Numbers() {}

    /**
     * The number.
     *
     * @throws BpfException when it is none, or has more than 32 bits with or without a sign
     */
    static int parse(String text) {
        String digits = text.startsWith("+") ? text.substring(1) : text;
        boolean negative = digits.startsWith("-");
        digits = negative ? digits.substring(1) : digits;
        long value = unsigned(text, digits);
        if (value > (negative ? 1L << 31 : MOST)) {
            throw new BpfException("the number " + text + " has more than 32 bits");
        }
        return (int) (negative ? -value : value);
    }

    private static long unsigned(String text, String digits) {
        try {
            if (digits.startsWith("0x") || digits.startsWith("0X")) {
                return parse(digits.substring(2), 16);
            } else if (digits.startsWith("0b") || digits.startsWith("0B")) {
                return parse(digits.substring(2), 2);
            } else if (digits.length() > 1 && digits.startsWith("0")) {
                return parse(digits.substring(1), 8);
            }
            return parse(digits, 10);
        } catch (NumberFormatException e) {
            throw new BpfException("no number: " + text);
        }
    }

    /** As Long.parseLong, without signs, without the digits of other scripts, and with what is too long as too large. */
    private static long parse(String digits, int radix) {
        if (digits.isEmpty()) {
            throw new NumberFormatException(digits);
        }
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            int digit = c < 0x80 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                throw new NumberFormatException(digits);
            }
            value = Math.min(value * radix + digit, MOST + 1);
        }
        return value;
    }
}
