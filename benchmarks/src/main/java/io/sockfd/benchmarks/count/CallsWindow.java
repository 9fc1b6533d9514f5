package io.sockfd.benchmarks.count;

import io.sockfd.benchmarks.Contestant;
import java.nio.file.Files;
import java.nio.file.Path;

/** Marks in the trace by asking for files that are not there. */
final class CallsWindow implements Counted.Window {
    static final int TIMES = 100;
    static final String BEGIN = "/sockfd-count/begin/";
    static final String END = "/sockfd-count/end/";
    private static final int WINDOWS = 3;

    @Override
    public void count(String name, Contestant contestant) throws Exception {
        contestant.run(TIMES); // loads and links what it needs
        for (int i = 0; i < WINDOWS; i++) {
            mark(BEGIN + name);
            contestant.run(TIMES);
            mark(END + name);
        }
    }

    private static void mark(String path) {
        if (Files.exists(Path.of(path))) {
            throw new IllegalStateException("somebody has made " + path);
        }
    }
}
