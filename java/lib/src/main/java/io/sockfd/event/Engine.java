package io.sockfd.event;

import java.util.Locale;

/** What an {@link EventLoop} waits by. */
public enum Engine {
    /** epoll(7): one call says what is ready, and a call for each operation does it. */
    EPOLL,

    /**
     * io_uring(7): what the {@linkplain EventLoop#serve peers} of the loop receive and send is submitted and comes back with
     * the one call that waits. What is watched by {@link EventLoop#add} and {@link EventLoop#accept} stays in an {@link
     * Epoll}, which the ring waits for. Needs Linux 6.1, a platform thread, and that nobody forbids it.
     */
    URING;

    private static final String PROPERTY = "sockfd.engine";

    /**
     * What {@code -Dsockfd.engine} says, {@code epoll} or {@code uring}; epoll if it says nothing.
     *
     * @throws IllegalArgumentException when it says anything else
     */
    public static Engine preferred() {
        String name = System.getProperty(PROPERTY, "");
        if (name.isEmpty()) {
            return EPOLL;
        }
        for (Engine engine : values()) {
            if (engine.toString().equals(name)) {
                return engine;
            }
        }
        throw new IllegalArgumentException("-D" + PROPERTY + "=" + name + ": epoll or uring, please");
    }

    /** As {@code -Dsockfd.engine} has it, in small letters. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
