package io.sockfd.internal.memory;

import java.nio.ByteBuffer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a message does before and after a system call, for the other packages of the library. The message is nobody else's from
 * {@code before} to {@code after}, however long that takes; both are called by the same thread.
 */
public abstract class MessageCall {
    private static volatile @Nullable Function<Object, MessageCall> calls;

    /** Called once, by the class of the messages: how any of them is asked for its call. */
    public static void told(Function<Object, MessageCall> how) {
        calls = how;
    }

    /** Of a message. */
    public static MessageCall of(Object message) {
        Function<Object, MessageCall> how = calls;
        if (how == null) {
            throw new IllegalStateException("there is no class of messages yet");
        }
        return how.apply(message);
    }

    /** The address of its struct msghdr. */
    public abstract long header();

    /**
     * The data lies here instead, after {@code before}: struct iovec[].
     *
     * @param iovecs good until {@code after}
     */
    public abstract void data(long iovecs, int count);

    /** See {@link MessageBuffers#prepare} for {@code copyMax}. */
    public abstract void beforeSend(long copyMax);

    /** With what sendmsg returned, also when negative. */
    public abstract void afterSend(long sent);

    /** As {@link #beforeSend}. */
    public abstract void beforeReceive(long copyMax);

    /** With what recvmsg returned, also when negative. */
    public abstract void afterReceive(long received);

    /** Closes the descriptors that came, and forgets the rest. */
    public abstract void clear();

    /**
     * A message has come otherwise, its parts one behind the other: the address and the control data are taken over, with
     * their descriptors.
     *
     * @param bytes of its data, which stay where they are
     */
    public abstract void arrived(
            ByteBuffer from, int name, int nameLength, int control, int controlLength, int flags, long bytes);
}
