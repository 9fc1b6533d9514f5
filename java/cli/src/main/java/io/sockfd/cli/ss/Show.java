package io.sockfd.cli.ss;

import io.sockfd.raw.Linux;
import picocli.CommandLine.Option;

/** The options of ss that say how much is said of each socket. */
final class Show {
    @Option(
            names = {"-n", "--numeric"},
            description = "Show numbers instead of the names of services.")
    private boolean numeric;

    @Option(
            names = {"-r", "--resolve"},
            description = "Show the names of hosts that have one.")
    private boolean resolve;

    @Option(
            names = {"-o", "--options"},
            description = "Show the timer.")
    private boolean timers;

    @Option(
            names = {"-e", "--extended"},
            description = "Show the user, the inode, the cookie and more.")
    private boolean extended;

    @Option(
            names = {"-m", "--memory"},
            description = "Show the memory.")
    private boolean memory;

    @Option(
            names = {"-p", "--processes"},
            description = "Show who has it open.")
    private boolean processes;

    @Option(
            names = {"-T", "--threads"},
            description = "Show which threads have it open.")
    private boolean threads;

    @Option(
            names = {"-Z", "--context"},
            description = "Show who has it open, with the security context of the process.")
    private boolean contexts;

    @Option(
            names = {"-i", "--info"},
            description = "Show what TCP knows of the connection.")
    private boolean info;

    @Option(
            names = {"-b", "--bpf"},
            description = "Show the filter program of a packet socket, which the kernel tells to administrators.")
    private boolean filters;

    @Option(names = "--tos", description = "Show the type of service, the traffic class and the priority.")
    private boolean tos;

    @Option(names = "--cgroup", description = "Show the control group.")
    private boolean cgroup;

    @Option(names = "--inet-sockopt", description = "Show the options of Internet sockets that are on.")
    private boolean options;

    @Option(
            names = {"-O", "--oneline"},
            description = "Show each socket on one line.")
    private boolean oneLine;

    boolean numeric() {
        return numeric;
    }

    boolean resolve() {
        return resolve;
    }

    boolean timers() {
        return timers || extended;
    }

    /** TCP's own options, which only -o shows. */
    boolean tcpOptions() {
        return timers || extended;
    }

    boolean extended() {
        return extended;
    }

    boolean memory() {
        return memory;
    }

    boolean processes() {
        return processes || threads || contexts;
    }

    boolean threads() {
        return threads;
    }

    boolean contexts() {
        return contexts;
    }

    boolean info() {
        return info;
    }

    boolean filters() {
        return filters;
    }

    boolean tos() {
        return tos;
    }

    boolean cgroup() {
        return cgroup;
    }

    boolean options() {
        return options;
    }

    boolean oneLine() {
        return oneLine;
    }

    /** What the kernel is asked to add: a mask of {@code 1 << (INET_DIAG_INFO - 1)} … */
    int extensions() {
        int mask = 0;
        if (memory) {
            mask |= extension(Linux.INET_DIAG_SKMEMINFO);
        }
        if (info) {
            mask |= extension(Linux.INET_DIAG_INFO)
                    | extension(Linux.INET_DIAG_VEGASINFO)
                    | extension(Linux.INET_DIAG_CONG);
        }
        if (tos) {
            mask |= extension(Linux.INET_DIAG_TOS) | extension(Linux.INET_DIAG_TCLASS);
        }
        return mask;
    }

    private static int extension(int type) {
        return 1 << (type - 1);
    }
}
