package io.sockfd.between;

import io.sockfd.ErrnoException;
import io.sockfd.Errors;
import io.sockfd.Virtual;
import io.sockfd.between.Cases.Opened;
import io.sockfd.between.Cases.Opening;
import io.sockfd.inject.FailingLibc;
import io.sockfd.raw.Linux;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Another thread closes while an operation is before its n-th system call, for each operation and each n: that is seen as a close
 * meanwhile, whether a wait, a call or the way between two calls finds it, and the number is another's from then on: no call uses
 * it. Prints what was seen otherwise.
 */
public final class ClosedBetweenCalls {
    private static final int MOST_CALLS = 12;
    private static final int MOST_LOOKS = 5_000;

    private static int rows;
    private static int meanwhile;
    private static int wrong;

    private ClosedBetweenCalls() {}

    /** Platform threads, and virtual ones if there is an argument. */
    public static void main(String[] args) throws Exception {
        if (!FailingLibc.isInstalled()) {
            throw new IllegalStateException("needs " + FailingLibc.OPTION);
        }
        Cases cases = new Cases();
        SocketCases.addTo(cases);
        NioCases.addTo(cases);
        DeviceCases.addTo(cases);
        boolean virtual = args.length > 0;
        if (!virtual) {
            RingCases.addTo(cases); // which belong to platform threads
        }
        Object ignored = Cases.file();
        for (Map.Entry<String, Opening> operation : cases.all.entrySet()) {
            for (int nth = 1; nth <= MOST_CALLS; nth++) {
                String seen = row(operation.getValue(), nth, virtual);
                if (seen.startsWith("takes no part")) {
                    System.out.println(operation.getKey() + " " + seen);
                    break;
                } else if (seen.isEmpty()) {
                    break; // it makes fewer calls
                }
                rows++;
                meanwhile += seen.equals("meanwhile") ? 1 : 0;
                if (seen.startsWith("wrong")) {
                    wrong++;
                    System.out.println(operation.getKey() + ", closed before call " + nth + ": " + seen);
                } else if (Boolean.getBoolean("sockfd.between.all")) {
                    System.out.println(operation.getKey() + ", closed before call " + nth + ": " + seen);
                }
            }
        }
        System.out.println(rows + " rows, " + meanwhile + " closed meanwhile, " + wrong + " wrong");
        System.exit(wrong == 0 && meanwhile > cases.all.size() ? 0 : 1);
    }

    /** Empty when there is no such call. */
    private static String row(Opening operation, int nth, boolean virtual) throws Exception {
        List<Closeable> all = new ArrayList<>();
        Strangers strangers = new Strangers();
        String seen;
        try {
            Opened opened = operation.open(all);
            seen = virtual ? onVirtualThread(opened, strangers, nth) : seen(opened, strangers, nth);
        } catch (ErrnoException e) {
            seen = "takes no part: " + e.getMessage();
        } finally {
            FailingLibc.rule((call, n, arguments) -> strangers.answer(call, arguments));
            for (int i = all.size() - 1; i >= 0; i--) {
                all.get(i).close();
            }
            FailingLibc.clear();
        }
        String fault = strangers.end();
        return fault == null ? seen : "wrong: " + fault + "; " + seen;
    }

    private static String onVirtualThread(Opened opened, Strangers strangers, int nth) throws Exception {
        CompletableFuture<String> outcome = new CompletableFuture<>();
        Thread ignored = Virtual.start(() -> {
            try {
                outcome.complete(seen(opened, strangers, nth));
            } catch (Throwable e) {
                outcome.completeExceptionally(e);
            }
        });
        return outcome.get(20, TimeUnit.SECONDS);
    }

    private static String seen(Opened opened, Strangers strangers, int nth) {
        Thread me = Thread.currentThread();
        AtomicInteger calls = new AtomicInteger();
        boolean[] closed = new boolean[1];
        FailingLibc.rule((call, n, arguments) -> {
            if (Thread.currentThread().equals(me) && calls.incrementAndGet() == nth) {
                closed[0] = true;
                close(opened.closed());
            }
            return strangers.answer(call, arguments);
        });
        try {
            opened.body().run();
        } catch (SocketTimeoutException e) {
            return closed[0] ? "a timeout" : "";
        } catch (IOException | RuntimeException e) {
            return ended(opened, closed[0], e);
        }
        return closed[0] ? "done" : "";
    }

    private static String ended(Opened opened, boolean closed, Exception e) {
        if (opened.meanwhile().test(e)) {
            return closed ? "meanwhile" : "wrong: " + e + " and nobody closed";
        }
        boolean own = Errors.errnoOf(e)
                .map(errno -> errno.value() != Linux.EBADF && errno.value() != Linux.ENOTSOCK)
                .orElse(false);
        if (own) {
            return closed ? "another end: " + e : "";
        }
        return "wrong: " + e;
    }

    /** Until it is done, or waits for the thread that is in the call. */
    private static void close(Closeable closed) {
        Thread other = new Thread(() -> {
            try {
                closed.close();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        other.start();
        try {
            int waits = 0;
            for (int i = 0; i < MOST_LOOKS && waits < 3 && other.isAlive(); i++) {
                other.join(1);
                Thread.State state = other.getState();
                waits = state == Thread.State.RUNNABLE ? 0 : waits + 1;
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
