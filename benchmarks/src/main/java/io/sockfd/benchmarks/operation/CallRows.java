package io.sockfd.benchmarks.operation;

import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Native;
import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the way into C costs by itself, before the kernel does anything: {@code call}. */
public final class CallRows {
    /** No interface has such a name: it does not fit into IFNAMSIZ, and glibc says ENODEV without asking the kernel. */
    static final String TOO_LONG = "no-interface-has-this-name";

    private CallRows() {}

    public static List<Row> all() {
        return List.of(
                row("empty", "no system call, getaddrinfo of nothing", "getaddrinfo"),
                row("errno", "no system call, errno read: if_nametoindex of too long a name", "if_nametoindex"),
                row("getppid", "the least system call, getppid", "getppid")
                        .note(Who.JNR, "seven arguments, one more than its fast path takes")
                        .quick(),
                row("close", "a system call that fails, close(-1)", "close"));
    }

    private static Row row(String variant, String title, String call) {
        return Row.of("call", variant, title).with(Who.C, CCall.class, call).withRaw(RawCall.class, call);
    }

    /** {@code native/bench/loops/call.c}. */
    public static final class CCall implements Contestant {
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

    /** The methods of {@link Libc} with the least behind them. */
    public static final class RawCall implements Contestant {
        private static final Libc LIBC = Libc.get();

        private final String call;
        private final ByteBuffer memory = Memory.allocate(64);

        public RawCall(String call) {
            this.call = call;
            memory.put(0, CallRows.TOO_LONG.getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public long run(int times) {
            return switch (call) {
                case "getaddrinfo" -> getaddrinfo(times);
                case "if_nametoindex" -> nametoindex(times);
                case "close" -> close(times);
                default -> getppid(times);
            };
        }

        private long getaddrinfo(int times) {
            long result = Memory.address(memory);
            long sum = 0;
            for (int i = 0; i < times; i++) {
                sum += LIBC.getaddrinfo(0, 0, 0, result);
            }
            return sum;
        }

        private long nametoindex(int times) {
            long name = Memory.address(memory);
            long sum = 0;
            for (int i = 0; i < times; i++) {
                sum += LIBC.if_nametoindex(name);
            }
            return sum;
        }

        private static long close(int times) {
            long sum = 0;
            for (int i = 0; i < times; i++) {
                sum += LIBC.close(-1);
            }
            return sum;
        }

        private static long getppid(int times) {
            long sum = 0;
            for (int i = 0; i < times; i++) {
                sum += LIBC.syscall(Linux.SYS_getppid, 0, 0, 0, 0, 0, 0);
            }
            return sum;
        }

        @Override
        public void close() {}
    }
}
