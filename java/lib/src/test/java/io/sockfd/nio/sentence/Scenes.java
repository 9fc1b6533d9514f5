package io.sockfd.nio.sentence;

import io.sockfd.nio.twin.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Collects scenes: what several threads or objects do together, told as text. Both providers must tell the same. */
final class Scenes {
    /** What is played, and what it tells. */
    @FunctionalInterface
    interface Body {
        Object play(Case c) throws Exception;
    }

    /** A scene and its name. */
    record Scene(String name, Body body) {}

    private final List<Scene> all = new ArrayList<>();

    Scenes scene(String name, Body body) {
        all.add(new Scene(name, body));
        return this;
    }

    List<Scene> all() {
        return all;
    }

    /** How something ended on a thread of its own. */
    private static final class Ending {
        private volatile String told = "";

        Work.Code of(Callable<?> waits) {
            return () -> {
                String outcome = Outcome.of(waits);
                told = outcome + (Thread.currentThread().isInterrupted() ? ", interrupted" : "");
            };
        }
    }

    /** Starts what waits, does something when it waits, and tells how it ended. */
    static String ended(Case c, Callable<?> waits, Work.Code act) throws Exception {
        Ending ending = new Ending();
        Work work = c.waiting(ending.of(waits));
        boolean waited = work.isAlive();
        act.run();
        work.done();
        return (waited ? "" : "did not wait: ") + ending.told;
    }

    /** The same, ended by an interrupt. */
    static String interrupted(Case c, Callable<?> waits) throws Exception {
        Ending ending = new Ending();
        Work work = c.waiting(ending.of(waits));
        work.interrupt();
        work.done();
        return ending.told;
    }

    /** On a thread that is interrupted already. */
    static String begunInterrupted(Case c, Callable<?> waits) throws Exception {
        Ending ending = new Ending();
        c.start(() -> {
                    Thread.currentThread().interrupt();
                    ending.of(waits).run();
                })
                .done();
        return ending.told;
    }

    /** Code that gives nothing. */
    static Callable<?> call(Work.Code code) {
        return () -> {
            code.run();
            return "done";
        };
    }

    /** What each gives, in order. */
    static String told(Callable<?>... steps) {
        StringBuilder all = new StringBuilder();
        for (Callable<?> step : steps) {
            all.append(all.isEmpty() ? "" : "; ").append(Outcome.of(step));
        }
        return all.toString();
    }
}
