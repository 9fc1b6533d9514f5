package io.sockfd.packet;

import org.jspecify.annotations.Nullable;

/**
 * The hop-by-hop options and the destination options of IPv6, RFC 8200 sections 4.3 and 4.6. They look alike; the header
 * before says which it is.
 *
 * <pre>
 *      0               1               2
 *     +---------------+---------------+-------------------------+
 *     |  next header  | hdr ext len n |  options, 8n + 6 bytes  |
 *     +---------------+---------------+-------------------------+
 * </pre>
 */
public final class Ipv6Extension extends Header<Ipv6Extension> {
    /** With 6 bytes of options or padding. */
    public static final int SIZE = 8;

    static final int FIXED = 2;
    static final int MOST = 256 * 8;

    private final Ipv6OptionList options = new Ipv6OptionList(this);

    public Ipv6Extension() {
        super(SIZE);
    }

    @Override
    String name() {
        return "IPv6 options header";
    }

    @Override
    @Nullable
    String problem() {
        return measured((hdrExtLen() + 1) * 8);
    }

    @Override
    void defaults() {
        put8(0, 59, "nextHeader");
        options.pad(offset + FIXED, offset + SIZE);
    }

    @Override
    void resize(int bytes) {
        super.resize(bytes);
        put8(1, bytes / 8 - 1, "hdrExtLen");
    }

    /** An {@code IPPROTO_} number. */
    public int nextHeader() {
        return u8(0);
    }

    public Ipv6Extension nextHeader(int number) {
        return put8(0, number, "nextHeader");
    }

    /** In units of 8 bytes, without the first 8. */
    public int hdrExtLen() {
        return u8(1);
    }

    /** The options, from the first; always the same cursor. */
    public Ipv6OptionList options() {
        return options.rewind();
    }
}
