package io.sockfd.benchmarks.option;

import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Ends;
import io.sockfd.benchmarks.Native;
import java.io.IOException;

/** {@code native/bench/loops/option.c}. */
public final class COption implements Contestant {
    static {
        Native.load();
    }

    private final String call;
    private final int[] fds;

    public COption(String call, boolean tcp) throws IOException {
        this.call = call;
        fds = Ends.descriptors(tcp);
    }

    @Override
    public long run(int times) {
        return switch (call) {
            case "get" -> Native.check(get(fds[0], times), "getsockopt");
            case "set" -> Native.check(set(fds[0], OptionRows.VALUE, times), "setsockopt");
            default -> Native.check(name(fds[0], times), "getsockname");
        };
    }

    private static native long get(int fd, int times);

    private static native long set(int fd, int value, int times);

    private static native long name(int fd, int times);

    @Override
    public void close() {
        Ends.close(fds);
    }
}
