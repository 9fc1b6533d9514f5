package io.sockfd.capture;

import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.Tpacket2Hdr;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One frame of a transmit ring, which belongs to the kernel from {@link #request} until {@link #isFree}.
 *
 * <pre>
 *   tpacket2_hdr 32 | bytes
 * </pre>
 */
final class TransmitFrame {
    private static final VarHandle STATUS = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

    /** The bits that are a state; a finished frame may have others that tell of a timestamp. */
    private static final int STATE =
            Linux.TP_STATUS_SEND_REQUEST | Linux.TP_STATUS_SENDING | Linux.TP_STATUS_WRONG_FORMAT;

    private final ByteBuffer memory;

    /** The bytes to be sent, in network byte order. */
    final ByteBuffer data;

    /**
     * A view.
     *
     * @param memory exactly the frame, in native byte order
     */
    TransmitFrame(ByteBuffer memory) {
        this.memory = memory;
        data = memory.slice(Tpacket2Hdr.SIZE, memory.capacity() - Tpacket2Hdr.SIZE)
                .order(ByteOrder.BIG_ENDIAN);
    }

    private int state() {
        return (int) STATUS.getAcquire(memory, Tpacket2Hdr.TP_STATUS) & STATE;
    }

    boolean isFree() {
        return state() == Linux.TP_STATUS_AVAILABLE;
    }

    boolean isRefused() {
        return state() == Linux.TP_STATUS_WRONG_FORMAT;
    }

    /** The bytes up to the position of {@link #data} are to be sent; they are written before the kernel is told. */
    void request() {
        Tpacket2Hdr.tp_len(memory, 0, data.position());
        STATUS.setRelease(memory, Tpacket2Hdr.TP_STATUS, Linux.TP_STATUS_SEND_REQUEST);
    }

    void free() {
        STATUS.setRelease(memory, Tpacket2Hdr.TP_STATUS, Linux.TP_STATUS_AVAILABLE);
    }

    /** Takes the bytes and the state of another frame, while the kernel sends nothing. */
    void become(TransmitFrame other) {
        data.clear().put(other.data.clear().limit(Tpacket2Hdr.tp_len(other.memory, 0)));
        Tpacket2Hdr.tp_len(memory, 0, data.position());
        STATUS.setRelease(memory, Tpacket2Hdr.TP_STATUS, other.state());
    }
}
