package io.sockfd.netns;

import io.sockfd.Errors;
import io.sockfd.Virtual;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;

/** A JVM in which nobody has started a virtual thread before a body does. */
final class CarriersChild {
    private static final int THREADS = 12;

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
        Thread thread = new Thread(away);
        thread.start();
        try (NetworkNamespace left = away.get()) {
            thread.join();
            Carriers.bringHome(left.id());
        }
    }

    private static void startMany() throws Exception {
        CountDownLatch ran = new CountDownLatch(THREADS);
        for (int j = 0; j < THREADS; j++) {
            Virtual.start(() -> {
                Libc.get().poll(0, 0, 5); // holds its carrier, so that more are made
                ran.countDown();
            });
        }
        ran.await();
        boolean any = Tasks.elsewhere().keySet().stream().anyMatch(name -> name.contains("ForkJoinPool-1-"));
        System.out.println("carriers elsewhere: " + any);
    }
}
