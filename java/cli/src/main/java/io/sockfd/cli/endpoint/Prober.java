package io.sockfd.cli.endpoint;

import static io.sockfd.raw.Linux.EMFILE;
import static io.sockfd.raw.Linux.ENFILE;

import io.sockfd.ErrnoException;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.event.EventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Iterator;

/** Tries to connect to many addresses, so many at a time, on one thread. What connects is closed at once. */
public final class Prober {
    private static final Duration SHORTAGE_PAUSE = Duration.ofMillis(10);

    private final EventLoop loop;
    private final Iterator<? extends Probe> waiting;
    private final Duration timeout;
    private final Observer observer;
    private int atOnce;
    private int running;

    /** What is tried. */
    public interface Probe {
        SocketAddress address();

        SocketType type();
    }

    /** Whom to tell. */
    @FunctionalInterface
    public interface Observer {
        void ended(Probe probe, Outcome outcome);
    }

    private Prober(EventLoop loop, Iterator<? extends Probe> probes, int atOnce, Duration timeout, Observer observer) {
        this.loop = loop;
        waiting = probes;
        this.atOnce = atOnce;
        this.timeout = timeout;
        this.observer = observer;
    }

    /**
     * Returns when all have ended, or when the loop is stopped.
     *
     * @param loop not yet running; closed at the end
     */
    public static void run(
            EventLoop loop, Iterator<? extends Probe> probes, int atOnce, Duration timeout, Observer observer)
            throws IOException {
        Prober prober = new Prober(loop, probes, atOnce, timeout, observer);
        loop.execute(prober::next);
        loop.run();
    }

    private void next() {
        while (running < atOnce && waiting.hasNext() && !loop.isStopping()) {
            running++;
            begin(waiting.next());
        }
        if (running == 0) {
            loop.stop(Duration.ZERO);
        }
    }

    private void begin(Probe probe) {
        long began = System.nanoTime();
        Connecting.begin(
                loop,
                probe.address(),
                probe.type(),
                timeout,
                socket -> {
                    boolean self = isConnectedToItself(socket, probe.address());
                    socket.close();
                    long nanos = System.nanoTime() - began;
                    end(probe, self ? Outcome.refused(nanos) : Outcome.open(nanos));
                },
                failure -> {
                    if (isShortage(failure) && running > 1) {
                        atOnce = running - 1; // fewer from now on; this one when others have ended
                        loop.schedule(SHORTAGE_PAUSE, () -> begin(probe));
                    } else {
                        end(probe, Outcome.of(failure, System.nanoTime() - began));
                    }
                });
    }

    /** A port of this host's own range may be chosen as the local one, and then TCP connects to itself. */
    private static boolean isConnectedToItself(Socket socket, SocketAddress address) throws IOException {
        return address instanceof InetSocketAddress && socket.getLocalAddress().equals(address);
    }

    private static boolean isShortage(IOException e) {
        int errno = e instanceof ErrnoException known ? known.errno().value() : 0;
        return errno == EMFILE || errno == ENFILE;
    }

    private void end(Probe probe, Outcome outcome) {
        observer.ended(probe, outcome);
        running--;
        loop.execute(this::next);
    }
}
