package io.sockfd.bpf;

import org.jspecify.annotations.Nullable;

/**
 * What comes before an address, a name or a number; null where it was not said.
 *
 * @param protocol a word of {@link FilterWords#PROTOCOLS}
 * @param direction such as {@code src}, {@code src or dst}, {@code ra}
 * @param type such as {@code host}
 */
record Qualifiers(
        @Nullable String protocol,
        @Nullable String direction,
        @Nullable String type) {
    boolean isLink() {
        return protocol != null && FilterWords.LINK.contains(protocol);
    }

    /** The type, for messages and for what takes no type for host. */
    String kind() {
        return type == null ? "host" : type;
    }

    /** Refuses the directions of Wi-Fi. */
    void requirePlainDirection() {
        if (direction != null && FilterWords.RADIO_DIRECTIONS.contains(direction)) {
            throw new BpfException(direction + " is supported on 802.11 only");
        }
    }
}
