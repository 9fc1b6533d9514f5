package io.sockfd.benchmarks.call;

import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import java.util.List;

/** {@code call}. */
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
}
