package io.sockfd.inject;

import io.sockfd.Errno;

/** One failure: of the {@code nth} call of a kind, counted from the start of the program. */
record Injection(String program, String call, int nth, Errnos.Case error) {
    @Override
    public String toString() {
        return program + ": " + call + " #" + nth + " " + new Errno(error.errno()).name();
    }
}
