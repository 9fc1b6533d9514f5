package io.sockfd.cli;

import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.PrintWriter;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.List;
import picocli.CommandLine.Help.Ansi;

/**
 * A list that is shown again and again: in place on a terminal, cut to its size, with the head always there; elsewhere each
 * one below the other, whole.
 */
public final class Screen {
    private static final String HOME = "\033[H";
    private static final String CLEAR = "\033[2J";
    private static final String REST_OF_LINE = "\033[K";
    private static final String REST_OF_SCREEN = "\033[J";
    private static final int USUAL_LINES = 24;
    private static final int USUAL_COLUMNS = 80;
    private static final int STDOUT = 1;
    private static final int WINSIZE = 8;

    private final PrintWriter out;
    private final boolean terminal;
    private boolean first = true;

    public Screen(PrintWriter out) {
        this.out = out;
        terminal = Ansi.AUTO.enabled();
    }

    /** Whether it is one. */
    public boolean isTerminal() {
        return terminal;
    }

    /**
     * Shows a list.
     *
     * @param head lines that stay
     * @param lines below them; those that have no room are counted
     * @throws FailedException when it cannot be written
     */
    public void show(List<String> head, List<String> lines) {
        StringBuilder text = new StringBuilder();
        if (terminal) {
            int size = size();
            text.append(first ? HOME + CLEAR : HOME);
            fit(text, head, lines, size >>> Short.SIZE, size & 0xffff);
            text.append(REST_OF_SCREEN);
            first = false;
        } else {
            head.forEach(line -> text.append(line).append('\n'));
            lines.forEach(line -> text.append(line).append('\n'));
        }
        out.print(text);
        Output.finish(out);
    }

    /** How wide a line may be; of what is no terminal as of a usual one. */
    public int columns() {
        return terminal ? size() & 0xffff : USUAL_COLUMNS;
    }

    /** Never a last line feed: the terminal would scroll the head away. */
    static void fit(StringBuilder text, List<String> head, List<String> lines, int rows, int columns) {
        int room = Math.max(1, rows - head.size());
        boolean all = lines.size() <= room;
        int shown = all ? lines.size() : room - 1;
        String separator = "";
        for (String line : head) {
            text.append(separator).append(cut(line, columns)).append(REST_OF_LINE);
            separator = "\r\n";
        }
        for (String line : lines.subList(0, shown)) {
            text.append(separator).append(cut(line, columns)).append(REST_OF_LINE);
            separator = "\r\n";
        }
        if (!all) {
            String more = "… " + (lines.size() - shown) + " more lines";
            text.append(separator).append(cut(more, columns)).append(REST_OF_LINE);
        }
    }

    /** A tab begins the second line of a socket. */
    private static String cut(String line, int columns) {
        String plain = line.replace("\t", "    ");
        return plain.length() <= columns ? plain : plain.substring(0, Math.max(0, columns - 1)) + "…";
    }

    /** Rows above, columns below; those of a usual terminal when it does not tell. */
    private static int size() {
        ByteBuffer size = Memory.allocate(WINSIZE); // struct winsize: rows, columns
        try {
            int result = Libc.get().ioctl(STDOUT, Linux.TIOCGWINSZ, Memory.address(size));
            int rows = size.getShort(0) & 0xffff;
            int columns = size.getShort(Short.BYTES) & 0xffff;
            return result < 0 || rows == 0 || columns == 0
                    ? USUAL_LINES << Short.SIZE | USUAL_COLUMNS
                    : rows << Short.SIZE | columns;
        } finally {
            Reference.reachabilityFence(size);
        }
    }
}
