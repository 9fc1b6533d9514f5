package io.sockfd.bpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sockfd.Domain;
import io.sockfd.Errno;
import io.sockfd.ErrnoException;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.option.FilterProgram;
import io.sockfd.option.SocketOptions;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
class SocketFilterIT {
    /** Takes what begins with a 1. */
    private static final FilterProgram ONES = Assembler.assemble("""
            ldb [0]
            jne #1, drop
            ret #-1
            drop: ret #0
            """);

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(16);

    private static void send(Socket socket, int... firstBytes) throws IOException {
        for (int first : firstBytes) {
            socket.send(ByteBuffer.wrap(new byte[] {(byte) first, 0, 0}), 0);
        }
    }

    /** The first byte of the next packet, or WOULD_BLOCK. */
    private int next(Socket socket) throws IOException {
        int got = socket.recv(buffer.clear(), Linux.MSG_DONTWAIT);
        return got < 0 ? got : buffer.get(0);
    }

    @Test
    void attachLetsThroughWhatWasThere() throws IOException {
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.DGRAM)) {
            send(pair.first(), 2);
            SocketFilter.attach(pair.second(), ONES);
            send(pair.first(), 3, 1);
            assertEquals(ONES, pair.second().getOption(SocketOptions.SO_GET_FILTER));
            assertEquals(2, next(pair.second()));
            assertEquals(1, next(pair.second()));
            SocketFilter.detach(pair.second());
            send(pair.first(), 4);
            assertEquals(4, next(pair.second()));
        }
    }

    @Test
    void attachAndDrainLeavesNothingUnfiltered() throws IOException {
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.DGRAM)) {
            send(pair.first(), 2, 1, 3);
            assertEquals(3, SocketFilter.attachAndDrain(pair.second(), ONES));
            send(pair.first(), 4, 1);
            assertEquals(1, next(pair.second()));
            assertEquals(Socket.WOULD_BLOCK, next(pair.second()));
            assertEquals(0, SocketFilter.attachAndDrain(pair.second(), ONES));
        }
    }

    /** Its end is a result that comes again and again. */
    @Test
    void drainingEndsAtTheEndOfAConnection() throws IOException {
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.SEQPACKET)) {
            send(pair.first(), 2);
            pair.first().close();
            assertEquals(1, SocketFilter.attachAndDrain(pair.second(), ONES));
        }
    }

    @Test
    void aStreamIsNotDrained() throws IOException {
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            send(pair.first(), 2);
            assertThrows(IllegalArgumentException.class, () -> SocketFilter.attachAndDrain(pair.second(), ONES));
            assertEquals(2, next(pair.second()));
        }
    }

    @Test
    void aLockedFilterStays() throws IOException {
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.DGRAM)) {
            SocketFilter.attach(pair.second(), ONES);
            SocketFilter.lock(pair.second());
            assertEquals(Errno.EPERM, errno(() -> SocketFilter.detach(pair.second())));
            assertEquals(Errno.EPERM, errno(() -> SocketFilter.attach(pair.second(), FilterProgram.accept(9))));
            send(pair.first(), 1);
            assertEquals(Errno.EPERM, errno(() -> SocketFilter.attachAndDrain(pair.second(), ONES)));
            assertEquals(1, next(pair.second()), "nothing was thrown away");
            assertEquals(ONES, pair.second().getOption(SocketOptions.SO_GET_FILTER));
        }
    }

    @Test
    void whatIsWrongDoesNotReachTheKernel() throws IOException {
        FilterProgram wrong = Assembler.assemble("ld M[0]\nret a");
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.DGRAM)) {
            SocketFilter.attach(pair.second(), ONES);
            send(pair.first(), 1);
            assertThrows(BpfException.class, () -> SocketFilter.attach(pair.second(), wrong));
            assertThrows(BpfException.class, () -> SocketFilter.attachAndDrain(pair.second(), wrong));
            assertEquals(1, next(pair.second()), "nothing was thrown away");
            assertEquals(ONES, pair.second().getOption(SocketOptions.SO_GET_FILTER));
            assertEquals(Errno.ENOENT, errno(() -> SocketFilter.detach(pair.first())));
        }
    }

    /** 4096 instructions, the most; the kernel takes them as far as net.core.optmem_max goes. */
    @Test
    void theLongestProgramIsTaken() throws IOException {
        FilterProgram longest = Assembler.assemble("ldb [0]\n".repeat(4095) + "ret #-1");
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.DGRAM)) {
            try {
                SocketFilter.attach(pair.second(), longest);
            } catch (ErrnoException e) {
                assertEquals(Errno.ENOMEM, e.errno());
                return;
            }
            send(pair.first(), 5);
            assertEquals(5, next(pair.second()));
        }
    }

    private interface Call {
        void run() throws IOException;
    }

    private static Errno errno(Call call) {
        return assertThrows(ErrnoException.class, call::run).errno();
    }
}
