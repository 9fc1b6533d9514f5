package io.sockfd;

import io.sockfd.event.Epoll;
import io.sockfd.event.EpollEvents;
import io.sockfd.event.EventFd;
import io.sockfd.event.EventLoop;
import io.sockfd.inject.FailingLibc;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** Wake-ups whose write fails: none is taken for done. Prints what went wrong and how many rows there were. */
final class WakeFailures {
    private static int rows;
    private static int wrong;

    private WakeFailures() {}

    private interface Body {
        void run() throws Exception;
    }

    public static void main(String[] args) throws Exception {
        for (int errno : new int[] {Linux.EAGAIN, Linux.EINTR, Linux.ENOMEM, Linux.EIO}) {
            String name = new Errno(errno).name();
            row("execute, write once " + name, () -> executes(errno));
            row("close of a wait, write once " + name, () -> closes(errno));
            row("close of an Epoll's wait, write once " + name, () -> closesEpoll(errno));
        }
        for (int errno : new int[] {Linux.EAGAIN, Linux.ENOMEM, Linux.EIO, Linux.EBADF}) {
            row("execute, write always " + new Errno(errno).name(), () -> rejects(errno));
            row("Epoll.wakeUp, write always " + new Errno(errno).name(), () -> wakeUpThrows(errno));
        }
        row("a read of the wake-up is interrupted", WakeFailures::drainIsInterrupted);
        System.out.println(rows + " rows, " + wrong + " wrong");
        System.exit(wrong == 0 ? 0 : 1);
    }

    private static void row(String name, Body body) {
        rows++;
        try {
            body.run();
        } catch (Exception | AssertionError e) {
            wrong++;
            System.out.println(name + ": " + e);
        } finally {
            FailingLibc.clear();
        }
    }

    private static EventLoop running() throws Exception {
        EventLoop loop = EventLoop.open();
        Thread thread = new Thread(() -> {
            try {
                loop.run();
            } catch (IOException e) {
                System.out.println("the loop: " + e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        CompletableFuture<Void> runs = new CompletableFuture<>();
        loop.execute(() -> runs.complete(null));
        runs.get(20, TimeUnit.SECONDS);
        TimeUnit.MILLISECONDS.sleep(50); // it waits
        return loop;
    }

    private static void run(EventLoop loop, String what) throws Exception {
        CompletableFuture<Void> ran = new CompletableFuture<>();
        loop.execute(() -> ran.complete(null));
        try {
            ran.get(10, TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new AssertionError("the loop is deaf: " + what);
        }
    }

    private static void executes(int errno) throws Exception {
        try (EventLoop loop = running()) {
            FailingLibc.fail("write", 1, errno);
            run(loop, "the first task");
            run(loop, "the second task");
        }
    }

    private static void rejects(int errno) throws Exception {
        try (EventLoop loop = running()) {
            FailingLibc.fail("write", 1, FailingLibc.ALWAYS, errno);
            for (int i = 0; i < 3; i++) {
                try {
                    loop.execute(() -> System.out.println("a task ran that was refused"));
                    throw new AssertionError("a task was taken that nobody will run");
                } catch (RejectedExecutionException e) {
                    if (!(e.getCause() instanceof ErrnoException cause)
                            || cause.errno().value() != errno) {
                        throw new AssertionError(e);
                    }
                }
                try {
                    loop.schedule(Duration.ZERO, () -> System.out.println("a timer ran that was refused"));
                    throw new AssertionError("a timer was taken that nobody will run");
                } catch (RejectedExecutionException e) {
                    // as it should be
                }
            }
            FailingLibc.clear();
            run(loop, "after the failures");
        }
    }

    private static void wakeUpThrows(int errno) throws Exception {
        try (Epoll epoll = Epoll.open()) {
            CompletableFuture<Integer> woken = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                try {
                    woken.complete(epoll.await(new EpollEvents(4)));
                } catch (Throwable e) {
                    woken.completeExceptionally(e);
                }
            });
            thread.start();
            FailingLibc.fail("write", 1, FailingLibc.ALWAYS, errno);
            try {
                epoll.wakeUp();
                throw new AssertionError("it says that it has woken somebody");
            } catch (ErrnoException e) {
                if (e.errno().value() != errno || !e.call().equals("write")) {
                    throw new AssertionError(e);
                }
            }
            FailingLibc.clear();
            epoll.wakeUp();
            woken.get(10, TimeUnit.SECONDS);
            thread.join(10_000);
        }
    }

    private static void closes(int errno) throws Exception {
        EventFd counter = EventFd.open(0);
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                end.completeExceptionally(new AssertionError("read " + counter.read()));
            } catch (Throwable e) {
                end.complete(e);
            }
        });
        thread.start();
        TimeUnit.MILLISECONDS.sleep(100);
        FailingLibc.fail("write", 1, errno);
        counter.close();
        Throwable failure = end.get(10, TimeUnit.SECONDS);
        if (!(failure instanceof AsynchronousCloseException)) {
            throw new AssertionError(failure);
        }
    }

    private static void closesEpoll(int errno) throws Exception {
        Epoll epoll = Epoll.open();
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                end.completeExceptionally(new AssertionError("await " + epoll.await(new EpollEvents(4))));
            } catch (Throwable e) {
                end.complete(e);
            }
        });
        thread.start();
        TimeUnit.MILLISECONDS.sleep(100);
        FailingLibc.fail("write", 1, errno);
        epoll.close();
        Throwable failure = end.get(10, TimeUnit.SECONDS);
        if (!(failure instanceof AsynchronousCloseException)) {
            throw new AssertionError(failure);
        }
    }

    private static void drainIsInterrupted() throws Exception {
        try (EventLoop loop = running()) {
            FailingLibc.fail("read", 1, Linux.EINTR);
            run(loop, "the first task");
            run(loop, "the second task");
        }
    }
}
