package io.sockfd.netns;

import io.sockfd.Descriptor;
import io.sockfd.Errors;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * A thread of its own that goes elsewhere and comes back before anybody hears of it: who it wakes may need a thread, and
 * that would begin where this one is. It opens the process's namespace, calls setns(2), runs the body, goes back, and only then
 * wakes the caller. For the same reason {@link Carriers} has the JDK make the threads of virtual threads before anybody leaves,
 * and the library's own threads begin in {@code raw.ProcessNamespace}.
 */
final class Visit<T extends @Nullable Object> implements Runnable {
    /** The namespace of the thread that opens it; since Linux 3.17. */
    static final Path OWN = Path.of("/proc/thread-self/ns/net");

    private static final Path SELF = Path.of("/proc/thread-self");
    private static final Libc LIBC = Libc.getOrRefusing();

    private final Journey<T> journey;
    private final CountDownLatch over = new CountDownLatch(1);
    private @Nullable T result;
    private @Nullable Throwable failure;

    private Visit(Journey<T> journey) {
        this.journey = journey;
    }

    /** Changes the thread's namespace, and does what is to be done there. */
    @FunctionalInterface
    interface Journey<T extends @Nullable Object> {
        T go() throws Exception;
    }

    /** Waits for it; its exceptions are thrown as they are. */
    static <T extends @Nullable Object, X extends Exception> T away(Journey<T> journey) throws X, IOException {
        Visit<T> visit = new Visit<>(journey);
        Thread thread = new Thread(visit, Carriers.VISITOR);
        thread.setDaemon(true);
        thread.start();
        boolean interrupted = false;
        while (true) {
            try {
                visit.over.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
                thread.interrupt();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return visit.<X>outcome();
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // it throws nothing else that is checked, and gives null if T may be
    private <X extends Exception> T outcome() throws X {
        Throwable thrown = failure;
        if (thrown instanceof Error e) {
            throw e;
        } else if (thrown != null) {
            throw (X) thrown;
        }
        return result;
    }

    @Override
    public void run() {
        try {
            Carriers.prepare();
            String number = Files.readSymbolicLink(SELF).getFileName().toString();
            int home = openHome();
            Carriers.VISITORS.add(number);
            try {
                result = journey.go();
            } finally {
                comeBack(home, number);
            }
        } catch (Throwable e) {
            failure = e;
        } finally {
            over.countDown();
        }
    }

    /** The process's namespace; its first thread may have ended, and then it is the one where this thread began. */
    private static int openHome() throws IOException {
        Path process = Path.of("/proc/self/ns/net");
        try {
            return Descriptor.open(process, Linux.O_RDONLY).release();
        } catch (IOException e) {
            return Descriptor.open(OWN, Linux.O_RDONLY).release();
        }
    }

    private static void comeBack(int home, String number) throws IOException {
        try {
            long left = (long) Files.getAttribute(OWN, "unix:ino");
            Errors.check(LIBC.setns(home, Linux.CLONE_NEWNET), "setns", "back");
            Carriers.bringHome(left);
        } finally {
            Carriers.VISITORS.remove(number);
            LIBC.close(home);
        }
    }
}
