package io.sockfd.ebpf;

import io.sockfd.Errors;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** bpf(2). */
final class BpfCall {
    private static final Libc LIBC = Libc.getOrRefusing();
    private static final int TRIES = 10;

    private BpfCall() {}

    /**
     * Makes the call; the kernel gives up with EAGAIN when a signal comes while it verifies a program.
     *
     * @param attr begins with the call's part of union bpf_attr
     * @return its value, or -errno
     */
    static int raw(int command, ByteBuffer attr, int size) {
        try {
            int result = -Linux.EAGAIN;
            for (int i = 0; i < TRIES && result == -Linux.EAGAIN; i++) {
                result = LIBC.bpf(command, Memory.address(attr), size);
            }
            return result;
        } finally {
            Reference.reachabilityFence(attr);
        }
    }

    /** As {@link #raw} with all of the memory, or throws. */
    static int check(int command, ByteBuffer attr, String what) throws IOException {
        int result = raw(command, attr, attr.capacity());
        return result < 0 ? throwing(result, what) : result;
    }

    static int throwing(int result, String what) throws IOException {
        return Errors.check(result, "bpf", new Request(what));
    }

    /** What the call was to do. It is no text, so that the remedies look at this process's privileges. */
    record Request(String what) {
        @Override
        public String toString() {
            return what;
        }
    }

    /** The kernel takes letters, digits, _ and . as a name, 15 of them; a name is for people who list what is loaded. */
    static byte[] name(String name) {
        byte[] bytes = name.replaceAll("[^A-Za-z0-9_.]", "_").getBytes(StandardCharsets.US_ASCII);
        return Arrays.copyOf(bytes, Math.min(bytes.length, Linux.BPF_OBJ_NAME_LEN - 1));
    }
}
