package io.sockfd.netns;

import io.sockfd.Errors;
import io.sockfd.Virtual;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** A JVM in which nobody has started a virtual thread before a body does. */
final class CarriersChild {
    /** As many as there may be carriers. */
    static final int THREADS = 8;

    private CarriersChild() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("late")) {
            late();
        } else {
            body();
        }
        System.out.println("elsewhere: " + Tasks.elsewhere());
    }

    private static void body() throws Exception {
        try (NetworkNamespace ns = NetworkNamespace.create()) {
            ns.run(CarriersChild::startMany);
        }
    }

    /** As if those that there were had ended for want of work: they are made elsewhere, and brought home. */
    private static void late() throws Exception {
        Virtual.start(() -> LockSupport.parkNanos(1)).join(); // the thread that ends timed waits does not end
        FutureTask<NetworkNamespace> away = new FutureTask<>(() -> {
            int unused = Errors.check(Libc.get().unshare(Linux.CLONE_NEWNET), "unshare");
            startMany();
            return NetworkNamespace.current();
        });
        Thread thread = new Thread(away, Carriers.VISITOR); // what it makes has its name at first
        thread.start();
        try (NetworkNamespace left = away.get()) {
            thread.join();
            Carriers.bringHome(left.id());
        }
    }

    /**
     * One carrier for each. When one takes up its work there is no more, which it would make another carrier for: so it is
     * this thread that makes those that there are not yet, whoever is delayed.
     */
    private static void startMany() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        for (int i = 0; i < THREADS; i++) {
            CountDownLatch runs = new CountDownLatch(1);
            Virtual.start(() -> {
                runs.countDown();
                while (!over.get()) {
                    Libc.get().poll(0, 0, 1); // holds its carrier
                }
            });
            runs.await();
        }
        boolean any = Tasks.elsewhere().keySet().stream().anyMatch(name -> name.contains("ForkJoinPool-1-"));
        over.set(true);
        System.out.println("carriers elsewhere: " + any);
    }
}
