package io.sockfd.cli.doctor;

import static io.sockfd.raw.Linux.*;

import io.sockfd.ErrnoException;
import io.sockfd.Errors;
import io.sockfd.cli.kernel.Fd;
import io.sockfd.cli.kernel.FdPair;
import io.sockfd.cli.kernel.Options;
import io.sockfd.cli.kernel.Scratch;
import io.sockfd.ebpf.EbpfAssembler;
import io.sockfd.ebpf.EbpfCode;
import io.sockfd.ebpf.EbpfProgram;
import io.sockfd.ebpf.EbpfType;
import io.sockfd.event.Engine;
import io.sockfd.event.EventLoop;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.XdpMmapOffsets;
import io.sockfd.uring.Ring;
import io.sockfd.uring.Timeout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Ways around the ordinary calls: rings, and work that the kernel takes over. */
final class KernelPaths {
    private KernelPaths() {}

    /** In the failure stands who forbids it: a setting, or a filter of system calls. */
    static String ioUring(Libc libc) throws IOException {
        try (Ring ring = Ring.open(8, 16)) {
            Timeout timeout = ring.timeout();
            timeout.start(Duration.ZERO);
            boolean ignored = ring.await(TimeUnit.SECONDS.toNanos(1));
            return timeout.equals(ring.next()) ? "an operation comes back from a ring" : "no operation came back";
        }
    }

    /** What a loop that nobody chose for is on; where it is not what is preferred, the row above has the reason. */
    static String eventLoop(Libc libc) throws IOException {
        Engine preferred = Engine.preferred();
        try (EventLoop loop = EventLoop.open(preferred)) {
            return "on " + loop.engine()
                    + (loop.engine() == Engine.EPOLL ? "; -Dsockfd.engine=uring for io_uring" : "");
        } catch (ErrnoException e) {
            try (EventLoop loop = EventLoop.open()) {
                return "on " + loop.engine() + " and not on " + preferred + ": " + e.getMessage();
            }
        }
    }

    static String bpf(Libc libc) throws IOException {
        EbpfCode code = EbpfAssembler.assemble("r0 = 2; exit"); // XDP_PASS
        try (EbpfProgram program = EbpfProgram.load(EbpfType.XDP, code)) {
            return program.isOpen() ? "a program for XDP is verified and loaded" : "no program";
        }
    }

    static String xdp(Libc libc) throws IOException {
        try (Scratch memory = new Scratch();
                Fd socket = Fd.socket(libc, AF_XDP, SOCK_RAW | SOCK_CLOEXEC, 0)) {
            ByteBuffer offsets = memory.allocate(XdpMmapOffsets.SIZE);
            ByteBuffer length = memory.allocateInt(XdpMmapOffsets.SIZE);
            int result = libc.getsockopt(
                    socket.number(), SOL_XDP, XDP_MMAP_OFFSETS, Memory.address(offsets), Memory.address(length));
            Errors.check(result, "getsockopt", "XDP_MMAP_OFFSETS");
            return "a socket opens and describes its rings";
        }
    }

    static String packetRing(Libc libc) throws IOException {
        // protocol 0: nothing is captured
        try (Fd socket = Fd.socket(libc, AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0)) {
            Options.set(libc, socket, SOL_PACKET, PACKET_VERSION, TPACKET_V3, "PACKET_VERSION");
            return "a packet socket takes the version";
        }
    }

    static String tls(Libc libc) throws IOException {
        try (Scratch memory = new Scratch();
                FdPair tcp = FdPair.tcp(libc)) {
            String name = "tls";
            long value = Memory.address(memory.allocateText(name));
            int result = libc.setsockopt(tcp.left().number(), IPPROTO_TCP, TCP_ULP, value, name.length());
            if (result == -ENOENT) {
                throw Errors.exception(result, "setsockopt", "TCP_ULP=tls, the kernel has no module tls");
            }
            Errors.check(result, "setsockopt", "TCP_ULP=tls");
            return "a TCP connection takes it";
        }
    }
}
