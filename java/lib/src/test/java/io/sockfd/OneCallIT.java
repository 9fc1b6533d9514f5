package io.sockfd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Receives that wait in the kernel, in every form that has one: what they bring, and what ends them. */
@Timeout(60)
@Tag("later")
class OneCallIT {
    private static final int BYTES = 8;

    interface Receive {
        /** Gives what was received. */
        byte[] from(Socket socket) throws Exception;
    }

    enum Form implements Receive {
        ARRAY {
            @Override
            public byte[] from(Socket socket) throws Exception {
                byte[] bytes = new byte[BYTES + 2];
                int received = socket.recv(bytes, 1, BYTES, 0);
                return java.util.Arrays.copyOfRange(bytes, 1, 1 + received);
            }
        },
        HEAP_BUFFER {
            @Override
            public byte[] from(Socket socket) throws Exception {
                ByteBuffer buffer = ByteBuffer.allocate(BYTES);
                socket.recv(buffer, 0);
                return bytes(buffer);
            }
        },
        EXACTLY {
            @Override
            public byte[] from(Socket socket) throws Exception {
                ByteBuffer buffer = ByteBuffer.allocateDirect(BYTES);
                socket.recvExactly(buffer);
                return bytes(buffer);
            }
        },
        EXACTLY_ARRAY {
            @Override
            public byte[] from(Socket socket) throws Exception {
                ByteBuffer buffer = ByteBuffer.allocate(BYTES);
                socket.recvExactly(buffer);
                return bytes(buffer);
            }
        },
        MESSAGE {
            @Override
            public byte[] from(Socket socket) throws Exception {
                ByteBuffer buffer = ByteBuffer.allocateDirect(BYTES);
                try (Message message = new Message().data(buffer)) {
                    assertEquals(BYTES, socket.receiveMessage(message, 0));
                    assertEquals(BYTES, message.length());
                }
                return bytes(buffer);
            }
        },
        ONE_OF_A_BATCH {
            @Override
            public byte[] from(Socket socket) throws Exception {
                return batch(socket, 1);
            }
        },
        FIRST_OF_A_BATCH {
            @Override
            public byte[] from(Socket socket) throws Exception {
                return batch(socket, 3);
            }
        },
        SCATTERED {
            @Override
            public byte[] from(Socket socket) throws Exception {
                ByteBuffer first = ByteBuffer.allocate(BYTES / 2);
                ByteBuffer second = ByteBuffer.allocateDirect(BYTES / 2);
                assertEquals(BYTES, socket.read(new ByteBuffer[] {first, second}));
                return bytes(ByteBuffer.allocate(BYTES).put(first.flip()).put(second.flip()));
            }
        };

        static byte[] batch(Socket socket, int n) throws Exception {
            try (MessageBatch batch = new MessageBatch(n, 1, 0)) {
                ByteBuffer[] buffers = new ByteBuffer[n];
                for (int i = 0; i < n; i++) {
                    buffers[i] = ByteBuffer.allocateDirect(BYTES);
                    batch.get(i).data(buffers[i]);
                }
                assertEquals(1, socket.receiveMessages(batch, 0, n, 0));
                assertEquals(BYTES, batch.get(0).length());
                return bytes(buffers[0]);
            }
        }

        static byte[] bytes(ByteBuffer filled) {
            byte[] bytes = new byte[filled.position()];
            filled.flip().get(bytes);
            return bytes;
        }
    }

    private static CompletableFuture<byte[]> later(Form form, Socket socket) {
        CompletableFuture<byte[]> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                result.complete(form.from(socket));
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    private static byte[] some(int first) {
        byte[] bytes = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            bytes[i] = (byte) (first + i);
        }
        return bytes;
    }

    /** Until a thread of this process sleeps in a receive of this descriptor, as the kernel tells; not in poll(2) before one. */
    private static void awaitSleep(int fd) throws Exception {
        List<String> receives = IntStream.of(Linux.SYS_recvfrom, Linux.SYS_recvmsg, Linux.SYS_recvmmsg)
                .mapToObj(number -> number + " 0x" + Integer.toHexString(fd) + " ")
                .toList();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        List<String> calls = List.of();
        while (System.nanoTime() < end) {
            calls = calls();
            if (calls.stream().anyMatch(call -> receives.stream().anyMatch(call::startsWith))) {
                return;
            }
            Thread.sleep(1);
        }
        fail("no thread is in a receive of the descriptor " + fd + ": " + calls);
    }

    /** The system call in which each thread is; proc(5), syscall. */
    private static List<String> calls() throws IOException {
        List<String> calls = new ArrayList<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path task : tasks) {
                try {
                    calls.add(Files.readString(task.resolve("syscall")));
                } catch (NoSuchFileException e) {
                    assumeTrue(
                            Files.exists(Path.of("/proc/self/syscall")), "this kernel does not tell of system calls");
                } catch (AccessDeniedException e) {
                    abort("nobody may look at system calls here");
                } catch (IOException e) {
                    // the thread has ended: ESRCH
                }
            }
        }
        return calls;
    }

    private static Throwable failure(CompletableFuture<byte[]> waiting) {
        ExecutionException e = assertThrows(ExecutionException.class, () -> waiting.get(20, TimeUnit.SECONDS));
        return Objects.requireNonNull(e.getCause());
    }

    @ParameterizedTest
    @EnumSource
    void brings(Form form) throws Exception {
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.SEQPACKET)) {
            for (int i = 0; i < 40; i++) { // those after the first wait without a first try, and now and then with one
                CompletableFuture<byte[]> waiting = later(form, pair.second());
                if (i % 3 == 0) {
                    awaitSleep(pair.second().fd());
                }
                assertEquals(BYTES, pair.first().send(some(i), 0, BYTES, 0));
                assertArrayEquals(some(i), waiting.get(20, TimeUnit.SECONDS));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void endsByClose(Form form) throws Exception {
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            CompletableFuture<byte[]> waiting = later(form, pair.second());
            assertThrows(java.util.concurrent.TimeoutException.class, () -> waiting.get(20, TimeUnit.MILLISECONDS));
            pair.second().close();
            assertInstanceOf(AsynchronousCloseException.class, failure(waiting));
        }
    }

    @ParameterizedTest
    @EnumSource
    void endsByATimeThatCameLater(Form form) throws Exception {
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            CompletableFuture<byte[]> waiting = later(form, pair.second());
            assertThrows(java.util.concurrent.TimeoutException.class, () -> waiting.get(20, TimeUnit.MILLISECONDS));
            pair.second().timeout(Duration.ofMillis(10));
            assertInstanceOf(SocketTimeoutException.class, failure(waiting));
        }
    }

    /** Who shares the descriptor makes it O_NONBLOCK: then there is an EAGAIN, and the receive waits in poll(2). */
    @ParameterizedTest
    @EnumSource
    void goesOnWhereTheDescriptorIsNonBlocking(Form form) throws Exception {
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            pair.second()
                    .call(
                            "fcntl",
                            fd -> io.sockfd.raw.Libc.get().fcntl(fd, Linux.F_SETFL, Linux.O_RDWR | Linux.O_NONBLOCK));
            CompletableFuture<byte[]> waiting = later(form, pair.second());
            assertThrows(java.util.concurrent.TimeoutException.class, () -> waiting.get(20, TimeUnit.MILLISECONDS));
            pair.first().send(some(1), 0, BYTES, 0);
            assertArrayEquals(some(1), waiting.get(20, TimeUnit.SECONDS));
        }
    }
}
