package io.sockfd.benchmarks;

import io.sockfd.Errno;
import io.sockfd.WithErrno;
import io.sockfd.netlink.RtNetlink;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A network namespace with nothing but a loopback interface; it lasts as long as what was opened in it. */
public final class PrivateNetwork {
    /** The index of {@code lo}, in every namespace. */
    public static final int LOOPBACK = 1;

    private PrivateNetwork() {}

    /** What is done in the namespace, by a thread that does nothing else. */
    public interface Body<T> {
        T run() throws Exception;
    }

    /**
     * Makes a namespace, and opens something in it.
     *
     * @throws UnavailableException without the privilege to make one, or to open it
     */
    public static <T> T open(Body<T> body) throws Exception {
        FutureTask<T> task = new FutureTask<>(() -> {
            int result = Libc.get().unshare(Linux.CLONE_NEWNET);
            if (result < 0) {
                throw new UnavailableException(
                        "a network namespace of its own needs CAP_SYS_ADMIN, run as root: unshare: "
                                + Errno.ofResult(result));
            }
            try (RtNetlink rt = RtNetlink.open()) {
                rt.setUp(LOOPBACK);
            }
            return body.run();
        });
        Thread thread = new Thread(task, "private network");
        thread.start();
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw reason(e);
        }
    }

    private static Exception reason(ExecutionException e) {
        Throwable cause = e.getCause();
        if (cause instanceof WithErrno failure && failure.errno().equals(Errno.EPERM)) {
            return new UnavailableException("needs CAP_NET_ADMIN and CAP_NET_RAW, run as root: " + cause.getMessage());
        }
        return cause instanceof Exception exception ? exception : e;
    }
}
