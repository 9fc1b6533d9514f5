package io.sockfd.cli.relay;

import java.util.function.Consumer;

/** What was counted, and whom to tell of it. For the loop's thread. */
final class Totals {
    private final Consumer<String> log;
    private long clients;
    private long failed;
    private long there;
    private long back;
    private long dropped;

    Totals(Consumer<String> log) {
        this.log = log;
    }

    void say(String line) {
        log.accept(line);
    }

    void begin() {
        clients++;
    }

    void fail(String reason) {
        failed++;
        say(reason);
    }

    void drop() {
        dropped++;
    }

    void add(long bytesThere, long bytesBack) {
        there += bytesThere;
        back += bytesBack;
    }

    boolean hasFailures() {
        return failed > 0;
    }

    /** With those of conversations that go on. */
    String line(int active, long activeThere, long activeBack) {
        return clients + " clients (" + active + " now, " + failed + " failed), " + (there + activeThere)
                + " bytes to the target, " + (back + activeBack) + " bytes back"
                + (dropped == 0 ? "" : ", " + dropped + " datagrams dropped");
    }
}
