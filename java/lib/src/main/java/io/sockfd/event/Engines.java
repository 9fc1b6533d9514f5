package io.sockfd.event;

import io.sockfd.ErrnoException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/** Opens engines. That of io_uring lies above this package, and is found by its name. */
final class Engines {
    /** A build may have moved this copy of the library to packages of its own. */
    private static final String URING = Engines.class.getPackageName().replaceFirst("event$", "uring.") + "RingEngine";

    private static final AtomicBoolean TOLD = new AtomicBoolean();

    private Engines() {}

    /** The preferred one, or epoll where the kernel, a setting or a filter refuses that. */
    static LoopEngine openPreferred(Epoll epoll) throws IOException {
        Engine preferred = Engine.preferred();
        try {
            return open(preferred, epoll);
        } catch (ErrnoException e) {
            if (!TOLD.getAndSet(true)) {
                System.getLogger("io.sockfd")
                        .log(Level.WARNING, "event loops are on epoll and not on " + preferred + ": " + e.getMessage());
            }
            return new EpollEngine(epoll);
        }
    }

    static LoopEngine open(Engine kind, Epoll epoll) throws IOException {
        if (kind == Engine.EPOLL) {
            return new EpollEngine(epoll);
        }
        try {
            Method open = Class.forName(URING).getDeclaredMethod("open", Epoll.class);
            open.setAccessible(true); // it is nobody else's
            return (LoopEngine) Objects.requireNonNull(open.invoke(null, epoll));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IOException refused) {
                throw refused;
            }
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this copy of the library has no " + URING, e);
        }
    }
}
