package io.sockfd.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The lines that a command prints. Control characters in them, which may be a peer's, are written out. When nobody reads
 * them any more, the command ends.
 */
public final class Output {
    private final PrintWriter out;

    public Output(CommandSpec spec) {
        out = spec.commandLine().getOut();
    }

    /** Prints a line at once. */
    public void line(String text) {
        print(text + System.lineSeparator());
    }

    /**
     * Prints at once what may be a part of a line.
     *
     * @throws FailedException when it cannot be written
     */
    public void print(String text) {
        out.print(Printable.lines(text));
        finish(out);
    }

    /** Rings the terminal's bell. */
    public void bell() {
        out.print('\u0007');
        finish(out);
    }

    /** Says at once on stderr what happens, as one line whatever is in it. */
    public static void note(CommandSpec spec, String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(Printable.of(line));
        err.flush();
    }

    /**
     * Writes out what is buffered.
     *
     * @throws FailedException when it cannot be written
     */
    public static void finish(PrintWriter out) {
        // picocli writes through System.out, which keeps its failures to itself
        if (out.checkError() || System.out.checkError()) {
            throw new FailedException("the output cannot be written: its reader has gone, or the disk is full");
        }
    }
}
