package io.sockfd;

import io.sockfd.internal.memory.OneThread;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.Mmsghdr;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Messages that one system call sends or receives (struct mmsghdr[]): each has its own buffers, address, ancillary data
 * and flags. It is made once and used again; nothing is allocated while the messages' buffers stay the same.
 *
 * <p>A call may move fewer messages than were offered: it returns how many, and {@link #count} tells it again. It fails
 * only if not even the first one could be moved; an error after that is lost when sending (send the rest to see it), and
 * comes with the socket's next call when receiving. Messages behind {@link #count} are untouched: their buffers stay as
 * they were, and they have no address, flags and control data.
 *
 * <p>Each message may carry UDP_SEGMENT ({@link ControlWriter#segmentSize}) or bring UDP_GRO ({@link
 * ControlReader#udpGroSegment}), so that one call moves many times as many datagrams as messages.
 *
 * <p>Not safe for use by several threads at once: a call throws {@link IllegalStateException} while another thread is in
 * one with this batch or a message of it.
 *
 * <pre>{@code
 * try (MessageBatch batch = new MessageBatch(64, 1, 0)) { // 64 messages of a buffer each, without ancillary data
 *     for (int i = 0; i < batch.size(); i++) {
 *         batch.get(i).data(ByteBuffer.allocateDirect(1500)).address(new Sockaddr());
 *     }
 *     int received = socket.receiveMessages(batch, 0, batch.size(), 0); // waits for the first only
 *     for (int i = 0; i < received; i++) {
 *         System.out.println(batch.get(i).length() + " bytes from " + batch.get(i).address());
 *     }
 * }
 * }</pre>
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/sendmmsg.2.html">sendmmsg(2)</a>
 * @see <a href="https://man7.org/linux/man-pages/man2/recvmmsg.2.html">recvmmsg(2)</a>
 */
public final class MessageBatch implements AutoCloseable {
    private final OneThread calls = new OneThread();
    private final Message[] messages;
    private final ByteBuffer headers;
    private long address;
    private int count;

    /**
     * So many messages, each of at most {@code buffers} data buffers and {@code controlCapacity} bytes of control data.
     *
     * @throws IllegalArgumentException when {@code messages} is outside of 1 to 1024, the most that the kernel moves at
     *     once, or as {@link Message#Message(int, int)}
     */
    public MessageBatch(int messages, int buffers, int controlCapacity) {
        if (messages < 1 || messages > Linux.UIO_MAXIOV) {
            throw new IllegalArgumentException(messages + " messages: a batch has 1 to " + Linux.UIO_MAXIOV);
        }
        headers = Memory.allocate(messages * Mmsghdr.SIZE);
        this.messages = new Message[messages];
        for (int i = 0; i < messages; i++) {
            this.messages[i] =
                    new Message(calls, headers, i * Mmsghdr.SIZE + Mmsghdr.MSG_HDR, buffers, controlCapacity);
        }
    }

    /** How many messages there are. */
    public int size() {
        return messages.length;
    }

    /**
     * One of the messages; the same object each time.
     *
     * @throws IndexOutOfBoundsException when the index is outside of 0 to {@link #size} - 1
     */
    public Message get(int index) {
        return messages[index];
    }

    /** How many messages the last call moved; 0 after a failure. They are the first ones of those it was given. */
    public int count() {
        return count;
    }

    /** Clears all messages, see {@link Message#clear}. */
    public void clear() {
        calls.begin();
        try {
            count = 0;
            for (Message message : messages) {
                message.forget();
            }
        } finally {
            calls.end();
        }
    }

    /** {@link #clear}. The batch may be used again. */
    @Override
    public void close() {
        clear();
    }

    // ---- between this and the system call ------------------------------------------------------------------------

    /** The address of the struct mmsghdr of message {@code from}. Keep the batch reachable until the call is over. */
    long header(int from) {
        if (address == 0) {
            address = Memory.address(headers);
        }
        return address + (long) from * Mmsghdr.SIZE;
    }

    /** Fills the headers of {@code n} messages from {@code from} on for sendmmsg; {@link #afterSend} must follow. */
    void beforeSend(int from, int n) {
        Objects.checkFromIndexSize(from, n, messages.length);
        calls.begin();
        int prepared = from;
        try {
            while (prepared < from + n) {
                messages[prepared].prepareSend(Long.MAX_VALUE);
                prepared++;
            }
        } catch (RuntimeException | Error e) {
            while (--prepared >= from) {
                messages[prepared].leavePassed();
            }
            calls.end();
            throw e;
        }
    }

    /** Moves positions; arguments as for {@link #beforeSend}, and what sendmmsg returned, also when negative. */
    void afterSend(int from, int n, int sent) {
        if (calls.isMine()) {
            try {
                for (int i = from; i < from + n; i++) {
                    messages[i].leavePassed();
                }
                count = Math.max(0, sent);
                for (int i = from; i < from + n; i++) {
                    messages[i].finishSend(i < from + count ? moved(i) : -1);
                }
            } finally {
                calls.end();
            }
        }
    }

    /** Fills the headers for recvmmsg; otherwise as {@link #beforeSend}. */
    void beforeReceive(int from, int n) {
        Objects.checkFromIndexSize(from, n, messages.length);
        calls.begin();
        try {
            for (int i = from; i < from + n; i++) {
                messages[i].prepareReceive(Long.MAX_VALUE);
            }
        } catch (RuntimeException | Error e) {
            calls.end();
            throw e;
        }
    }

    /** Reads the headers; arguments as for {@link #beforeReceive}, and what recvmmsg returned, also when negative. */
    void afterReceive(int from, int n, int received) {
        if (calls.isMine()) {
            try {
                count = Math.max(0, received);
                for (int i = from; i < from + n; i++) {
                    messages[i].finishReceive(i < from + count ? moved(i) : -1);
                }
            } finally {
                calls.end();
            }
        }
    }

    /** What sendmmsg or recvmmsg would have written, for a message that another call has moved. */
    void moved(int index, long bytes) {
        Mmsghdr.msg_len(headers, index * Mmsghdr.SIZE, (int) bytes);
    }

    private long moved(int i) {
        return Integer.toUnsignedLong(Mmsghdr.msg_len(headers, i * Mmsghdr.SIZE));
    }
}
