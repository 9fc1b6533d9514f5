package io.sockfd.wake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Some threads close channels and open others, which get the same descriptor numbers, while other threads receive, send
 * and wait on whatever they hold. Each pair has a tag, and everything that goes through it says that tag: whoever finds
 * another one was misdirected.
 */
final class Recycling {
    private static final int OWNERS = 2;
    private static final int USERS = 3;
    private static final int SLOTS_EACH = 4;
    private static final int LOADED = 3;

    /** A pair, the end that is used by all, and what must come through it. */
    private record Pair(Channel used, Channel other, long tag, long cookie, long otherCookie) {}

    final LongAdder cycles = new LongAdder();
    final LongAdder reads = new LongAdder();
    final LongAdder writes = new LongAdder();
    final LongAdder closedUnderway = new LongAdder();
    final LongAdder misdirectedReads = new LongAdder();
    final LongAdder misdirectedWrites = new LongAdder();
    final LongAdder strangers = new LongAdder();
    private final Channel.Factory factory;
    private final AtomicReferenceArray<@Nullable Pair> slots = new AtomicReferenceArray<>(OWNERS * SLOTS_EACH);
    private final AtomicLong tags = new AtomicLong();
    private final List<Throwable> failures = new ArrayList<>();
    private final boolean failsFast;
    private volatile boolean stop;

    /**
     * Prepares it.
     *
     * @param failsFast ends at the first thing that goes wrong
     */
    Recycling(Channel.Factory factory, boolean failsFast) {
        this.factory = factory;
        this.failsFast = failsFast;
    }

    /** Runs until so many pairs were opened and closed, or the time is over. */
    void run(long mostCycles, long mostNanos) throws InterruptedException {
        long end = System.nanoTime() + mostNanos;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < OWNERS + USERS; i++) {
            int number = i;
            Threads kind = i % 2 == 1 && Threads.VIRTUAL.exist() ? Threads.VIRTUAL : Threads.PLATFORM;
            threads.add((number < OWNERS ? Threads.PLATFORM : kind).start(() -> guarded(number)));
        }
        while (!stop && cycles.sum() < mostCycles && System.nanoTime() < end) {
            Thread.sleep(1);
        }
        stop = true;
        for (Thread thread : threads) {
            // whoever still waits is woken by the close of its pair
            thread.join();
        }
    }

    List<Throwable> failures() {
        synchronized (failures) {
            return List.copyOf(failures);
        }
    }

    long wrong() {
        return misdirectedReads.sum() + misdirectedWrites.sum() + strangers.sum();
    }

    private void guarded(int number) {
        try {
            if (number < OWNERS) {
                own(number);
            } else {
                use(new SplittableRandom(number));
            }
        } catch (Throwable e) {
            stop = true;
            synchronized (failures) {
                failures.add(e);
            }
        }
    }

    private void wrong(LongAdder counter) {
        counter.increment();
        if (failsFast) {
            stop = true;
        }
    }

    // ---- those who open and close --------------------------------------------------------------------------------

    private void own(int number) throws IOException {
        int first = number * SLOTS_EACH;
        try {
            for (int turn = 0; !stop; turn++) {
                int slot = first + turn % SLOTS_EACH;
                Pair old = slots.getAndSet(slot, null);
                if (old != null) {
                    retire(old);
                }
                slots.set(slot, open());
            }
        } finally {
            for (int slot = first; slot < first + SLOTS_EACH; slot++) {
                Pair left = slots.getAndSet(slot, null);
                if (left != null) {
                    retire(left);
                }
            }
        }
    }

    private Pair open() throws IOException {
        Channel[] ends = factory.pair();
        Pair pair = new Pair(ends[0], ends[1], tags.incrementAndGet(), ends[0].cookie(), ends[1].cookie());
        for (int i = 0; i < LOADED; i++) {
            pair.other.send(pair.tag);
        }
        return pair;
    }

    /** Both numbers must still be the sockets that they were; the other end must have got nothing from strangers. */
    private void retire(Pair pair) throws IOException {
        if (!is(pair.used, pair.cookie) || !is(pair.other, pair.otherCookie)) {
            wrong(strangers);
        }
        pair.used.close();
        for (long tag = pair.other.recv(false); tag != 0; tag = pair.other.recv(false)) {
            writes.increment();
            if (tag != pair.tag) {
                wrong(misdirectedWrites);
            }
        }
        pair.other.close();
        cycles.increment();
    }

    private static boolean is(Channel channel, long cookie) {
        try {
            return channel.cookie() == cookie;
        } catch (IOException e) {
            return false; // somebody closed our number
        }
    }

    // ---- those who use ---------------------------------------------------------------------------------------------

    private void use(SplittableRandom random) throws IOException {
        while (!stop) {
            Pair pair = slots.get(random.nextInt(slots.length()));
            if (pair == null) {
                continue;
            }
            try {
                for (int i = 0; i < 8; i++) {
                    use(pair, random.nextInt(4));
                }
            } catch (Channel.ClosedException e) {
                closedUnderway.increment();
            }
        }
    }

    private void use(Pair pair, int how) throws IOException {
        if (how == 0) {
            pair.used.send(pair.tag);
            return;
        }
        long tag = pair.used.recv(how == 1);
        if (tag != 0) {
            reads.increment();
            if (tag != pair.tag) {
                wrong(misdirectedReads);
            }
        }
    }

    @Override
    public String toString() {
        return String.format(
                "%,d pairs closed and reopened, %,d reads, %,d writes, %,d closed under way; misdirected: %d reads, %d writes, "
                        + "%d descriptors of strangers",
                cycles.sum(),
                reads.sum(),
                writes.sum(),
                closedUnderway.sum(),
                misdirectedReads.sum(),
                misdirectedWrites.sum(),
                strangers.sum());
    }
}
