package io.sockfd.cli.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The head of a request of HTTP/1.0 or 1.1, RFC 9112, read where it lies. Used again for each. */
final class Request {
    /** What the head is. */
    enum State {
        INCOMPLETE,
        COMPLETE,
        WRONG
    }

    private boolean head;
    private boolean get;
    private boolean keepAlive;
    private boolean hasBody;
    private boolean hasHost;
    private boolean modern;
    private int from;
    private int scanned; // no head ends before
    private String target = "";
    private @Nullable String range;
    private @Nullable String since;

    /** Looks for a head between the buffer's position and limit; a complete one is taken out. */
    State parse(ByteBuffer in) {
        while (in.hasRemaining() && (in.get(in.position()) == '\r' || in.get(in.position()) == '\n')) {
            in.get(); // empty lines before a request are ignored
        }
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

    /** Behind the empty line; -1 when it is not there yet. */
    private int end(ByteBuffer in) {
        for (int i = from + scanned; i < in.limit(); i++) {
            if (in.get(i) == '\n' && i > from) {
                int before = in.get(i - 1) == '\r' ? i - 2 : i - 1;
                if (before > from && in.get(before) == '\n') {
                    return i + 1;
                }
            }
        }
        scanned = Math.max(0, in.limit() - from - 1);
        return -1;
    }

    private boolean read(ByteBuffer in, int end) {
        keepAlive = hasBody = hasHost = false;
        range = since = null;
        int line = endOfLine(in, from, end);
        if (!readFirst(in, line)) {
            return false;
        }
        for (int at = next(in, line); at < end; ) {
            int last = endOfLine(in, at, end);
            if (last > at && !readField(in, at, last)) {
                return false;
            }
            at = next(in, last);
        }
        return hasHost || !modern;
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
        int space = find(in, ' ', from, end);
        int second = find(in, ' ', space + 1, end);
        if (space <= from || second <= space + 1 || find(in, ' ', second + 1, end) >= 0) {
            return false;
        }
        get = matches(in, from, space, "GET");
        head = matches(in, from, space, "HEAD");
        modern = matches(in, second + 1, end, "HTTP/1.1");
        keepAlive = modern;
        if (!targetIs(in, space + 1, second)) { // the same path again and again makes no garbage
            target = text(in, space + 1, second);
        }
        return modern || matches(in, second + 1, end, "HTTP/1.0");
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

    private boolean readField(ByteBuffer in, int at, int end) {
        int colon = find(in, ':', at, end);
        if (colon <= at || in.get(at) == ' ' || in.get(at) == '\t' || in.get(colon - 1) == ' ') {
            return false; // folded lines and blanks before the colon are how requests are smuggled
        }
        int value = colon + 1;
        while (value < end && (in.get(value) == ' ' || in.get(value) == '\t')) {
            value++;
        }
        if (matches(in, at, colon, "connection")) {
            keepAlive = modern ? !matches(in, value, end, "close") : matches(in, value, end, "keep-alive");
        } else if (matches(in, at, colon, "host")) {
            hasHost = true;
        } else if (matches(in, at, colon, "content-length")) {
            hasBody |= !matches(in, value, end, "0");
        } else if (matches(in, at, colon, "transfer-encoding")) {
            hasBody = true;
        } else if (matches(in, at, colon, "range")) {
            range = text(in, value, end);
        } else if (matches(in, at, colon, "if-modified-since")) {
            since = text(in, value, end);
        }
        return true;
    }

    private static int find(ByteBuffer in, char wanted, int at, int end) {
        for (int i = at; i < end; i++) {
            if (in.get(i) == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static boolean matches(ByteBuffer in, int at, int end, String wanted) {
        if (end - at != wanted.length()) {
            return false;
        }
        for (int i = at; i < end; i++) {
            char expected = wanted.charAt(i - at);
            int found = in.get(i);
            if (found != expected && Character.toLowerCase((char) found) != expected) {
                return false;
            }
        }
        return true;
    }

    private static String text(ByteBuffer in, int at, int end) {
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

    boolean keepsAlive() {
        return keepAlive;
    }

    boolean hasBody() {
        return hasBody;
    }

    /** As it came, one char per byte. */
    String target() {
        return target;
    }

    @Nullable
    String range() {
        return range;
    }

    @Nullable
    String ifModifiedSince() {
        return since;
    }
}
