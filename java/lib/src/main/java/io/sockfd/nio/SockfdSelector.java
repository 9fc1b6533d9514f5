package io.sockfd.nio;

import io.sockfd.event.Epoll;
import io.sockfd.event.EpollEvents;
import io.sockfd.event.Registration;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.IllegalSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;
import java.util.Arrays;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A selector over an {@link Epoll}. A selection holds the monitors of the selector and of its selected keys, in this order, as
 * the specification has it. The kernel learns of a change of interest at the beginning of the next selection, so that one which
 * was taken back meanwhile costs nothing; a key without interest is out of the kernel's set.
 */
final class SockfdSelector extends AbstractSelector {
    /** So many events one selection takes at most; the kernel takes turns where more are ready. */
    private static final int MOST_EVENTS = 1024;

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final SelectionKey[] NO_KEYS = {};

    private final Epoll epoll = Epoll.open();
    private final EpollEvents events = new EpollEvents(MOST_EVENTS);
    private final Set<SelectionKey> keys = ConcurrentHashMap.newKeySet();
    private final Set<SelectionKey> shownKeys = Collections.unmodifiableSet(keys);
    private final SelectedKeys selected = new SelectedKeys();
    private boolean selecting; // protected by the monitor

    /** The keys whose interest has changed; protected by the monitor of the lock. */
    private final Object changesLock = new Object();

    private SockfdSelectionKey[] changes = new SockfdSelectionKey[MOST_EVENTS];
    private int changeCount;
    private SockfdSelectionKey[] taken = new SockfdSelectionKey[MOST_EVENTS]; // protected by the selector's monitor

    SockfdSelector(SelectorProvider provider) throws IOException {
        super(provider);
    }

    private void checkOpen() {
        if (!isOpen()) {
            throw new ClosedSelectorException();
        }
    }

    @Override
    public Set<SelectionKey> keys() {
        checkOpen();
        return shownKeys;
    }

    @Override
    public Set<SelectionKey> selectedKeys() {
        checkOpen();
        return selected;
    }

    @Override
    public int select(long timeout) throws IOException {
        return await(null, nanos(timeout));
    }

    @Override
    public int select() throws IOException {
        return await(null, -1);
    }

    @Override
    public int selectNow() throws IOException {
        return await(null, 0);
    }

    @Override
    public int select(Consumer<SelectionKey> action, long timeout) throws IOException {
        return await(Objects.requireNonNull(action), nanos(timeout));
    }

    @Override
    public int select(Consumer<SelectionKey> action) throws IOException {
        return await(Objects.requireNonNull(action), -1L);
    }

    @Override
    public int selectNow(Consumer<SelectionKey> action) throws IOException {
        return await(Objects.requireNonNull(action), 0L);
    }

    private static long nanos(long timeout) {
        if (timeout < 0) {
            throw new IllegalArgumentException("negative timeout: " + timeout);
        }
        return timeout == 0 || timeout > Long.MAX_VALUE / 2 / NANOS_PER_MILLI ? -1 : timeout * NANOS_PER_MILLI;
    }

    private int await(@Nullable Consumer<SelectionKey> action, long nanos) throws IOException {
        synchronized (this) {
            checkOpen();
            if (selecting) {
                throw new IllegalStateException("a selection is in progress on this thread");
            }
            selecting = true;
            try {
                synchronized (selected) {
                    return selectLocked(action, nanos);
                }
            } finally {
                selecting = false;
            }
        }
    }

    private int selectLocked(@Nullable Consumer<SelectionKey> action, long nanos) throws IOException {
        removeCancelled();
        tellKernel();
        try {
            epoll.awaitOrInterrupt(events, nanos);
        } catch (ClosedChannelException e) {
            return 0;
        }
        removeCancelled();
        int count = 0;
        int fetched = events.count();
        try {
            for (int i = 0; i < fetched; i++) {
                SockfdSelectionKey key = (SockfdSelectionKey) events.attachment(i);
                // cancelled since: with the next selection it goes
                if (key != null && key.registration != null && happened(key, events.events(i), action)) {
                    count++;
                }
            }
        } finally {
            events.clear();
        }
        return count;
    }

    private boolean happened(SockfdSelectionKey key, int what, @Nullable Consumer<SelectionKey> action) {
        if (action != null) {
            if (!key.becomeReady(what)) {
                return false;
            }
            action.accept(key);
            checkOpen();
            return true;
        } else if (selected.contains(key)) {
            return key.becomeReadier(what);
        }
        return key.becomeReady(what) && selected.put(key);
    }

    // ---- keys ----------------------------------------------------------------------------------------------------

    @Override
    protected SelectionKey register(AbstractSelectableChannel channel, int ops, @Nullable Object attachment) {
        if (!(channel instanceof SelectableSocket socket)) {
            throw new IllegalSelectorException();
        }
        SockfdSelectionKey key = new SockfdSelectionKey(this, channel, socket);
        key.attach(attachment);
        checkOpen();
        keys.add(key);
        try {
            key.interestOps(ops);
            checkOpen(); // or whoever closes may not have seen the key
        } catch (ClosedSelectorException e) {
            keys.remove(key);
            key.cancel();
            throw e;
        }
        return key;
    }

    /** Called by a key, under no lock of ours: its interest has changed. */
    void changed(SockfdSelectionKey key) {
        synchronized (changesLock) {
            if (!key.queued) {
                key.queued = true;
                if (changeCount == changes.length) {
                    changes = Arrays.copyOf(changes, 2 * changeCount);
                }
                changes[changeCount++] = key;
            }
        }
    }

    private void tellKernel() throws IOException {
        int count;
        synchronized (changesLock) {
            count = changeCount;
            if (count == 0) {
                return;
            }
            SockfdSelectionKey[] full = changes;
            changes = taken;
            taken = full;
            changeCount = 0;
            for (int i = 0; i < count; i++) {
                full[i].queued = false; // first, so that a change from now on comes again
            }
        }
        int told = 0;
        try {
            while (told < count) {
                tellKernel(taken[told]);
                told++;
            }
        } finally {
            for (int i = told; i < count; i++) {
                changed(taken[i]); // the kernel refused: with the next selection again
            }
            Arrays.fill(taken, 0, count, null);
        }
    }

    private void tellKernel(SockfdSelectionKey key) throws IOException {
        if (!key.isValid()) {
            return;
        }
        int wanted = key.wanted();
        Registration registration = key.registration;
        try {
            if (wanted == key.watched) {
                return;
            } else if (registration == null) {
                key.registration = epoll.add(key.socket.behind(), wanted, key);
            } else if (wanted == 0) {
                registration.pause();
            } else {
                registration.modify(wanted);
            }
            key.watched = wanted;
        } catch (ClosedChannelException e) {
            // of the channel, whose key is being cancelled; of the selector, which the wait sees
        } catch (IOException e) {
            if (key.socket.behind().isOpen() && epoll.isOpen()) {
                throw e;
            }
        }
    }

    /** Copied first: deregister takes the lock of the channel's keys, whose holder may want this lock. */
    private void removeCancelled() throws IOException {
        Set<SelectionKey> cancelled = cancelledKeys();
        SelectionKey[] copy;
        synchronized (cancelled) {
            if (cancelled.isEmpty()) {
                return;
            }
            copy = cancelled.toArray(NO_KEYS);
            cancelled.clear();
        }
        for (SelectionKey key : copy) {
            remove((SockfdSelectionKey) key);
        }
    }

    private void remove(SockfdSelectionKey key) throws IOException {
        selected.remove(key);
        keys.remove(key);
        leaveChannel(key);
        Registration registration = key.registration;
        if (registration != null) {
            key.registration = null;
            registration.remove();
        }
    }

    // ---- wake-up and end -------------------------------------------------------------------------------------------

    @Override
    public Selector wakeup() {
        try {
            epoll.wakeUp();
        } catch (ClosedChannelException e) {
            // nobody can be waiting
        } catch (IOException e) {
            throw new IllegalStateException("cannot wake the selector", e);
        }
        return this;
    }

    /** Once a register that is under way has told the channel of its key; one that has failed never tells. */
    private void leaveChannel(SockfdSelectionKey key) {
        synchronized (key.channel().blockingLock()) {
            if (key.channel().keyFor(this) == key) {
                deregister(key);
            }
        }
    }

    @Override
    protected void implCloseSelector() throws IOException {
        Selector ignored = wakeup();
        synchronized (this) {
            synchronized (selected) {
                epoll.close();
                for (SelectionKey key : keys) {
                    SockfdSelectionKey ours = (SockfdSelectionKey) key;
                    leaveChannel(ours);
                    ours.registration = null;
                }
                keys.clear();
                selected.clear();
            }
        }
    }
}
