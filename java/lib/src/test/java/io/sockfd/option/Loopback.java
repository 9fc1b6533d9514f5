package io.sockfd.option;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.Errors;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.Ifreq;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.function.Executable;
import org.opentest4j.TestAbortedException;

/**
 * A network namespace of one thread, whose loopback has a route for IPv6 multicast: Linux gives loopback none, and then
 * a send ends with ENETUNREACH.
 */
final class Loopback {
    private static final int LO = 1;
    /** struct in6_rtmsg of linux/ipv6_route.h: destination, its length in bits, flags, interface. */
    private static final int RTMSG_SIZE = 80;

    private static final int RTMSG_DST_LEN = 52;
    private static final int RTMSG_METRIC = 56;
    private static final int RTMSG_FLAGS = 72;
    private static final int RTMSG_IFINDEX = 76;
    /** RTF_UP | RTF_LOCAL; without the second the kernel makes a reject route of any through loopback. */
    private static final int LOCAL_ROUTE = 0x8000_0001;

    private Loopback() {}

    /** Runs the test in the namespace; aborts it where none may be made. */
    static void withMulticastRoute(Executable test) throws Throwable {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                int result = Libc.get().unshare(Linux.CLONE_NEWNET);
                assumeTrue(result == 0, "needs CAP_SYS_ADMIN for a network namespace");
                prepare();
                test.execute();
            } catch (Throwable e) {
                thrown.set(e);
            }
        });
        thread.start();
        thread.join();
        Throwable e = thrown.get();
        if (e instanceof TestAbortedException) {
            throw new TestAbortedException(e.getMessage());
        } else if (e != null) {
            throw e;
        }
    }

    private static void prepare() throws IOException {
        int fd = Errors.check(Libc.get().socket(Linux.AF_INET6, Linux.SOCK_DGRAM, 0), "socket");
        try {
            ByteBuffer ifreq = Memory.allocate(Ifreq.SIZE);
            ifreq.put(0, "lo".getBytes(StandardCharsets.US_ASCII));
            Ifreq.ifr_flags(ifreq, 0, Linux.IFF_UP);
            Family.call("ioctl", ifreq, at -> Libc.get().ioctl(fd, Linux.SIOCSIFFLAGS, at));
            ByteBuffer route = Memory.allocate(RTMSG_SIZE);
            route.put(0, (byte) 0xff);
            route.putShort(RTMSG_DST_LEN, (short) Byte.SIZE);
            route.putInt(RTMSG_METRIC, 1);
            route.putInt(RTMSG_FLAGS, LOCAL_ROUTE);
            route.putInt(RTMSG_IFINDEX, LO);
            Family.call("ioctl", route, at -> Libc.get().ioctl(fd, Linux.SIOCADDRT, at));
        } finally {
            Libc.get().close(fd);
        }
    }
}
