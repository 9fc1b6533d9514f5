package io.sockfd.wake;

import io.sockfd.Domain;
import io.sockfd.ErrnoException;
import io.sockfd.MessageBatch;
import io.sockfd.PidFd;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.address.Sockaddr;
import io.sockfd.event.Epoll;
import io.sockfd.event.EpollEvents;
import io.sockfd.event.EventLoop;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.Seccomp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;

/**
 * A child that is refused one system call after the other, and does after each what the library makes of them. The calls are
 * those that are younger than Linux 2.6.28, at whose age the oldest filters and kernels stop.
 */
final class OlderWays {
    /** Before each line that counts. */
    static final String SAID = "said: ";

    private static final int MESSAGES = 5;
    private static final Map<String, Integer> CALLS = calls();

    private OlderWays() {}

    private static Map<String, Integer> calls() {
        Map<String, Integer> calls = new LinkedHashMap<>();
        calls.put("nothing", -1);
        calls.put("epoll_pwait2", Linux.SYS_epoll_pwait2);
        calls.put("accept4", Linux.SYS_accept4);
        calls.put("sendmmsg", Linux.SYS_sendmmsg);
        calls.put("recvmmsg", Linux.SYS_recvmmsg);
        calls.put("membarrier", Linux.SYS_membarrier);
        calls.put("memfd_create", Linux.SYS_memfd_create);
        calls.put("pidfd_getfd", Linux.SYS_pidfd_getfd);
        calls.put("pidfd_open", Linux.SYS_pidfd_open);
        return calls;
    }

    /** Nothing is older than pidfd_open: there the errno comes out. */
    static List<String> expected(String errno) {
        List<String> lines = new ArrayList<>();
        for (String call : CALLS.keySet()) {
            String pidfd = call.equals("pidfd_open") ? "pidfd_open " + errno : "a process";
            lines.add(SAID + call + ": waited, event, timer, closed on exec, blocks, batch of " + MESSAGES
                    + ", nothing more, " + pidfd);
        }
        return lines;
    }

    /** Argument: the name of the errno that refuses. */
    public static void main(String[] args) {
        int errno = args[0].equals("EPERM") ? Linux.EPERM : Linux.ENOSYS;
        CALLS.forEach((call, number) -> {
            if (number >= 0) {
                Seccomp.refuse(Libc.get(), number, errno);
            }
            System.out.println(SAID + call + ": "
                    + String.join(
                            ", ",
                            said(OlderWays::epoll),
                            said(OlderWays::eventLoop),
                            said(OlderWays::accept),
                            said(OlderWays::batch),
                            said(OlderWays::pidfd)));
        });
    }

    private static String said(Callable<String> job) {
        try {
            return job.call();
        } catch (Exception e) {
            return e.toString();
        }
    }

    private static String epoll() throws IOException {
        try (Epoll epoll = Epoll.open();
                Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            epoll.add(pair.second(), Linux.EPOLLIN, null);
            EpollEvents events = new EpollEvents(1);
            long start = System.nanoTime();
            int none = epoll.await(events, 3_000_000);
            boolean waited = none == 0 && System.nanoTime() - start >= 3_000_000;
            pair.first().sendAll(ByteBuffer.allocate(1));
            int one = epoll.await(events, 60_000_000_000L);
            return (waited ? "waited, " : "did not wait, ") + (one == 1 ? "event" : "no event");
        }
    }

    private static String eventLoop() throws IOException {
        StringBuilder ran = new StringBuilder();
        try (EventLoop loop = EventLoop.open()) {
            loop.schedule(Duration.ofMillis(1), () -> {
                ran.append("timer");
                loop.stop(Duration.ZERO);
            });
            loop.run();
        }
        return ran.toString();
    }

    private static String accept() throws IOException {
        try (Socket listener = Socket.tcp()
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .listen();
                Socket client = Socket.tcp()) {
            client.connect(listener.getLocalAddress());
            try (Socket server = Objects.requireNonNull(listener.accept(new Sockaddr()))) {
                client.sendAll(ByteBuffer.allocate(1));
                boolean received = server.recv(ByteBuffer.allocate(1), 0) == 1;
                boolean closedOnExec = (Libc.get().fcntl(server.fd(), Linux.F_GETFD, 0) & Linux.FD_CLOEXEC) != 0;
                return (closedOnExec ? "closed on exec, " : "inherited, ") + (received ? "blocks" : "does not block");
            }
        }
    }

    private static String batch() throws IOException {
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.DGRAM);
                MessageBatch out = new MessageBatch(MESSAGES, 1, 0);
                MessageBatch in = new MessageBatch(MESSAGES + 1, 1, 0)) {
            ByteBuffer bytes = Memory.allocate(2 * MESSAGES);
            for (int i = 0; i < MESSAGES; i++) {
                out.get(i).data(bytes.slice(i, i + 1));
            }
            ByteBuffer[] received = new ByteBuffer[MESSAGES + 1];
            for (int i = 0; i <= MESSAGES; i++) {
                received[i] = Memory.allocate(64);
                in.get(i).data(received[i]);
            }
            int sent = pair.first().sendMessages(out, 0, MESSAGES, 0);
            int came = pair.second().receiveMessages(in, 0, MESSAGES + 1, 0);
            for (int i = 0; i < came; i++) {
                if (received[i].position() != i + 1 || in.get(i).length() != i + 1) {
                    return "message " + i + " has " + received[i].position() + " bytes";
                }
            }
            pair.second().timeout(Duration.ZERO);
            in.clear();
            in.get(0).data(received[0].clear());
            boolean more = pair.second().receiveMessages(in, 0, 1, 0) != Socket.WOULD_BLOCK;
            return sent == came ? "batch of " + came + (more ? ", more" : ", nothing more") : "sent " + sent;
        }
    }

    private static String pidfd() throws IOException {
        try (PidFd process = PidFd.open(ProcessHandle.current().pid())) {
            return process.hasEnded() ? "has ended" : "a process";
        } catch (ErrnoException e) {
            return e.call() + " " + e.errno().name();
        }
    }
}
