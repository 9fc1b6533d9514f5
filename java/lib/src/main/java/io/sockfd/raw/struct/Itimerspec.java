package io.sockfd.raw.struct;

/**
 * When a timer fires, and how often after that. See
 * <a href="https://man7.org/linux/man-pages/man2/timerfd_create.2.html">timerfd_create(2)</a>.
 *
 * <pre>
 *         +-----------------------------+
 *      0  | struct timespec it_interval |  0: once
 *     16  | struct timespec it_value    |  0: disarmed
 *     32  +-----------------------------+
 * </pre>
 */
public final class Itimerspec {
    public static final int SIZE = 32;

    public static final int IT_INTERVAL = 0;
    public static final int IT_VALUE = 16;

    private Itimerspec() {}
}
