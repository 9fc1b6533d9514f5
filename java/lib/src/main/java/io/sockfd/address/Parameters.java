package io.sockfd.address;

/** Writes {@code ?key=value&key=value}; a value of 0 is left out. */
final class Parameters {
    private final StringBuilder text = new StringBuilder();

    Parameters dec(String key, int value) {
        return value == 0 ? this : put(key, Integer.toUnsignedString(value));
    }

    Parameters hex(String key, int value) {
        return value == 0 ? this : put(key, "0x" + Integer.toHexString(value));
    }

    Parameters hex(String key, long value) {
        return value == 0 ? this : put(key, "0x" + Long.toHexString(value));
    }

    private Parameters put(String key, String value) {
        text.append(text.isEmpty() ? '?' : '&').append(key).append('=').append(value);
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
