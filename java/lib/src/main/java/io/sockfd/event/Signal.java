package io.sockfd.event;

import io.sockfd.raw.Linux;

/**
 * A signal. Constants of the common ones are here, the numbers of all in {@link Linux}. Real-time signals are those from
 * C's {@code SIGRTMIN}, which is 34 with glibc and 35 with musl, to 64.
 *
 * @param value its number, 1 to 64
 * @see <a href="https://man7.org/linux/man-pages/man7/signal.7.html">signal(7)</a>
 */
public record Signal(int value) {
    static final int LAST = 64;

    private static final String[] NAMES = new String[32];

    static {
        name(Linux.SIGHUP, "SIGHUP", Linux.SIGINT, "SIGINT", Linux.SIGQUIT, "SIGQUIT", Linux.SIGILL, "SIGILL");
        name(Linux.SIGTRAP, "SIGTRAP", Linux.SIGABRT, "SIGABRT", Linux.SIGBUS, "SIGBUS", Linux.SIGFPE, "SIGFPE");
        name(Linux.SIGKILL, "SIGKILL", Linux.SIGUSR1, "SIGUSR1", Linux.SIGSEGV, "SIGSEGV", Linux.SIGUSR2, "SIGUSR2");
        name(Linux.SIGPIPE, "SIGPIPE", Linux.SIGALRM, "SIGALRM", Linux.SIGTERM, "SIGTERM", Linux.SIGCHLD, "SIGCHLD");
        name(Linux.SIGCONT, "SIGCONT", Linux.SIGSTOP, "SIGSTOP", Linux.SIGTSTP, "SIGTSTP", Linux.SIGTTIN, "SIGTTIN");
        name(Linux.SIGTTOU, "SIGTTOU", Linux.SIGURG, "SIGURG", Linux.SIGXCPU, "SIGXCPU", Linux.SIGXFSZ, "SIGXFSZ");
        name(Linux.SIGVTALRM, "SIGVTALRM", Linux.SIGPROF, "SIGPROF", Linux.SIGWINCH, "SIGWINCH", Linux.SIGIO, "SIGIO");
        name(Linux.SIGPWR, "SIGPWR", Linux.SIGSYS, "SIGSYS", Linux.SIGSTKFLT, "SIGSTKFLT", 0, "SIG0");
    }

    private static final Signal[] ALL = new Signal[LAST];

    static {
        for (int i = 0; i < LAST; i++) {
            ALL[i] = new Signal(i + 1);
        }
    }

    public static final Signal HUP = of(Linux.SIGHUP);
    public static final Signal INT = of(Linux.SIGINT);
    public static final Signal QUIT = of(Linux.SIGQUIT);
    public static final Signal USR1 = of(Linux.SIGUSR1);
    public static final Signal USR2 = of(Linux.SIGUSR2);
    public static final Signal PIPE = of(Linux.SIGPIPE);
    public static final Signal ALRM = of(Linux.SIGALRM);
    public static final Signal TERM = of(Linux.SIGTERM);
    public static final Signal CHLD = of(Linux.SIGCHLD);
    public static final Signal CONT = of(Linux.SIGCONT);
    public static final Signal TSTP = of(Linux.SIGTSTP);
    public static final Signal URG = of(Linux.SIGURG);
    public static final Signal WINCH = of(Linux.SIGWINCH);
    public static final Signal IO = of(Linux.SIGIO);

    /**
     * A signal.
     *
     * @throws IllegalArgumentException when there is no such number
     */
    public Signal {
        if (value < 1 || value > LAST) {
            throw new IllegalArgumentException("not a signal: " + value + "; they are 1 to " + LAST);
        }
    }

    /**
     * As the constructor, and allocates nothing.
     *
     * @throws IllegalArgumentException when there is no such number
     */
    public static Signal of(int value) {
        return value < 1 || value > LAST ? new Signal(value) : ALL[value - 1];
    }

    /** This signal alone, as a sigset_t. */
    long bit() {
        return 1L << (value - 1);
    }

    /** C's name, for instance {@code SIGUSR1}, or {@code SIG40} for a real-time signal. */
    @Override
    public String toString() {
        return value < NAMES.length ? NAMES[value] : "SIG" + value;
    }

    private static void name(int a, String aName, int b, String bName, int c, String cName, int d, String dName) {
        NAMES[a] = aName;
        NAMES[b] = bName;
        NAMES[c] = cName;
        NAMES[d] = dName;
    }
}
