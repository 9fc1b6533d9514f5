package io.sockfd.internal.memory;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An object of this library for each thread. A thread local that held it would hold the library's class loader, too, for as
 * long as the thread lives, which is for ever in a pool; so the thread has a weak reference, and the library keeps the
 * object. What belonged to threads that have ended is let go when the next thread comes.
 */
@SuppressWarnings("ThreadLocalUsage") // each is in a static field
public final class PerThread<T> {
    private final ThreadLocal<@Nullable WeakReference<T>> own = new ThreadLocal<>();
    private final Set<Kept<T>> kept = ConcurrentHashMap.newKeySet();
    private final ReferenceQueue<Thread> ended = new ReferenceQueue<>();
    private final Supplier<? extends T> maker;

    /** What {@code maker} makes must not refer to the thread. */
    public PerThread(Supplier<? extends T> maker) {
        this.maker = maker;
    }

    /** The calling thread's. */
    public T get() {
        WeakReference<T> reference = own.get();
        T known = reference == null ? null : reference.get();
        return known != null ? known : make();
    }

    private T make() {
        for (Reference<?> gone = ended.poll(); gone != null; gone = ended.poll()) {
            kept.remove(gone);
        }
        T fresh = maker.get();
        kept.add(new Kept<>(Thread.currentThread(), ended, fresh));
        own.set(new WeakReference<>(fresh));
        return fresh;
    }

    /** The object, as long as the thread is there. */
    private static final class Kept<T> extends WeakReference<Thread> {
        @SuppressWarnings("unused") // to be reachable
        private final T object;

        Kept(Thread thread, ReferenceQueue<Thread> queue, T object) {
            super(thread, queue);
            this.object = object;
        }
    }
}
