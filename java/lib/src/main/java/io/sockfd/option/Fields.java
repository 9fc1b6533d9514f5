package io.sockfd.option;

import java.util.OptionalLong;

/** Prints the fields of large structs. */
final class Fields {
    private Fields() {}

    static void append(StringBuilder text, String name, long value) {
        if (value != 0) {
            text.append(text.charAt(text.length() - 1) == '[' ? "" : ", ")
                    .append(name)
                    .append('=')
                    .append(value);
        }
    }

    static void append(StringBuilder text, String name, OptionalLong value) {
        append(text, name, value.orElse(0));
    }
}
