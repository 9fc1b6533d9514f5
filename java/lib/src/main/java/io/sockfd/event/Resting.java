package io.sockfd.event;

import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;

/**
 * A registration of an {@link EventLoop} that is not watched for a while, because its descriptor would be ready for ever and
 * its handler fail for ever. For the loop's thread.
 */
final class Resting {
    /** Nothing is watched for: EPOLLERR and EPOLLHUP come unasked, but with this flag once. */
    private static final int NOTHING = Linux.EPOLLONESHOT;

    /** The loop's timers. */
    interface Alarm {
        void set(Duration delay, Runnable task);
    }

    private final Registration registration;
    private final int events;

    private Resting(Registration registration) {
        this.registration = registration;
        this.events = registration.events();
    }

    /** Nothing happens when it rests already, or when its events cannot be changed. */
    static void begin(Alarm alarm, Registration registration, Duration pause) {
        if (isResting(registration)) {
            return;
        }
        Resting resting = new Resting(registration);
        try {
            registration.modify(NOTHING);
            registration.resting = true;
            alarm.set(pause, () -> resting.end(alarm, pause));
        } catch (IOException e) {
            // closed, or EPOLLEXCLUSIVE: it goes on as it is
        }
    }

    /** Who changes the events ends the rest. */
    static boolean isResting(Registration registration) {
        return registration.resting && registration.events() == NOTHING;
    }

    private void end(Alarm alarm, Duration pause) {
        if (!isResting(registration)) {
            registration.resting = false;
            return;
        }
        try {
            registration.modify(events);
            registration.resting = false;
        } catch (ClosedChannelException e) {
            // nothing to watch any more
        } catch (IOException e) {
            if (registration.isValid()) {
                alarm.set(pause, () -> end(alarm, pause)); // no memory in the kernel: or it would be deaf
            }
        }
    }
}
