package io.sockfd.packet;

import org.jspecify.annotations.Nullable;

/** What every extension header that came after RFC 6564 begins with: the next header, and a length in units of 8 bytes. */
final class ExtensionHeader extends Header<ExtensionHeader> {
    private static final int UNIT = 8;

    ExtensionHeader() {
        super(UNIT);
    }

    @Override
    String name() {
        return "IPv6 extension header";
    }

    @Override
    @Nullable
    String problem() {
        return measured((u8(1) + 1) * UNIT);
    }

    int nextHeader() {
        return u8(0);
    }
}
