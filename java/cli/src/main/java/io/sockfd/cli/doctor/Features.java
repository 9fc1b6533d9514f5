package io.sockfd.cli.doctor;

import static io.sockfd.raw.Linux.*;

import io.sockfd.Errors;
import io.sockfd.cli.doctor.Report.FeatureState;
import io.sockfd.cli.kernel.Fd;
import io.sockfd.cli.kernel.Loopback;
import io.sockfd.cli.kernel.Options;
import io.sockfd.cli.kernel.Proc;
import io.sockfd.cli.kernel.Scratch;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.EpollEvent;
import io.sockfd.raw.struct.Timespec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** What servers gain from beyond plain sockets, each tried for real. */
final class Features {
    /** Uses a feature and says in a few words what came of it. */
    @FunctionalInterface
    interface Trial {
        String run(Libc libc) throws IOException;
    }

    private Features() {}

    static List<FeatureState> probe(Libc libc, Proc proc) {
        return List.of(
                older(run("epoll_pwait2", libc, Features::epollPwait2), "epoll_wait, with whole milliseconds"),
                older(run("accept4", libc, Features::accept4), "accept and fcntl"),
                older(run("sendmmsg, recvmmsg", libc, Features::batches), "one call for each message"),
                older(run("membarrier", libc, Features::membarrier), "atomic instructions in every call"),
                run("SO_REUSEPORT", libc, Features::reusePort),
                fastOpen(libc, proc),
                run("UDP_SEGMENT (GSO)", libc, UdpOffload::segmentation),
                run("UDP_GRO", libc, UdpOffload::coalescing),
                run("MSG_ZEROCOPY", libc, ZeroCopy::send),
                run("kernel TLS", libc, KernelPaths::tls),
                run("io_uring", libc, KernelPaths::ioUring),
                run("event loops", libc, KernelPaths::eventLoop),
                run("bpf(2)", libc, KernelPaths::bpf),
                run("AF_XDP", libc, KernelPaths::xdp),
                run("TPACKET_V3", libc, KernelPaths::packetRing),
                run("pidfd_getfd", libc, Descriptors::pidfdGetfd),
                run("SCM_PIDFD", libc, Descriptors::passPidfd),
                run("timerfd", libc, Descriptors::timer),
                run("memfd", libc, Descriptors::memory));
    }

    private static FeatureState run(String name, Libc libc, Trial trial) {
        try {
            return new FeatureState(name, Report.WORKS, trial.run(libc));
        } catch (IOException e) {
            String state = Errors.errnoOf(e).map(errno -> errno.name()).orElse("fails");
            return new FeatureState(name, state, String.valueOf(e.getMessage()));
        }
    }

    /** What the library does where a system call is refused, by an old kernel or by a filter. */
    private static FeatureState older(FeatureState call, String instead) {
        boolean refused = call.state().equals("ENOSYS") || call.state().equals("EPERM");
        return refused
                ? new FeatureState(
                        call.name(), call.state(), "refused by the kernel or a filter; used instead: " + instead)
                : call;
    }

    /** A call without a descriptor shows whether it gets as far as the kernel's own checks. */
    private static String reached(long result, String call) throws IOException {
        if (result != -EBADF) {
            Errors.check(result, call);
        }
        return "the kernel has it";
    }

    private static String accept4(Libc libc) throws IOException {
        return reached(libc.accept4(-1, 0, 0, 0), "accept4");
    }

    private static String batches(Libc libc) throws IOException {
        reached(libc.sendmmsg(-1, 0, 0, 0), "sendmmsg");
        return reached(libc.recvmmsg(-1, 0, 0, 0, 0), "recvmmsg");
    }

    private static String membarrier(Libc libc) throws IOException {
        long commands = Errors.check(libc.syscall(SYS_membarrier, MEMBARRIER_CMD_QUERY, 0, 0, 0, 0, 0), "membarrier");
        return (commands & MEMBARRIER_CMD_PRIVATE_EXPEDITED) != 0
                ? "threads count their calls without atomics"
                : "too old";
    }

    private static String epollPwait2(Libc libc) throws IOException {
        try (Scratch memory = new Scratch();
                Fd epoll = Fd.of(libc, libc.epoll_create1(EPOLL_CLOEXEC), "epoll_create1")) {
            ByteBuffer events = memory.allocate(EpollEvent.SIZE);
            ByteBuffer timeout = memory.allocate(Timespec.SIZE);
            Timespec.tv_nsec(timeout, 0, 100_000);
            long micros = 0;
            // the first call of a function also binds it
            for (int i = 0; i < 2; i++) {
                long start = System.nanoTime();
                int ready = libc.epoll_pwait2(epoll.number(), Memory.address(events), 1, Memory.address(timeout), 0);
                micros = (System.nanoTime() - start) / 1000;
                Errors.check(ready, "epoll_pwait2");
            }
            return "a timeout of 100 us took " + micros + " us";
        }
    }

    private static String reusePort(Libc libc) throws IOException {
        try (Fd first = Fd.socket(libc, AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
                Fd second = Fd.socket(libc, AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
            Options.set(libc, first, SOL_SOCKET, SO_REUSEPORT, 1, "SO_REUSEPORT");
            Options.set(libc, second, SOL_SOCKET, SO_REUSEPORT, 1, "SO_REUSEPORT");
            Loopback.bind(libc, first, 0);
            Errors.check(libc.listen(first.number(), 1), "listen");
            Loopback.bind(libc, second, Loopback.port(libc, first));
            Errors.check(libc.listen(second.number(), 1), "listen");
            return "two listeners on one port";
        }
    }

    /** A listener takes the option even where the kernel parameter keeps it from having an effect. */
    private static FeatureState fastOpen(Libc libc, Proc proc) {
        FeatureState option = run("TCP_FASTOPEN", libc, Features::fastOpenOption);
        String value = proc.sysctl("net.ipv4.tcp_fastopen").orElse("");
        if (!option.works() || !value.matches("[0-9]{1,9}")) {
            return option;
        }
        int bits = Integer.parseInt(value);
        String sides =
                (bits & 1) == 0 ? (bits & 2) == 0 ? "neither side" : "servers" : (bits & 2) == 0 ? "clients" : "both";
        String detail = "net.ipv4.tcp_fastopen=" + value + ": " + sides
                + ((bits & 3) == 3 ? "" : "; sysctl -w net.ipv4.tcp_fastopen=3");
        return new FeatureState(option.name(), (bits & 3) == 0 ? "off" : Report.WORKS, detail);
    }

    private static String fastOpenOption(Libc libc) throws IOException {
        try (Fd listener = Loopback.bound(libc, SOCK_STREAM)) {
            Options.set(libc, listener, IPPROTO_TCP, TCP_FASTOPEN, 16, "TCP_FASTOPEN");
            return "a listener takes the option";
        }
    }
}
