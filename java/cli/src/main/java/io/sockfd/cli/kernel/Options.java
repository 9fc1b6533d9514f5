package io.sockfd.cli.kernel;

import io.sockfd.Errors;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Memory;
import java.io.IOException;

/** Socket options that are an int. */
public final class Options {
    private Options() {}

    /**
     * {@code setsockopt(2)}.
     *
     * @param name what the message of a failure calls the option
     */
    public static void set(Libc libc, Fd socket, int level, int option, int value, String name) throws IOException {
        try (Scratch memory = new Scratch()) {
            long address = Memory.address(memory.allocateInt(value));
            Errors.check(
                    libc.setsockopt(socket.number(), level, option, address, Integer.BYTES),
                    "setsockopt",
                    name + "=" + value);
        }
    }
}
