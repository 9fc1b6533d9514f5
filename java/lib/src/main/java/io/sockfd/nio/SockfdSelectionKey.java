package io.sockfd.nio;

import io.sockfd.event.Registration;
import io.sockfd.raw.Linux;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.jspecify.annotations.Nullable;

/** A channel in a selector. What it is interested in reaches the kernel with the selector's next selection. */
final class SockfdSelectionKey extends IndexedKey {
    private static final VarHandle INTEREST;

    static {
        try {
            INTEREST = MethodHandles.lookup().findVarHandle(SockfdSelectionKey.class, "interest", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final SockfdSelector selector;
    private final SelectableChannel channel;
    final SelectableSocket socket;
    private volatile int interest;
    private volatile int ready;

    /** For the selector, under its monitor: what the kernel was told. */
    @Nullable
    Registration registration;

    int watched;
    /** Whether it waits to tell the kernel; protected by the lock of the selector's list. */
    boolean queued;

    SockfdSelectionKey(SockfdSelector selector, SelectableChannel channel, SelectableSocket socket) {
        this.selector = selector;
        this.channel = channel;
        this.socket = socket;
    }

    @Override
    public SelectableChannel channel() {
        return channel;
    }

    @Override
    public Selector selector() {
        return selector;
    }

    private void check() {
        if (!isValid()) {
            throw new CancelledKeyException();
        }
    }

    private void check(int ops) {
        check();
        if ((ops & ~channel.validOps()) != 0) {
            throw new IllegalArgumentException("operations " + ops + ": the channel has " + channel.validOps());
        }
    }

    @Override
    public int interestOps() {
        check();
        return interest;
    }

    @Override
    public SelectionKey interestOps(int ops) {
        check(ops);
        changed((int) INTEREST.getAndSet(this, ops), ops);
        return this;
    }

    @Override
    public int interestOpsOr(int ops) {
        check(ops);
        int before = (int) INTEREST.getAndBitwiseOr(this, ops);
        changed(before, before | ops);
        return before;
    }

    @Override
    public int interestOpsAnd(int ops) {
        check();
        int before = (int) INTEREST.getAndBitwiseAnd(this, ops);
        changed(before, before & ops);
        return before;
    }

    private void changed(int before, int now) {
        if (before != now) {
            selector.changed(this);
        }
    }

    @Override
    public int readyOps() {
        check();
        return ready;
    }

    /** What the kernel is to watch for: nothing, which is not even an error, when there is no interest. */
    int wanted() {
        return socket.eventsOf(interest);
    }

    /** What these events make ready of what is of interest. */
    private int readyOf(int events) {
        int wants = interest;
        return wants & ((events & (Linux.EPOLLERR | Linux.EPOLLHUP)) != 0 ? wants : socket.readyOf(events));
    }

    /** The ready set of a key that was not selected; false when that is empty. */
    boolean becomeReady(int events) {
        int now = readyOf(events);
        ready = now;
        return now != 0;
    }

    /** More of a key that is selected already; false when it is nothing new. */
    boolean becomeReadier(int events) {
        int before = ready;
        int now = before | readyOf(events);
        ready = now;
        return now != before;
    }

    @Override
    public String toString() {
        return "key of " + channel + (isValid() ? ", interest " + interest + ", ready " + ready : ", cancelled");
    }
}
