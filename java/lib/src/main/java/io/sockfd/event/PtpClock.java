package io.sockfd.event;

import io.sockfd.Descriptor;
import io.sockfd.Errors;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.Timespec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The clock of a network card or of a hypervisor, {@code /dev/ptp0} and its like: what hardware timestamps are times of. Which
 * one is a card's, {@code Timestamping} of the package netlink tells. All methods may be called from any thread.
 *
 * <pre>{@code
 * try (PtpClock clock = PtpClock.open(0)) {
 *     long ahead = clock.nanos() - System.currentTimeMillis() * 1_000_000;
 * }
 * }</pre>
 *
 * @see <a href="https://docs.kernel.org/driver-api/ptp.html">PTP clocks, in the kernel's documentation</a>
 */
public final class PtpClock extends Descriptor {
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** FD_TO_CLOCKID of clock_getres(2): a clock id is made of a descriptor's number. */
    private static final int SHIFT = 3;

    private static final int CLOCKFD = 3;

    private final ByteBuffer time = Memory.allocate(Timespec.SIZE);

    private PtpClock(int fd) {
        super(fd, true);
    }

    /**
     * A clock by its number.
     *
     * @throws IOException ENOENT when there is no such clock, EACCES without the right to read it
     * @throws IllegalArgumentException when the number is negative
     */
    public static PtpClock open(int index) throws IOException {
        if (index < 0) {
            throw new IllegalArgumentException("no clock: " + index);
        }
        Path device = Path.of("/dev/ptp" + index);
        if (!Files.exists(device)) {
            throw Errors.exception(
                    -Linux.ENOENT,
                    "open",
                    device
                            + ": this machine has no such clock (a card with PTP has one, and the modules ptp_kvm and ptp_vmw)");
        }
        return open(device);
    }

    /**
     * A clock by the path of its device.
     *
     * @throws IOException with the errno
     */
    public static PtpClock open(Path device) throws IOException {
        return new PtpClock(Descriptor.open(device, Linux.O_RDONLY).release());
    }

    /**
     * Its time in nanoseconds. Of what epoch is up to who sets it: PTP counts TAI since 1970, which is ahead of UTC by the leap
     * seconds, and a clock that nobody sets may have begun at zero.
     *
     * @throws IOException EINVAL when the device is no clock
     */
    public long nanos() throws IOException {
        synchronized (time) {
            long unused = call(
                    "clock_gettime",
                    fd -> Libc.get()
                            .syscall(
                                    Linux.SYS_clock_gettime, ~fd << SHIFT | CLOCKFD, Memory.address(time), 0, 0, 0, 0));
            return Timespec.tv_sec(time, 0) * NANOS_PER_SECOND + Timespec.tv_nsec(time, 0);
        }
    }
}
