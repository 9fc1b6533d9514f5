package io.sockfd.cli.serve;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The fields of a request's head, RFC 9112 section 5 and RFC 9110: those that matter here, and that all are well made. */
final class RequestFields {
    private static final String TOKEN = "!#$%&'*+-.^_`|~";
    private static final String HOST = "-._~%!$&'()*+,;=[]:";

    private boolean modern;
    private boolean close;
    private boolean keep;
    private int hosts;
    private int lengths;
    private int codings;
    private boolean empty; // Content-Length: 0
    private boolean chunked;
    private @Nullable String range;
    private @Nullable String since;

    void begin(boolean isModern) {
        modern = isModern;
        close = keep = empty = chunked = false;
        hosts = lengths = codings = 0;
        range = since = null;
    }

    /** A line of the head; false when it is malformed. */
    boolean read(ByteBuffer in, int at, int end) {
        int colon = find(in, ':', at, end);
        if (colon < 0 || !isToken(in, at, colon)) {
            return false; // folded lines and blanks before the colon, too
        }
        int value = colon + 1;
        int last = end;
        while (value < last && isBlank(in.get(value))) {
            value++;
        }
        while (last > value && isBlank(in.get(last - 1))) {
            last--;
        }
        for (int i = value; i < last; i++) {
            int c = in.get(i) & 0xff;
            if ((c < ' ' && c != '\t') || c == 0x7f) {
                return false; // NUL and a CR that ends no line, for two
            }
        }
        return readKnown(in, at, colon, value, last);
    }

    private boolean readKnown(ByteBuffer in, int at, int colon, int value, int end) {
        if (matches(in, at, colon, "connection")) {
            readConnection(in, value, end);
        } else if (matches(in, at, colon, "host")) {
            hosts++;
            return isHost(in, value, end);
        } else if (matches(in, at, colon, "content-length")) {
            lengths++;
            return readLength(in, value, end);
        } else if (matches(in, at, colon, "transfer-encoding")) {
            codings++;
            chunked = matches(in, value, end, "chunked");
        } else if (matches(in, at, colon, "range")) {
            range = Request.text(in, value, end);
        } else if (matches(in, at, colon, "if-modified-since")) {
            since = Request.text(in, value, end);
        }
        return true;
    }

    /** Whether they fit together: one host, one way to tell where the body ends. */
    boolean agree() {
        return (hosts == 1 || (hosts == 0 && !modern))
                && lengths + codings <= 1
                && (codings == 0 || modern); // HTTP/1.0 has no codings, and whoever sends one means to confuse
    }

    private void readConnection(ByteBuffer in, int at, int end) {
        for (int begin = at; begin <= end; ) {
            int comma = find(in, ',', begin, end);
            int last = comma < 0 ? end : comma;
            int word = begin;
            int wordEnd = last;
            while (word < wordEnd && isBlank(in.get(word))) {
                word++;
            }
            while (wordEnd > word && isBlank(in.get(wordEnd - 1))) {
                wordEnd--;
            }
            close |= matches(in, word, wordEnd, "close");
            keep |= matches(in, word, wordEnd, "keep-alive");
            begin = last + 1;
        }
    }

    private boolean readLength(ByteBuffer in, int at, int end) {
        empty = true;
        for (int i = at; i < end; i++) {
            byte digit = in.get(i);
            if (digit < '0' || digit > '9') {
                return false;
            }
            empty &= digit == '0';
        }
        return end > at && end - at <= 18;
    }

    private static boolean isHost(ByteBuffer in, int at, int end) {
        for (int i = at; i < end; i++) {
            char c = (char) (in.get(i) & 0xff);
            if (!isAlphanumeric(c) && HOST.indexOf(c) < 0) {
                return false;
            } else if (c == '.' && i > at && in.get(i - 1) == '.') {
                return false;
            }
        }
        return end > at;
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isAlphanumeric(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /** A method's or a field's name. */
    static boolean isToken(ByteBuffer in, int at, int end) {
        for (int i = at; i < end; i++) {
            int c = in.get(i);
            if (!isAlphanumeric(c) && (c <= ' ' || TOKEN.indexOf(c) < 0)) {
                return false;
            }
        }
        return end > at;
    }

    static int find(ByteBuffer in, char wanted, int at, int end) {
        for (int i = at; i < end; i++) {
            if (in.get(i) == wanted) {
                return i;
            }
        }
        return -1;
    }

    static boolean equals(ByteBuffer in, int at, int end, String wanted) {
        if (end - at != wanted.length()) {
            return false;
        }
        for (int i = at; i < end; i++) {
            if (in.get(i) != wanted.charAt(i - at)) {
                return false;
            }
        }
        return true;
    }

    /** In either case; {@code wanted} is in lower case. */
    private static boolean matches(ByteBuffer in, int at, int end, String wanted) {
        if (end - at != wanted.length()) {
            return false;
        }
        for (int i = at; i < end; i++) {
            int found = in.get(i);
            int lower = found >= 'A' && found <= 'Z' ? found + ('a' - 'A') : found;
            if (lower != wanted.charAt(i - at)) {
                return false;
            }
        }
        return true;
    }

    boolean keepsAlive() {
        return modern ? !close : keep && !close;
    }

    boolean hasBody() {
        return codings > 0 || (lengths > 0 && !empty);
    }

    boolean hasOtherCoding() {
        return codings > 0 && !chunked;
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
