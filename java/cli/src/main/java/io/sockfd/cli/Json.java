package io.sockfd.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;

/**
 * JSON documents that a terminal can show. Gson leaves DEL, the controls from U+0080 on and marks of direction as they are;
 * here they are written as JSON's own escapes, which every reader turns back.
 */
public final class Json {
    private static final Gson LINE = new GsonBuilder().disableHtmlEscaping().create();
    private static final Gson PRETTY =
            new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

    private Json() {}

    /** As one line. */
    public static String line(Object document) {
        return Printable.json(LINE.toJson(document));
    }

    /** A line for each value. */
    public static String pretty(Object document) {
        return Printable.json(PRETTY.toJson(document));
    }
}
