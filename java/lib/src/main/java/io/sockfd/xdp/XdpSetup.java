package io.sockfd.xdp;

/**
 * The rings of a socket, and how frames get into them. All counts are powers of two.
 *
 * @param receive frames that the receive ring takes; 0 for a socket that only sends
 * @param transmit frames that the transmit ring and the completion ring take; 0 for one that only receives
 * @param fill chunks that the kernel has for what comes, in the fill ring and the receive ring together; 0 without a receive
 *     ring
 * @param copy whether the driver must or may read and write the chunks itself
 */
public record XdpSetup(int receive, int transmit, int fill, Copy copy) {
    /** Who copies. */
    public enum Copy {
        /** The driver uses the chunks itself where it can, else the kernel copies: {@link XdpSocket#copyReason} tells why. */
        WHERE_NEEDED,
        /** The kernel copies, XDP_COPY; every driver can. */
        ALWAYS,
        /** The driver uses the chunks itself, XDP_ZEROCOPY, or the socket cannot be opened: EOPNOTSUPP. */
        NEVER
    }

    /** Both directions, 2048 frames each. */
    public static final XdpSetup DEFAULT = new XdpSetup(2048, 2048, 2048, Copy.WHERE_NEEDED);

    /** To receive alone, 2048 frames. */
    public static final XdpSetup RECEIVE = new XdpSetup(2048, 0, 2048, Copy.WHERE_NEEDED);

    /** To send alone, 2048 frames; no program is needed at the interface. */
    public static final XdpSetup TRANSMIT = new XdpSetup(0, 2048, 0, Copy.WHERE_NEEDED);

    private static final int MOST = 1 << 16;

    /**
     * Checks the counts.
     *
     * @throws IllegalArgumentException for counts that are no power of two or more than 65,536, for no ring at all, and for a
     *     receive ring without a fill ring or the other way round
     */
    public XdpSetup {
        check(receive, "receive");
        check(transmit, "transmit");
        check(fill, "fill");
        if (receive + transmit == 0) {
            throw new IllegalArgumentException("a socket without a ring: give it one to receive, to transmit, or both");
        } else if ((receive == 0) != (fill == 0)) {
            throw new IllegalArgumentException("a receive ring of " + receive + " and a fill ring of " + fill
                    + ": one is of no use without the other");
        }
    }

    private static void check(int count, String what) {
        if (count < 0 || count > MOST || Integer.bitCount(count) > 1) {
            throw new IllegalArgumentException(
                    "a " + what + " ring of " + count + ": a power of two up to " + MOST + ", or 0 for none");
        }
    }

    /** With a receive ring and a fill ring of this length, and the chunks for them. */
    public XdpSetup withReceive(int frames) {
        return new XdpSetup(frames, transmit, frames, copy);
    }

    /** With a transmit ring of this length. */
    public XdpSetup withTransmit(int frames) {
        return new XdpSetup(receive, frames, fill, copy);
    }

    /** With another rule for copies. */
    public XdpSetup withCopy(Copy copy) {
        return new XdpSetup(receive, transmit, fill, copy);
    }
}
