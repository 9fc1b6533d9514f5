package io.sockfd.uring;

import io.sockfd.Socket;
import io.sockfd.raw.Linux;

/** An operation that receives into the buffers of a {@link BufferRing}; of its last completion it has one, or none. */
abstract sealed class BufferedOperation extends Operation permits Receive, ReceiveMessages {
    final BufferRing buffers;
    private final Core.Borrower borrower = this::giveBack;
    private int buffer = -1; // handed out with the last completion and not yet passed on

    BufferedOperation(Core core, Socket socket, BufferRing buffers) {
        super(core, socket);
        this.buffers = buffers;
    }

    final boolean hasBuffer() {
        return buffer >= 0;
    }

    final int owned() {
        core.checkThread();
        if (buffer < 0) {
            throw new IllegalStateException("nothing was received, or it was passed on, or its time is over");
        }
        return buffer;
    }

    /** The buffer is the caller's from now on. */
    final int pass() {
        int passed = owned();
        buffer = -1;
        return passed;
    }

    /** What the last completion brought goes back, if it is still here. */
    final void giveBack() {
        if (buffer >= 0) {
            buffers.giveBack(buffer);
            buffer = -1;
        }
    }

    @Override
    void completed(int result, int flags, boolean done) {
        giveBack();
        if ((flags & Linux.IORING_CQE_F_BUFFER) != 0) {
            buffer = flags >>> Linux.IORING_CQE_BUFFER_SHIFT;
            buffers.handOut(buffer);
            core.handedOut(borrower);
        }
    }
}
