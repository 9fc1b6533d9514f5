package io.sockfd.address;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** File names between text and bytes, in the encoding in which the JDK itself has them. */
final class FileNames {
    /** {@code sun.jnu.encoding}: what java.nio.file uses, from LC_CTYPE; it may differ from file.encoding. */
    private static final Charset CHARSET = charset(System.getProperty("sun.jnu.encoding"));

    private FileNames() {}

    /** @throws IllegalArgumentException when the encoding has no bytes for it */
    static byte[] encode(CharSequence text) {
        try {
            ByteBuffer bytes = CHARSET.newEncoder().encode(CharBuffer.wrap(text));
            byte[] array = new byte[bytes.remaining()];
            bytes.get(array);
            return array;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" cannot be written in " + CHARSET + ", the encoding of file names here:"
                            + " set LC_ALL=C.UTF-8, or give the bytes",
                    e);
        }
    }

    /** The text of these bytes, or null when they are no text. */
    static @Nullable String decode(byte[] bytes) {
        try {
            return CHARSET.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static Charset charset(@Nullable String name) {
        return name != null && Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
    }
}
