package io.sockfd;

/**
 * SO_LINGER: what {@code close} does with data not yet sent. See
 * <a href="https://man7.org/linux/man-pages/man7/socket.7.html">socket(7)</a>.
 *
 * @param onoff false: close returns at once and the kernel sends on in the background
 * @param seconds how long close waits for the peer's acknowledgement; 0 drops the data and sends RST
 */
public record Linger(boolean onoff, int seconds) {
    /** The default: close returns at once, and what is queued is still sent. */
    public static final Linger OFF = new Linger(false, 0);

    /** Close resets a TCP connection: queued data is lost, the peer sees ECONNRESET, there is no TIME_WAIT. */
    public static final Linger RESET = new Linger(true, 0);

    /** Close waits up to {@code seconds}. */
    public static Linger ofSeconds(int seconds) {
        return new Linger(true, seconds);
    }
}
