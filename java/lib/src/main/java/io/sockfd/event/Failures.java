package io.sockfd.event;

import io.sockfd.Descriptor;
import io.sockfd.Socket;
import io.sockfd.option.SocketOptions;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.channels.NotYetConnectedException;
import java.time.Duration;
import java.util.function.BiPredicate;

/** What an {@link EventLoop} does when a handler has thrown. */
final class Failures {
    private static final int MOST_FAILURES = 8;
    private static final Duration PAUSE = Duration.ofMillis(1);

    private final Resting.Alarm alarm;
    private final FailureLog log = new FailureLog();
    private volatile BiPredicate<Descriptor, Throwable> decider = this::report;

    Failures(Resting.Alarm alarm) {
        this.alarm = alarm;
    }

    /** Who says whether the descriptor is closed. */
    void decider(BiPredicate<Descriptor, Throwable> decider) {
        this.decider = decider;
    }

    void ofHandler(Registration registration, Throwable failure) {
        if (decide(registration.descriptor(), failure)) {
            close(registration.descriptor());
        } else if (registration.isValid()) {
            if (++registration.failures >= MOST_FAILURES) {
                registration.failures = 0;
                rest(registration, PAUSE);
            } else if ((registration.events() & Linux.EPOLLONESHOT) != 0) {
                watchAgain(registration);
            }
        }
    }

    /** The handler did not come to it. */
    private void watchAgain(Registration registration) {
        try {
            registration.modify(registration.events());
        } catch (IOException e) {
            rest(registration, PAUSE);
        }
    }

    /** Nothing is watched for meanwhile. */
    void rest(Registration registration, Duration pause) {
        Resting.begin(alarm, registration, pause);
    }

    void ofConnection(Descriptor descriptor, Throwable failure) {
        if (decide(descriptor, failure)) {
            close(descriptor);
        }
    }

    void ofAccepted(Socket socket, Throwable failure) {
        boolean ignored = decide(socket, failure);
        close(socket);
    }

    private boolean decide(Descriptor descriptor, Throwable failure) {
        try {
            return decider.test(descriptor, failure);
        } catch (Throwable e) {
            e.addSuppressed(failure);
            warn("onFailure of an event loop failed", e);
            return isConnection(descriptor);
        }
    }

    private boolean report(Descriptor descriptor, Throwable failure) {
        boolean connection = isConnection(descriptor);
        boolean routine = connection && failure instanceof IOException; // a peer that left
        log.report(
                routine ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING,
                (connection ? "a handler failed, closed: " : "a handler failed, goes on: ") + descriptor,
                failure);
        return connection;
    }

    void close(Descriptor descriptor) {
        try {
            descriptor.close();
        } catch (IOException e) {
            warn("cannot close " + descriptor, e);
        }
    }

    void warn(String what, Throwable failure) {
        log.report(System.Logger.Level.WARNING, what, failure);
    }

    /** As {@link EventLoop#isConnection}. */
    static boolean isConnection(Descriptor descriptor) {
        if (!(descriptor instanceof Socket socket)) {
            return false;
        }
        int type = socket.type().value();
        int domain = socket.domain().value();
        boolean many = domain == Linux.AF_INET || domain == Linux.AF_INET6; // SCTP's SEQPACKET is one to many
        return (type == Linux.SOCK_STREAM || (type == Linux.SOCK_SEQPACKET && !many)) && !isListening(socket);
    }

    /** False after a close. */
    private static boolean isListening(Socket socket) {
        try {
            return socket.getOption(SocketOptions.SO_ACCEPTCONN);
        } catch (IOException | NotYetConnectedException e) {
            return false;
        }
    }
}
