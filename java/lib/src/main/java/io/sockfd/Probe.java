package io.sockfd;

import io.sockfd.internal.memory.CallMemory;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Questions about a number to the kernel, and the flags of one, before and apart from any object. */
final class Probe {
    private static final Libc LIBC = Libc.getOrRefusing();

    /** What {@link #intOption(ByteBuffer, int, int)} needs. */
    static final int OPTION_SIZE = 2 * Integer.BYTES;

    private Probe() {}

    /** An option of SOL_SOCKET that is never negative. */
    static int intOption(int fd, int name) throws IOException {
        return intOption(CallMemory.of(OPTION_SIZE), fd, name);
    }

    /** With {@link #OPTION_SIZE} bytes of direct memory that the caller keeps reachable. */
    static int intOption(ByteBuffer memory, int fd, int name) throws IOException {
        int value = valueOrErrno(memory, fd, name);
        if (value < 0) {
            throw Errors.exception(value, "getsockopt", "fd " + fd);
        }
        return value;
    }

    /** The value of an option that is never negative, or -errno: whether a number is a socket at all. */
    static int valueOrErrno(int fd, int name) {
        return valueOrErrno(CallMemory.of(OPTION_SIZE), fd, name);
    }

    private static int valueOrErrno(ByteBuffer memory, int fd, int name) {
        memory.putInt(0, 0).putInt(Integer.BYTES, Integer.BYTES);
        long address = Memory.address(memory);
        int result = LIBC.getsockopt(fd, Linux.SOL_SOCKET, name, address, address + Integer.BYTES);
        return result < 0 ? result : memory.getInt(0);
    }

    static void makeNonBlocking(int fd) throws IOException {
        ByteBuffer on = CallMemory.of(Integer.BYTES).putInt(0, 1);
        Errors.check(LIBC.ioctl(fd, Linux.FIONBIO, Memory.address(on)), "ioctl", "FIONBIO");
    }
}
