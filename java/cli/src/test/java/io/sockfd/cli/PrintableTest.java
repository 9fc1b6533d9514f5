package io.sockfd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every character, in each of the ways to print one. */
class PrintableTest {
    /** What terminals act upon: C0, DEL, C1, marks of direction and other invisible ones, separators of lines. */
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

    @Test
    void nothingUnsafeIsLeft() {
        for (int i = 0; i <= Character.MAX_VALUE; i++) {
            String c = String.valueOf((char) i);
            String number = Integer.toHexString(i);
            assertFalse(UNSAFE.matcher(Printable.of(c)).find(), number);
            assertEquals(!UNSAFE.matcher(c).find(), Printable.of(c).equals(c), number);
            boolean ours = "\n\t\b".contains(c);
            assertEquals(ours, UNSAFE.matcher(Printable.lines(c)).find(), number);
        }
    }

    @Test
    void aDocumentIsReadBackAsItWas() {
        for (int i = 0; i < Character.MAX_VALUE; i++) {
            if (!Character.isSurrogate((char) i)) {
                String text = "a" + (char) i + "b";
                String line = Json.line(Map.of("key", text));
                assertFalse(UNSAFE.matcher(line).find(), Integer.toHexString(i));
                assertEquals(
                        text,
                        JsonParser.parseString(line)
                                .getAsJsonObject()
                                .get("key")
                                .getAsString());
            }
        }
        assertEquals("{\n  \"a\": \"\\u009b<\"\n}", Json.pretty(Map.of("a", "\u009b<")));
        assertTrue(Json.line(Map.of("ä", "€")).contains("ä"), "what can be read is left alone");
    }
}
