package io.sockfd.benchmarks.report;

import io.sockfd.benchmarks.Who;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Contestants that belong together: a colour, and a name on the command line. */
public enum Family {
    SOCKFD(
            "#1d4ed8",
            "#6ea8fe",
            Who.SOCKFD,
            Who.SOCKFD_EPOLL,
            Who.SOCKFD_URING,
            Who.OTHER,
            Who.NO_ARCHIVE,
            Who.PLAIN_JAVA),
    C("#57534e", "#c9c4be", Who.C, Who.C_URING, Who.ORIGINAL),
    RAW("#93b1ee", "#3f63a8", Who.FFM, Who.JNI, Who.JNR),
    NIO("#c2570c", "#fb923c", Who.NIO, Who.NIO_NONBLOCKING),
    NET("#8a6d00", "#e3c04a", Who.JAVA_NET),
    NETTY("#047857", "#34d399", Who.NETTY, Who.NETTY_PIPELINE, Who.NETTY_URING),
    JUNIXSOCKET("#7c3aed", "#b79cff", Who.JUNIXSOCKET, Who.JUNIXSOCKET_STREAMS),
    JNR_UNIXSOCKET("#be185d", "#f67ab5", Who.JNR_UNIXSOCKET);

    private final String light;
    private final String dark;

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<Who> members;

    Family(String light, String dark, Who... members) {
        this.light = light;
        this.dark = dark;
        this.members = List.of(members);
    }

    public static Family of(Who who) {
        return Arrays.stream(values())
                .filter(family -> family.members.contains(who))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(who + " has no family"));
    }

    /** As on the command line, {@code jnr-unixsocket}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Set<Who> members() {
        return Set.copyOf(members);
    }

    /** Whether it is the family's first, which is drawn full; the others are drawn hollow. */
    static boolean isFirst(Who who) {
        return of(who).members.get(0) == who;
    }

    /** Declarations of {@code --nio} and so on, on light ground or on dark. */
    static String variables(boolean onDark) {
        return Arrays.stream(values())
                .map(family -> "--" + family.id() + ": " + (onDark ? family.dark : family.light) + ";")
                .collect(Collectors.joining(" "));
    }
}
