package io.sockfd.uring;

import io.sockfd.raw.struct.IoUringSqe;
import java.nio.ByteBuffer;

/** Writes struct io_uring_sqe, all of it: what was there before is another operation's. */
final class Submission {
    private static final int LAST = IoUringSqe.SIZE - Long.BYTES;

    private Submission() {}

    /**
     * Writes one.
     *
     * @param flags {@code IOSQE_}
     * @param ioprio the operation's own flags, {@code IORING_RECV_MULTISHOT} for instance
     * @param off its second number
     * @param operationFlags {@code MSG_} or what the operation has there
     */
    static void write(
            ByteBuffer sqes,
            int at,
            int opcode,
            int flags,
            int ioprio,
            int fd,
            long off,
            long address,
            int length,
            int operationFlags,
            long token,
            int group) {
        IoUringSqe.opcode(sqes, at, opcode);
        IoUringSqe.flags(sqes, at, flags);
        IoUringSqe.ioprio(sqes, at, ioprio);
        IoUringSqe.fd(sqes, at, fd);
        IoUringSqe.off(sqes, at, off);
        IoUringSqe.addr(sqes, at, address);
        IoUringSqe.len(sqes, at, length);
        IoUringSqe.msg_flags(sqes, at, operationFlags);
        IoUringSqe.user_data(sqes, at, token);
        IoUringSqe.buf_group(sqes, at, group);
        IoUringSqe.personality(sqes, at, 0);
        IoUringSqe.file_index(sqes, at, 0);
        IoUringSqe.addr3(sqes, at, 0);
        sqes.putLong(at + LAST, 0);
    }
}
