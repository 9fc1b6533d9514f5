package io.sockfd.cli.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request of HTTP/1.0 or 1.1, RFC 9112, read where it lies. Used again for each. What two servers could
 * understand in two ways, which is how requests are smuggled past the first of them, is WRONG; a line may end with LF alone,
 * as section 2.2 allows.
 */
final class Request {
    /** What the head is. */
    enum State {
        INCOMPLETE,
        COMPLETE,
        WRONG
    }

    private static final int NONE = -1;

    private final RequestFields fields = new RequestFields();
    private boolean head;
    private boolean get;
    private boolean modern;
    private boolean otherVersion;
    private int from;
    private int scanned; // no head ends before
    private boolean lineEnded;
    private String target = "";

    /** Looks for a head between the buffer's position and limit; a complete one is taken out. */
    State parse(ByteBuffer in) {
        skipEmptyLines(in);
        from = in.position();
        int end = end(in);
        if (end < 0) {
            return State.INCOMPLETE;
        }
        scanned = 0;
        boolean good = read(in, end);
        in.position(end);
        return good ? State.COMPLETE : State.WRONG;
    }

    /** Those before a request are ignored. */
    private static void skipEmptyLines(ByteBuffer in) {
        while (in.hasRemaining()) {
            int at = in.position();
            if (in.get(at) == '\n') {
                in.position(at + 1);
            } else if (in.remaining() > 1 && in.get(at) == '\r' && in.get(at + 1) == '\n') {
                in.position(at + 2);
            } else {
                return;
            }
        }
    }

    /** Behind the empty line; -1 when it is not there yet. */
    private int end(ByteBuffer in) {
        if (scanned == 0) {
            lineEnded = false;
        }
        for (int i = from + scanned; i < in.limit(); i++) {
            if (in.get(i) == '\n' && i > from) {
                lineEnded = true;
                int before = in.get(i - 1) == '\r' ? i - 2 : i - 1;
                if (before > from && in.get(before) == '\n') {
                    return i + 1;
                }
            }
        }
        scanned = Math.max(0, in.limit() - from - 1);
        return NONE;
    }

    /** Whether an INCOMPLETE head has its first line. */
    boolean hasTarget() {
        return lineEnded;
    }

    private boolean read(ByteBuffer in, int end) {
        otherVersion = false;
        int line = endOfLine(in, from, end);
        if (!readFirst(in, line)) {
            return false;
        }
        fields.begin(modern);
        for (int at = next(in, line); at < end; ) {
            int last = endOfLine(in, at, end);
            if (last > at && !fields.read(in, at, last)) {
                return false;
            }
            at = next(in, last);
        }
        return fields.agree();
    }

    private static int endOfLine(ByteBuffer in, int at, int end) {
        int i = at;
        while (i < end && in.get(i) != '\n') {
            i++;
        }
        return i > at && in.get(i - 1) == '\r' ? i - 1 : i;
    }

    private static int next(ByteBuffer in, int endOfLine) {
        return endOfLine + (in.get(endOfLine) == '\r' ? 2 : 1);
    }

    private boolean readFirst(ByteBuffer in, int end) {
        int space = RequestFields.find(in, ' ', from, end);
        int second = RequestFields.find(in, ' ', space + 1, end);
        if (space <= from || second <= space + 1 || !RequestFields.isToken(in, from, space)) {
            return false;
        }
        for (int i = space + 1; i < second; i++) {
            int c = in.get(i) & 0xff;
            if (c <= ' ' || c == 0x7f || c == '#') { // a fragment stays with the client
                return false;
            }
        }
        get = RequestFields.equals(in, from, space, "GET");
        head = RequestFields.equals(in, from, space, "HEAD");
        if (!targetIs(in, space + 1, second)) { // the same path again and again makes no garbage
            target = text(in, space + 1, second);
        }
        return readVersion(in, second + 1, end);
    }

    /** HTTP/DIGIT.DIGIT; a higher minor version is the highest that we know. */
    private boolean readVersion(ByteBuffer in, int at, int end) {
        if (end - at != 8
                || !RequestFields.equals(in, at, at + 5, "HTTP/")
                || !Character.isDigit(in.get(at + 5))
                || in.get(at + 6) != '.'
                || !Character.isDigit(in.get(at + 7))) {
            return false;
        }
        otherVersion = in.get(at + 5) != '1';
        modern = in.get(at + 7) != '0';
        return true;
    }

    private boolean targetIs(ByteBuffer in, int at, int end) {
        if (end - at != target.length()) {
            return false;
        }
        for (int i = at; i < end; i++) {
            if ((in.get(i) & 0xff) != target.charAt(i - at)) {
                return false;
            }
        }
        return true;
    }

    static String text(ByteBuffer in, int at, int end) {
        byte[] bytes = new byte[end - at];
        in.get(at, bytes);
        return new String(bytes, ISO_8859_1);
    }

    boolean isHead() {
        return head;
    }

    /** Whether it is GET or HEAD. */
    boolean isRead() {
        return get || head;
    }

    /** Whether its version is no HTTP/1. */
    boolean isOtherVersion() {
        return otherVersion;
    }

    boolean keepsAlive() {
        return fields.keepsAlive();
    }

    boolean hasBody() {
        return fields.hasBody();
    }

    /** Whether its body is framed in a way that we do not know. */
    boolean hasOtherCoding() {
        return fields.hasOtherCoding();
    }

    /** As it came, one char per byte. */
    String target() {
        return target;
    }

    @Nullable
    String range() {
        return fields.range();
    }

    @Nullable
    String ifModifiedSince() {
        return fields.ifModifiedSince();
    }
}
