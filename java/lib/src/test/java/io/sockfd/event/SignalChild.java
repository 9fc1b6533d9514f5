package io.sockfd.event;

import static io.sockfd.raw.Linux.EPOLLIN;

import io.sockfd.Errors;
import io.sockfd.Readiness;
import io.sockfd.Virtual;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Real signals, in a JVM that may die of them. Prints a line for each of its findings, see {@link SignalFdIT}. */
public final class SignalChild {
    private static final Libc LIBC = Libc.get();
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Signal REAL_TIME = Signal.of(40);
    private static final int SIGINFO = 128;

    private SignalChild() {}

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "thread" -> thread();
            case "process" -> process();
            case "masks" -> masks();
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    /** Signals for the thread, which alone blocks them. */
    private static void thread() throws Exception {
        SignalFd.block(Signal.USR1, REAL_TIME);
        long self = LIBC.syscall(Linux.SYS_gettid, 0, 0, 0, 0, 0, 0);
        SignalInfo info = new SignalInfo();
        try (SignalFd signals = SignalFd.open(Signal.USR1, REAL_TIME)) {
            say("nothing", signals.tryRead(info) + " " + info + " " + info.signo());

            toThread(self, Signal.USR1);
            toThread(self, Signal.USR1);
            say("ready", Readiness.of(signals, EPOLLIN, 0));
            boolean first = signals.tryRead(info);
            say("USR1", first + " " + described(info) + " " + signals.tryRead(info));

            for (int i = 1; i <= 3; i++) {
                queue(self, REAL_TIME, 1000 + i);
            }
            StringBuilder values = new StringBuilder();
            while (signals.tryRead(info)) {
                values.append(info.intValue())
                        .append(info.code() == Linux.SI_QUEUE ? " queued " : " " + info.code() + " ");
            }
            say("real-time", values.toString().trim());

            Thread sender = new Thread(() -> {
                try {
                    TimeUnit.MILLISECONDS.sleep(50);
                    toThread(self, Signal.USR1);
                } catch (InterruptedException | IOException e) {
                    throw new AssertionError(e);
                }
            });
            sender.start();
            say("woken", signals.read(info, LONG) + " " + info.signal());
            sender.join();

            signals.signals(REAL_TIME);
            toThread(self, Signal.USR1);
            say("other set", signals.tryRead(info));
            signals.signals(Signal.USR1);
            say("own set", signals.tryRead(info));

            toThread(self, Signal.USR1);
            CompletableFuture<Boolean> elsewhere = new CompletableFuture<>();
            Thread other = new Thread(() -> {
                try {
                    elsewhere.complete(signals.tryRead(new SignalInfo()));
                } catch (IOException e) {
                    elsewhere.completeExceptionally(e);
                }
            });
            other.start();
            say("other thread", elsewhere.get(10, TimeUnit.SECONDS));
            say("own thread", signals.tryRead(info));
        }
        say("everywhere", SignalFd.isBlockedEverywhere(Signal.USR1));
        SignalFd.unblock(REAL_TIME);
        if (Virtual.available()) {
            CompletableFuture<@Nullable Throwable> refused = new CompletableFuture<>();
            Virtual.start(() -> {
                try {
                    SignalFd.block(Signal.USR1);
                    refused.complete(null);
                } catch (IOException | RuntimeException e) {
                    refused.complete(e);
                }
            });
            say("virtual", refused.get(10, TimeUnit.SECONDS));
        }
    }

    /** Signals for the process, all of whose threads block them by inheritance. */
    private static void process() throws Exception {
        SignalInfo info = new SignalInfo();
        try (SignalFd signals = SignalFd.open(Signal.USR1, Signal.CHLD, REAL_TIME)) {
            toProcess(Signal.USR1);
            say("USR1", signals.read(info, LONG) + " " + described(info));
            toProcess(REAL_TIME);
            say("real-time", signals.read(info, LONG) + " " + info.signal());
            say("platform", waiting(signals, false));
            if (Virtual.available()) {
                say("virtual", waiting(signals, true));
            }
            Process child = new ProcessBuilder("sh", "-c", "exit 7").start();
            boolean read = signals.read(info, LONG);
            say("CHLD", read + " " + (info.pid() == child.pid()) + " " + info.code() + " " + info.status());
            say("as text", info.toString().replace(Long.toString(child.pid()), "PID"));
            say("exit value", child.waitFor());
        }
    }

    private static Object waiting(SignalFd signals, boolean virtual) throws Exception {
        CompletableFuture<String> got = new CompletableFuture<>();
        Runnable reader = () -> {
            try {
                SignalInfo info = new SignalInfo();
                got.complete(signals.read(info, LONG) + " " + info.signal());
            } catch (IOException | RuntimeException e) {
                got.completeExceptionally(e);
            }
        };
        Thread thread = virtual ? Virtual.start(reader) : new Thread(reader);
        if (!virtual) {
            thread.start();
        }
        TimeUnit.MILLISECONDS.sleep(50);
        toProcess(Signal.USR1);
        return got.get(20, TimeUnit.SECONDS);
    }

    private static void masks() throws IOException {
        for (int number = 1; number <= 64; number++) {
            if (SignalFd.isBlockedEverywhere(Signal.of(number))) {
                say("blocked", Signal.of(number));
            }
        }
    }

    private static String described(SignalInfo info) {
        String from = info.pid() == ProcessHandle.current().pid() ? "self" : "pid " + info.pid();
        return info.signal() + " " + info.code() + " " + from;
    }

    private static void toThread(long thread, Signal signal) throws IOException {
        long pid = ProcessHandle.current().pid();
        Errors.check(LIBC.syscall(Linux.SYS_tgkill, pid, thread, signal.value(), 0, 0, 0), "tgkill");
    }

    private static void toProcess(Signal signal) throws IOException {
        long pid = ProcessHandle.current().pid();
        Errors.check(LIBC.syscall(Linux.SYS_kill, pid, signal.value(), 0, 0, 0, 0), "kill");
    }

    /** As pthread_sigqueue(3): siginfo has signo, errno and code, and from byte 16 on pid, uid and the value. */
    private static void queue(long thread, Signal signal, int value) throws IOException {
        ByteBuffer siginfo = Memory.allocate(SIGINFO);
        siginfo.putInt(0, signal.value());
        siginfo.putInt(8, Linux.SI_QUEUE);
        siginfo.putInt(24, value);
        try {
            long pid = ProcessHandle.current().pid();
            long address = Memory.address(siginfo);
            Errors.check(
                    LIBC.syscall(Linux.SYS_rt_tgsigqueueinfo, pid, thread, signal.value(), address, 0, 0),
                    "rt_tgsigqueueinfo");
        } finally {
            Reference.reachabilityFence(siginfo);
        }
    }

    private static void say(String what, @Nullable Object finding) {
        System.out.println("> " + what + ": " + finding);
    }
}
