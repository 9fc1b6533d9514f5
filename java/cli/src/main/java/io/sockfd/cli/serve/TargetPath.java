package io.sockfd.cli.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** The path of a request's target, RFC 9112 section 3.2 and RFC 3986. */
final class TargetPath {
    private TargetPath() {}

    /** The path as it came, of {@code /path?query} and of {@code http://host/path?query}. */
    static String withoutQuery(String target) {
        String path = target;
        if (!path.startsWith("/")) {
            int authority = path.indexOf("://");
            int slash = authority < 0 ? -1 : path.indexOf('/', authority + 3);
            path = slash < 0 ? (authority < 0 ? "" : "/") : path.substring(slash);
        }
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }

    /**
     * What names the same file for us: without empty names and {@code .}, and with a slash at its end where a directory is
     * meant.
     *
     * @param decoded as from {@link #decode}
     */
    static String canonical(String decoded) {
        StringBuilder path = new StringBuilder(decoded.length());
        String[] names = decoded.split("/", -1);
        for (int i = 0; i < names.length; i++) {
            if (!names[i].isEmpty() && !names[i].equals(".")) {
                path.append(names[i]).append(i < names.length - 1 ? "/" : "");
            }
        }
        return path.toString();
    }

    /** Without what would make it another host: {@code //host/} is one for a browser. */
    static String relative(String path) {
        return "/" + path.replaceFirst("^/+", "");
    }

    /**
     * The file's path below the root, without a slash before it.
     *
     * @throws IllegalArgumentException when it is no path, or its bytes no text
     */
    static String decode(String target) {
        String path = withoutQuery(target);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '%') {
                int high = i + 2 < path.length() ? Character.digit(path.charAt(i + 1), 16) : -1;
                int low = i + 2 < path.length() ? Character.digit(path.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    throw new IllegalArgumentException("not two hexadecimal digits after %");
                }
                c = (char) (high << 4 | low);
                i += 2;
            }
            if (c < ' ' || c == 0x7f) {
                throw new IllegalArgumentException("a control character");
            }
            bytes.write(c);
        }
        try {
            String decoded = UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
            if (decoded.startsWith("/")) {
                return decoded.replaceFirst("^/+", "");
            }
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(e);
        }
        throw new IllegalArgumentException("no path");
    }
}
