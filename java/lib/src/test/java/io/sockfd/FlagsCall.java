package io.sockfd;

import io.sockfd.address.Sockaddr;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.NotYetConnectedException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The call of a row by the library, and its answer in the words of native/oracle/flags/call.c. */
final class FlagsCall {
    private static final int REST = 64;
    private static final int CONTROL = 256;
    private static final int IP_HEADER = 20;
    private static final int ASCII = 26;
    private static final String WAITS = "waits";

    private final FlagsRow row;
    private final FlagsStates states;

    private FlagsCall(FlagsRow row, FlagsStates states) {
        this.row = row;
        this.states = states;
    }

    /** Runs a row; a call that has not ended after {@code waitsMillis} is one that waits. */
    static String answer(FlagsRow row, long waitsMillis) throws Exception {
        try (FlagsStates states = new FlagsStates(row)) {
            states.subject.timeout(
                    switch (row.mode()) {
                        case BLOCKING -> Socket.BLOCKING;
                        case TIMED -> Duration.ofMillis(row.timeoutMillis());
                        case NON_BLOCKING -> Socket.NON_BLOCKING;
                    });
            FlagsCall call = new FlagsCall(row, states);
            String answer =
                    row.sends() ? call.inThread(call::send, waitsMillis) : call.inThread(call::receive, waitsMillis);
            return answer.equals(WAITS) ? WAITS : answer + call.afterwards();
        }
    }

    private interface Body {
        String run() throws IOException;
    }

    private String inThread(Body body, long waitsMillis) throws Exception {
        CompletableFuture<String> result = new CompletableFuture<>();
        CountDownLatch started = new CountDownLatch(1);
        Runnable task = () -> {
            started.countDown();
            try {
                result.complete(body.run());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        };
        if (row.virtual()) {
            Virtual.start(task);
        } else {
            new Thread(task).start();
        }
        if (!started.await(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the thread does not start");
        }
        if (row.isLater()) {
            boolean waits = row.mode() != FlagsRow.Mode.NON_BLOCKING && !row.has(Linux.MSG_DONTWAIT);
            settled(result, waits ? FlagsRow.LATER_MS : 20_000);
            states.later();
        } else if (row.mode() == FlagsRow.Mode.BLOCKING && !settled(result, waitsMillis)) {
            states.subject.close();
            try {
                return "ended by close(): " + result.get(20, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof AsynchronousCloseException) {
                    return WAITS;
                }
                throw e;
            }
        }
        return result.get(20, TimeUnit.SECONDS);
    }

    private static boolean settled(CompletableFuture<?> result, long milliseconds) throws InterruptedException {
        try {
            Object ignored = result.get(milliseconds, TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException e) {
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    private ByteBuffer memory(int size) {
        return row.form() == FlagsRow.Form.DIRECT ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
    }

    private String send() throws IOException {
        ByteBuffer data = memory(row.size());
        for (int i = 0; i < row.size(); i++) {
            data.put(i, (byte) ('a' + i % ASCII));
        }
        long sent;
        try {
            sent = switch (row.form()) {
                case DIRECT, HEAP -> send(data);
                case ARRAY -> states.subject.send(data.array(), data.arrayOffset(), row.size(), row.flags());
                case SEVERAL -> noneIsEagain(states.subject.write(parts(data)));
                case MESSAGE -> sendMessage(data);
                case BATCH -> sendBatch(data);
            };
        } catch (SocketTimeoutException | NotYetConnectedException | ErrnoException e) {
            return String.valueOf(errno(e));
        } catch (AsynchronousCloseException e) {
            throw e;
        } catch (IOException e) {
            return String.valueOf(errno(e));
        }
        return sent > 0 && sent < row.size() ? "part" : String.valueOf(orEagain(sent));
    }

    private int send(ByteBuffer data) throws IOException {
        Sockaddr to = states.to();
        return to == null ? states.subject.send(data, row.flags()) : states.subject.sendTo(data, to, row.flags());
    }

    private ByteBuffer[] parts(ByteBuffer data) {
        int third = row.size() / 3;
        ByteBuffer first = data.duplicate().limit(third);
        ByteBuffer second = data.duplicate().position(third);
        return new ByteBuffer[] {first, second};
    }

    private long sendMessage(ByteBuffer data) throws IOException {
        try (Message message = new Message(2, 0)) {
            return states.subject.sendMessage(message.data(parts(data)).address(states.to()), row.flags());
        }
    }

    private long sendBatch(ByteBuffer data) throws IOException {
        try (MessageBatch batch = new MessageBatch(1, 2, 0)) {
            batch.get(0).data(parts(data)).address(states.to());
            int sent = states.subject.sendMessages(batch, 0, 1, row.flags());
            return sent == 1 ? batch.get(0).length() : sent;
        }
    }

    private String receive() throws IOException {
        ByteBuffer data = memory(row.size());
        try {
            long received = switch (row.form()) {
                case DIRECT, HEAP -> states.subject.recv(data, row.flags());
                case ARRAY -> states.subject.recv(data.array(), data.arrayOffset(), row.size(), row.flags());
                case SEVERAL -> noneIsEagain(states.subject.read(parts(data)));
                case MESSAGE, BATCH -> -3;
            };
            return received == -3 ? receiveMessage(data) : show(received, data);
        } catch (AsynchronousCloseException e) {
            throw e;
        } catch (IOException | NotYetConnectedException e) {
            return String.valueOf(errno(e));
        }
    }

    /** A channel's word for nothing. */
    private long noneIsEagain(long received) {
        return received == 0 && row.mode() == FlagsRow.Mode.NON_BLOCKING ? Socket.WOULD_BLOCK : received;
    }

    private String receiveMessage(ByteBuffer data) throws IOException {
        try (MessageBatch batch = new MessageBatch(1, 2, CONTROL)) {
            Message message = batch.get(0);
            message.data(parts(data));
            long received;
            if (row.form() == FlagsRow.Form.MESSAGE) {
                received = states.subject.receiveMessage(message, row.flags());
            } else {
                int count = states.subject.receiveMessages(batch, 0, 1, row.flags());
                received = count == 1 ? message.length() : count;
            }
            String text = show(received, data);
            return received == Socket.WOULD_BLOCK
                    ? text
                    : text + " flags " + Integer.toHexString(message.flags()) + rights(message);
        }
    }

    private static String rights(Message message) {
        int count = message.descriptorCount();
        int closing = 0;
        for (int i = 0; i < count; i++) {
            int flags = Libc.get().fcntl(message.descriptor(i), Linux.F_GETFD, 0);
            closing += (flags & Linux.FD_CLOEXEC) != 0 ? 1 : 0;
        }
        return count == 0 ? "" : " rights " + count + " close-on-exec " + closing;
    }

    private static long orEagain(long result) {
        return result == -1 ? 0 : result == Socket.WOULD_BLOCK ? -Linux.EAGAIN : result;
    }

    private static int errno(Exception e) {
        return e instanceof SocketTimeoutException
                ? -Linux.EAGAIN
                : -Errors.errnoOf(e)
                        .orElseThrow(() -> new IllegalStateException(e))
                        .value();
    }

    private String show(long result, ByteBuffer data) {
        boolean stored = !row.has(Linux.MSG_TRUNC) || row.type() != FlagsRow.Type.TCP;
        return show(orEagain(result), stored ? (int) Math.min(result, row.size()) : 0, data, row.flags());
    }

    private String show(long result, int count, ByteBuffer data, int flags) {
        StringBuilder text = new StringBuilder().append(result);
        // not the header of an IP packet, whose identification is another each time
        int skipped = row.type() == FlagsRow.Type.RAW && (flags & Linux.MSG_ERRQUEUE) == 0 ? IP_HEADER : 0;
        text.append(result >= 0 && count > skipped ? " " : "");
        for (int i = skipped; i < count; i++) {
            byte b = data.get(i);
            text.append(b == 0 ? '.' : (char) b);
        }
        return text.toString();
    }

    private String afterwards() throws IOException {
        @Nullable Socket observed = states.observed();
        if (observed == null || !observed.isOpen()) {
            return "";
        }
        String text = ", then " + peek(observed, REST, 0);
        boolean urgent = row.sends() && row.has(Linux.MSG_OOB) && row.type().isStream();
        return urgent ? text + ", urgent " + peek(observed, 1, Linux.MSG_OOB) : text;
    }

    private String peek(Socket socket, int size, int flags) {
        ByteBuffer rest = Memory.allocate(size);
        long left = Libc.get().recv(socket.fd(), Memory.address(rest), size, flags | Linux.MSG_DONTWAIT);
        return show(left, (int) Math.min(left, size), rest, flags);
    }
}
