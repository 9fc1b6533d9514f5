package io.sockfd;

import java.nio.file.Path;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** A row of {@link Remedies}: calls (none for any), condition, words. */
record RemedyRow(Set<String> calls, Predicate<Situation> when, Function<Situation, String> words) {
    static final Set<String> ANY = Set.of();
    static final Set<String> SEND = Set.of("send", "sendto", "sendmsg", "sendmmsg", "write");
    static final Set<String> RECEIVE = Set.of("recv", "recvfrom", "recvmsg", "recvmmsg", "read");
    static final Set<String> SEND_OR_CONNECT = Set.of("send", "sendto", "sendmsg", "sendmmsg", "write", "connect");
    static final Set<String> OPTION = Set.of("setsockopt", "getsockopt");
    static final Set<String> SOCKET = Set.of("socket");
    static final Set<String> BPF = Set.of("bpf");
    static final Set<String> MAP = Set.of("mmap");
    static final Set<String> BIND = Set.of("bind");
    static final Set<String> CONNECT = Set.of("connect");
    static final Set<String> EPOLL = Set.of("epoll_ctl");
    static final Set<String> NAMESPACE = Set.of("setns", "unshare");

    boolean fits(Situation s) {
        return (calls.isEmpty() || calls.contains(s.call)) && when.test(s);
    }

    static RemedyRow row(Set<String> calls, Predicate<Situation> when, String words) {
        return new RemedyRow(calls, when, s -> words);
    }

    static RemedyRow row(Set<String> calls, Predicate<Situation> when, Function<Situation, String> words) {
        return new RemedyRow(calls, when, words);
    }

    /** About a UNIX path. */
    static RemedyRow path(Set<String> calls, Predicate<Path> when, Function<Path, String> words) {
        return new RemedyRow(
                calls,
                s -> {
                    Path path = s.path();
                    return path != null && when.test(path);
                },
                s -> {
                    Path path = s.path();
                    return path == null ? "" : words.apply(path);
                });
    }

    static RemedyRow always(Set<String> calls, String words) {
        return row(calls, s -> true, words);
    }
}
