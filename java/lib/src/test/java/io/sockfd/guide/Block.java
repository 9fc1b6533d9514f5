package io.sockfd.guide;

import java.util.List;

/**
 * A block of code in a page.
 *
 * @param page the file's path in the repository
 * @param line of its first line of code
 * @param language what stands behind the fence
 * @param given what the comment {@code <!-- given: … -->} before it declares: variables that the reader has
 * @param run whether {@code <!-- run -->} or {@code <!-- run as root -->} stands before it
 * @param asRoot whether it needs privileges
 * @param code its lines
 */
record Block(String page, int line, String language, String given, boolean run, boolean asRoot, List<String> code) {
    String text() {
        return String.join("\n", code);
    }

    @Override
    public String toString() {
        return page + ":" + line;
    }
}
