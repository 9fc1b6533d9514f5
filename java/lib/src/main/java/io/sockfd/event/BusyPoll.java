package io.sockfd.event;

import io.sockfd.Errors;
import io.sockfd.internal.memory.CallMemory;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.EpollParams;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * How an {@link Epoll} asks the network devices for packets itself, instead of waiting for their interrupts.
 *
 * @param micros how long {@link Epoll#await} does so, in microseconds; 0 not at all
 * @param budget packets at a time; more than 64 needs CAP_NET_ADMIN
 * @param prefer whether the devices' interrupts stay off meanwhile
 * @see <a href="https://docs.kernel.org/networking/napi.html">epoll based busy polling</a>
 */
public record BusyPoll(int micros, int budget, boolean prefer) {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException when {@code micros} is negative or {@code budget} does not fit into 16 bits
     */
    public BusyPoll {
        if (micros < 0 || budget < 0 || budget > 0xffff) {
            throw new IllegalArgumentException(
                    "micros " + micros + ", budget " + budget + ": from 0 on, and a budget up to 65535");
        }
    }

    static BusyPoll get(int epfd) throws IOException {
        ByteBuffer params = CallMemory.of(EpollParams.SIZE);
        Errors.check(
                Libc.get().ioctl(epfd, Integer.toUnsignedLong(Linux.EPIOCGPARAMS), Memory.address(params)),
                "ioctl",
                "EPIOCGPARAMS");
        return new BusyPoll(
                EpollParams.busy_poll_usecs(params, 0),
                EpollParams.busy_poll_budget(params, 0),
                EpollParams.prefer_busy_poll(params, 0) != 0);
    }

    void set(int epfd) throws IOException {
        ByteBuffer params = CallMemory.of(EpollParams.SIZE);
        params.putLong(0, 0);
        EpollParams.busy_poll_usecs(params, 0, micros);
        EpollParams.busy_poll_budget(params, 0, budget);
        EpollParams.prefer_busy_poll(params, 0, prefer ? 1 : 0);
        Errors.check(
                Libc.get().ioctl(epfd, Integer.toUnsignedLong(Linux.EPIOCSPARAMS), Memory.address(params)),
                "ioctl",
                "EPIOCSPARAMS " + this);
    }
}
