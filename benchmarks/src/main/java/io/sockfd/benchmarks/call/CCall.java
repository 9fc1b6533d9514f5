package io.sockfd.benchmarks.call;

import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Native;

/** {@code native/bench/loops/call.c}. */
public final class CCall implements Contestant {
    static {
        Native.load();
    }

    private final String call;

    public CCall(String call) {
        this.call = call;
    }

    @Override
    public long run(int times) {
        return switch (call) {
            case "getaddrinfo" -> getaddrinfo(times);
            case "if_nametoindex" -> nametoindex(CallRows.TOO_LONG, times);
            case "close" -> close(times);
            default -> getppid(times);
        };
    }

    private static native long getaddrinfo(int times);

    private static native long nametoindex(String name, int times);

    private static native long close(int times);

    private static native long getppid(int times);

    @Override
    public void close() {}
}
