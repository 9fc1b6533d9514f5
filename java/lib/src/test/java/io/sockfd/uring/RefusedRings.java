package io.sockfd.uring;

import io.sockfd.Domain;
import io.sockfd.ErrnoException;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.event.Engine;
import io.sockfd.event.EventLoop;
import io.sockfd.event.Peer;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Seccomp;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** What rings and event loops do where io_uring is refused; the argument is the errno of a filter, or 0 for none. */
final class RefusedRings {
    private RefusedRings() {}

    public static void main(String[] args) throws Exception {
        int errno = Integer.parseInt(args[0]);
        if (errno != 0) {
            Seccomp.refuse(Libc.get(), Linux.SYS_io_uring_setup, errno);
        }
        try (Ring ring = Ring.open(8, 16)) {
            System.out.println("ring: works " + ring.buffers(256, 4096).count());
        } catch (ErrnoException e) {
            System.out.println("ring: " + e.getMessage());
        }
        try (EventLoop loop = EventLoop.open(Engine.URING)) {
            System.out.println("chosen: " + loop.engine());
        } catch (ErrnoException e) {
            System.out.println("chosen: " + e.errno());
        }
        System.out.println("preferred: " + served());
    }

    /** On what an echo is served that prefers io_uring. */
    private static Engine served() throws IOException, InterruptedException {
        try (EventLoop loop = EventLoop.open();
                Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            Thread thread = new Thread(() -> {
                try {
                    loop.run();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            thread.start();
            loop.serve(pair.first(), Peer::send);
            pair.second().timeout(Duration.ofSeconds(20)).sendAll(ByteBuffer.wrap(new byte[] {7}));
            pair.second().recvExactly(ByteBuffer.allocate(1));
            loop.stop(Duration.ZERO);
            thread.join();
            return loop.engine();
        }
    }
}
