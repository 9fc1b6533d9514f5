package io.sockfd.cli;

import java.io.PrintWriter;

/** The end of what a command prints. */
public final class Output {
    private Output() {}

    /**
     * Writes out what is buffered.
     *
     * @throws FailedException when nobody reads standard output any more, or the disk is full
     */
    public static void finish(PrintWriter out) {
        // picocli's writer does not ask the stream beneath
        if (out.checkError() || System.out.checkError()) {
            throw new FailedException("standard output was closed before all was written");
        }
    }
}
