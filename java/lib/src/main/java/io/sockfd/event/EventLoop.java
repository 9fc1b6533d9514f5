package io.sockfd.event;

import io.sockfd.Descriptor;
import io.sockfd.ErrnoException;
import io.sockfd.Socket;
import io.sockfd.internal.wait.Nanos;
import io.sockfd.internal.wait.VirtualThreads;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One thread that serves many descriptors: handlers of readiness, timers, and tasks from other threads, over an
 * {@link Epoll}.
 *
 * <pre>{@code
 * try (EventLoop loop = EventLoop.open()) {
 *     loop.accept(listener, socket -> loop.add(socket, EPOLLIN, (registration, events) -> serve(socket)));
 *     loop.run();
 * }
 * }</pre>
 *
 * <p>The loop owns the descriptors that were added, and what is left of them is closed with the loop. A descriptor that is
 * closed leaves by itself. When a handler throws, {@link #onFailure} decides what becomes of its descriptor; by default a
 * {@linkplain #isConnection connection} is closed, and what serves many peers, a datagram socket or a listener for
 * instance, goes on. Handlers run on the thread that called {@link #run},
 * one at a time, and must not block: give sockets {@code timeout(Duration.ZERO)}; accepted ones have it. All methods but
 * {@link #run} may be called from any thread.
 */
public final class EventLoop implements Executor, AutoCloseable {
    private static final int EVENTS = 256;
    private static final int TASKS_AT_ONCE = 1024;

    private final Epoll epoll;
    private final LoopEngine engine;
    private final EpollEvents events;
    private final Peers peers = new Peers(this::emptied);
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Timers timers = new Timers();
    private final Consumer<Runnable> runner = this::runSafely;
    private final Failures failures = new Failures(this::schedule);
    private final BiConsumer<Descriptor, Throwable> failPeer = failures::ofConnection;
    private final SpareDescriptor reserve;
    private volatile @Nullable Thread thread;
    private volatile boolean stopping;
    private volatile boolean ended;
    private volatile long stopDeadline;

    private EventLoop(Epoll epoll, LoopEngine engine, EpollEvents events, SpareDescriptor reserve) {
        this.epoll = epoll;
        this.engine = engine;
        this.events = events;
        this.reserve = reserve;
    }

    /** On any thread: its last descriptor was closed, which is all that a loop waits for that is stopping. */
    private void emptied() {
        if (stopping && !ended) {
            try {
                wakeUp();
            } catch (RejectedExecutionException e) {
                failures.warn("an event loop ends when its grace is over", e);
            }
        }
    }

    /** What is done when a descriptor is ready. */
    @FunctionalInterface
    public interface Handler {
        /**
         * Called on the loop's thread.
         *
         * @param events {@code EPOLLIN} …, see {@link EpollEvents#events}
         * @throws IOException {@link #onFailure} decides what becomes of the descriptor
         */
        void ready(Registration registration, int events) throws IOException;
    }

    /** What is done with a new connection. */
    @FunctionalInterface
    public interface Acceptor {
        /** Called on the loop's thread with a socket that does not wait; it is closed when this throws. */
        void accepted(Socket socket) throws IOException;
    }

    /** What is done when a handler or an acceptor has thrown. */
    @FunctionalInterface
    public interface FailureHandler {
        /**
         * Called on the loop's thread.
         *
         * @param descriptor still open, unless the handler has closed it
         * @param failure what was thrown, errors such as a StackOverflowError included
         * @return whether the loop closes the descriptor; {@link #isConnection} is the default. A new connection whose
         *     acceptor has thrown is closed in any case
         */
        boolean failed(Descriptor descriptor, Throwable failure);
    }

    /** How the engine of a new loop is opened. */
    @FunctionalInterface
    private interface Opening {
        LoopEngine open(Epoll epoll) throws IOException;
    }

    /**
     * A new loop, which does nothing until {@link #run}, on the {@linkplain Engine#preferred preferred} engine; on epoll where
     * that is refused, which {@code sockfd doctor} tells the reason of.
     *
     * @throws ErrnoException EMFILE, ENFILE: it takes three descriptors, two more on io_uring
     */
    public static EventLoop open() throws IOException {
        return open(Engines::openPreferred);
    }

    /**
     * As {@link #open()}, on this engine or not at all.
     *
     * @throws ErrnoException EPERM, ENOSYS or EINVAL where there is no io_uring; the message tells what forbids it
     */
    public static EventLoop open(Engine engine) throws IOException {
        return open(epoll -> Engines.open(engine, epoll));
    }

    private static EventLoop open(Opening opening) throws IOException {
        EpollEvents events = new EpollEvents(EVENTS); // before there is anything to close
        Epoll epoll = Epoll.open();
        try {
            LoopEngine engine = opening.open(epoll);
            try {
                EventLoop loop = new EventLoop(epoll, engine, events, SpareDescriptor.open());
                epoll.whenEmpty(loop::emptied);
                return loop;
            } catch (Throwable e) {
                engine.close();
                throw e;
            }
        } catch (Throwable e) {
            epoll.close();
            throw e;
        }
    }

    /** What it waits by. */
    public Engine engine() {
        return engine.kind();
    }

    /**
     * Calls the handler whenever the descriptor is ready.
     *
     * @param events as {@link Epoll#add} takes them
     * @throws IOException as {@link Epoll#add}
     */
    public Registration add(Descriptor descriptor, int events, Handler handler) throws IOException {
        return epoll.add(descriptor, events, handler);
    }

    /**
     * Accepts connections of a listening socket, for as long as it is open. When the process or the system is out of
     * descriptors or memory they stay in the kernel's queue, and the loop tries again after 5 ms, doubled up to half a
     * second; after the longest pause those that wait are refused by closing them, for which the loop keeps a descriptor in
     * reserve. An error of one connection is passed over, as {@link Socket#accept()} does; any other error is told to {@link
     * #onFailure}, and tried again after the same pauses.
     *
     * @param listener from now on it does not wait
     */
    public Registration accept(Socket listener, Acceptor acceptor) throws IOException {
        listener.timeout(Duration.ZERO);
        return epoll.add(listener, Linux.EPOLLIN, new AcceptHandler(listener, acceptor, reserve, failures));
    }

    /**
     * Brings what a connection's peer sends to a handler, and takes what it shall get. It is the faster way on io_uring, and
     * the same on epoll:
     *
     * <pre>{@code
     * loop.accept(listener, socket -> loop.serve(socket, (peer, data) -> peer.send(data)));
     * }</pre>
     *
     * @param socket of a stream, connected; from now on it does not wait
     * @throws ClosedChannelException when it, or the loop, is closed
     */
    public Peer serve(Socket socket, PeerHandler handler) throws IOException {
        if (ended) {
            throw new ClosedChannelException();
        }
        socket.timeout(Duration.ZERO);
        Peer peer = engine.peer(socket, handler);
        peers.add(peer);
        if (Thread.currentThread().equals(thread)) {
            peer.start();
        } else {
            execute(() -> startLater(peer));
        }
        return peer;
    }

    private void startLater(Peer peer) {
        try {
            peer.start();
        } catch (ClosedChannelException e) {
            // meanwhile: nobody to serve
        } catch (Throwable e) {
            failures.ofConnection(peer.socket(), e);
        }
    }

    /** Runs a task once, on the loop's thread. */
    public Timer schedule(Duration delay, Runnable task) {
        return add(new Timer(timers, task, Math.max(0, Nanos.saturated(delay)), 0));
    }

    /**
     * Runs a task again and again, on the loop's thread. Times that have passed while the thread was busy are left out.
     *
     * @throws IllegalArgumentException when the period is not positive
     */
    public Timer scheduleEvery(Duration period, Runnable task) {
        long nanos = Nanos.saturated(period);
        if (nanos <= 0) {
            throw new IllegalArgumentException("a period of " + period + ": it must be positive");
        }
        return add(new Timer(timers, task, nanos, nanos));
    }

    /**
     * Runs a task on the loop's thread, in the order of the calls.
     *
     * @throws RejectedExecutionException when the loop has ended, or cannot be woken; the task does not run then
     */
    @Override
    public void execute(Runnable task) {
        if (ended) {
            throw new RejectedExecutionException("the event loop has ended");
        }
        tasks.add(task);
        try {
            wakeUp();
        } catch (RejectedExecutionException e) {
            if (tasks.remove(task)) { // or it is running: somebody else has woken the loop
                throw e;
            }
        }
    }

    /**
     * Who decides what becomes of a descriptor whose handler has thrown, and tells somebody.
     *
     * <pre>{@code
     * loop.onFailure((descriptor, failure) -> {
     *     failures.increment();
     *     return EventLoop.isConnection(descriptor);
     * });
     * }</pre>
     *
     * <p>Without it connections are closed, and all else is kept. It is logged by {@link System.Logger} {@code io.sockfd} as
     * a warning, five times a second at most; an IOException of a connection, which has a peer that left, as DEBUG. A
     * handler that fails eight times without returning once in between is not called for a millisecond, or it would take
     * all of the processor where it leaves what it fails of in the kernel's queue.
     */
    public void onFailure(FailureHandler handler) {
        failures.decider(handler::failed);
    }

    /**
     * Whether a descriptor has one peer, whose failure is its end: a socket of type SOCK_STREAM or SOCK_SEQPACKET that does
     * not listen. False for what serves many or nobody: datagram, raw, packet and netlink sockets, listeners, devices,
     * timers.
     */
    public static boolean isConnection(Descriptor descriptor) {
        return Failures.isConnection(descriptor);
    }

    /**
     * Serves until {@link #stop} or {@link #close}.
     *
     * @throws IllegalStateException when it runs or ran already; on a virtual thread, when it is on io_uring
     * @throws java.nio.channels.ClosedByInterruptException when this thread is interrupted, which ends the loop
     */
    public void run() throws IOException {
        synchronized (this) {
            if (thread != null) {
                throw new IllegalStateException("an event loop runs once, on one thread");
            }
            if (engine.kind() == Engine.URING && VirtualThreads.isCurrent()) {
                throw new IllegalStateException(
                        "io_uring needs a platform thread: run the loop on one, or open it with Engine.EPOLL");
            }
            thread = Thread.currentThread();
        }
        try {
            while (!isOver()) {
                int ready = engine.await(events, tasks.isEmpty() ? timers.left(graceLeft()) : 0, failPeer);
                for (int i = 0; i < ready; i++) {
                    dispatch(i);
                }
                timers.run(runner);
                runTasks();
            }
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (ClosedChannelException e) {
            // the end that close() asked for
        } finally {
            close();
        }
    }

    /**
     * Asks the loop to end: listeners are closed, the other descriptors are served until all of them are closed, or until
     * the grace is over.
     */
    public void stop(Duration grace) {
        stopDeadline = Nanos.deadline(Math.max(0, Nanos.saturated(grace)));
        stopping = true;
        if (!ended) {
            tasks.add(this::closeListeners); // not by execute: the grace may be over before it comes to that
            wakeUp();
        }
    }

    /** Whether {@link #stop} was called: a handler may then end its conversation at the next occasion. */
    public boolean isStopping() {
        return stopping;
    }

    /** Ends the loop at once, and closes what it serves. Nothing happens the second time. */
    @Override
    public void close() throws IOException {
        ended = true;
        for (Registration registration : epoll.registrations()) {
            registration.descriptor().close();
        }
        for (Peer peer : peers.all()) {
            peer.socket().close();
        }
        reserve.close();
        engine.close();
    }

    private boolean isOver() {
        return ended || (stopping && ((epoll.size() == 0 && peers.isEmpty()) || graceLeft() == 0));
    }

    private long graceLeft() {
        return stopping ? Math.max(0, stopDeadline - System.nanoTime()) : -1;
    }

    private void dispatch(int index) {
        Registration registration = events.registration(index);
        if (registration == null || Resting.isResting(registration)) {
            return; // closed or set aside by the handler of an earlier event
        }
        Object attachment = registration.attachment();
        try {
            if (attachment instanceof Handler handler) {
                handler.ready(registration, events.events(index));
            } else if (attachment instanceof EpollPeer peer) {
                peer.ready(events.events(index));
            }
            registration.failures = 0;
        } catch (Throwable e) { // an error, too, is one handler's: the others are still served
            failures.ofHandler(registration, e);
        }
    }

    private void closeListeners() {
        for (Registration registration : epoll.registrations()) {
            if (registration.attachment() instanceof AcceptHandler) {
                failures.close(registration.descriptor());
            }
        }
    }

    private void runTasks() {
        Runnable task = tasks.poll();
        for (int i = 1; task != null; i++) {
            runSafely(task);
            task = i < TASKS_AT_ONCE ? tasks.poll() : null;
        }
    }

    private void runSafely(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            failures.warn("a task of an event loop failed", e);
        }
    }

    private Timer add(Timer timer) {
        if (timers.add(timer)) {
            try {
                wakeUp();
            } catch (RejectedExecutionException e) {
                timer.cancel();
                throw e;
            }
        }
        return timer;
    }

    private void wakeUp() {
        if (!Thread.currentThread().equals(thread)) {
            try {
                engine.wakeUp();
            } catch (ClosedChannelException e) {
                // it has ended: tasks and timers that come too late do not run
            } catch (IOException e) {
                throw new RejectedExecutionException("the event loop cannot be woken: " + e.getMessage(), e);
            }
        }
    }
}
