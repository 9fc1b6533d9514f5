package io.sockfd.cli.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sockfd.Socket;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is sent: a head, then bytes or a part of a file. Used again for each. */
final class Response {
    private static final int HEAD_SIZE = 2048;
    private static final int MOST_STALLS = 16;
    private static final long PIECE = 1024 * 1024; // of a file: others have their turn

    private final ByteBuffer head = ByteBuffer.allocateDirect(HEAD_SIZE).limit(0);
    private @Nullable ByteBuffer body;
    private @Nullable OpenFile file;
    private long position;
    private long left;
    private int stalls;
    private int status;
    private boolean close;

    int status() {
        return status;
    }

    boolean closes() {
        return close;
    }

    /** Bytes that were not yet taken by the socket. */
    long left() {
        return head.remaining() + (body == null ? 0 : body.remaining()) + left;
    }

    /** Begins the head. */
    Response begin(int code, String reason, boolean closes) {
        finish();
        status = code;
        close = closes;
        stalls = 0;
        head.clear();
        return put("HTTP/1.1 ")
                .put(code)
                .put(" ")
                .put(reason)
                .put("\r\nServer: sockfd\r\nDate: ")
                .put(Clock.date())
                .put(closes ? "\r\nConnection: close\r\n" : "\r\nConnection: keep-alive\r\n");
    }

    Response field(String name, String value) {
        return put(name).put(": ").put(value).put("\r\n");
    }

    private Response put(String ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            head.put((byte) ascii.charAt(i));
        }
        return this;
    }

    private Response put(long number) {
        if (number >= 10) {
            put(number / 10);
        }
        head.put((byte) ('0' + number % 10));
        return this;
    }

    /** Ends the head; the bytes are shared with other responses. */
    void body(ByteBuffer bytes, boolean onlyHead) {
        put("Content-Length: ").put(bytes.remaining()).put("\r\n\r\n");
        head.flip();
        body = onlyHead ? null : bytes.duplicate();
    }

    /** Ends the head; the file is held until it is sent. */
    void body(OpenFile opened, long from, long length, boolean onlyHead) {
        put("Content-Length: ").put(length).put("\r\n\r\n");
        head.flip();
        if (!onlyHead && length > 0) {
            file = opened.hold();
            position = from;
            left = length;
        }
    }

    /** Ends the head of a response that has no body by its status. */
    void noBody() {
        put("\r\n");
        head.flip();
    }

    /** An answer in a line of text. */
    void error(int code, String reason, boolean closes, boolean onlyHead) {
        begin(code, reason, closes).field("Content-Type", "text/plain; charset=utf-8");
        body(ByteBuffer.wrap((code + " " + reason + "\n").getBytes(UTF_8)), onlyHead);
    }

    /** The answer to methods other than GET and HEAD. */
    void notAllowed() {
        begin(405, "Method Not Allowed", true).field("Allow", "GET, HEAD").field("Content-Type", "text/plain");
        body(ByteBuffer.wrap("405 Method Not Allowed\n".getBytes(UTF_8)), false);
    }

    /** Sends a piece of what is left; true when all is sent. */
    boolean send(Socket socket) throws IOException {
        boolean more = body != null || file != null;
        while (head.hasRemaining()) {
            // the body's first bytes go with the head
            if (socket.send(head, more ? Linux.MSG_MORE : 0) == Socket.WOULD_BLOCK) {
                return false;
            }
        }
        ByteBuffer bytes = body;
        while (bytes != null && bytes.hasRemaining()) {
            if (socket.send(bytes, 0) == Socket.WOULD_BLOCK) {
                return false;
            }
        }
        return file == null || sendFile(socket, file);
    }

    private boolean sendFile(Socket socket, OpenFile from) throws IOException {
        long sent = socket.sendFile(from.descriptor(), position, Math.min(left, PIECE));
        position += sent;
        left -= sent;
        stalls = sent > 0 ? 0 : stalls + 1;
        if (stalls > MOST_STALLS) {
            throw new IOException("the file has become shorter while it was sent");
        }
        return left == 0;
    }

    /** Lets go of the body. */
    void finish() {
        head.position(head.limit());
        body = null;
        left = 0;
        if (file != null) {
            file.release();
            file = null;
        }
    }

    /** The time as HTTP has it, written once a second. */
    static final class Clock {
        static final DateTimeFormatter FORMAT =
                DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);
        private static long second = -1;
        private static String text = "";

        private Clock() {}

        /** For the loop's thread. */
        static String date() {
            long now = System.currentTimeMillis() / 1000;
            if (now != second) {
                second = now;
                text = FORMAT.format(ZonedDateTime.now(ZoneOffset.UTC));
            }
            return text;
        }
    }
}
