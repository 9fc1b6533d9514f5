package io.sockfd.inject;

import io.sockfd.raw.Linux;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the kernel may do at any time, done all the time: no program may notice. */
final class Rules {
    /** Those that signal(7) lets a handler interrupt. */
    private static final Set<String> INTERRUPTIBLE = Set.of(
            "accept4",
            "epoll_wait",
            "epoll_pwait2",
            "poll",
            "ppoll",
            "read",
            "readv",
            "recv",
            "recvfrom",
            "recvmmsg",
            "recvmsg",
            "send",
            "sendmmsg",
            "sendmsg",
            "sendto",
            "write",
            "writev");

    /** Where the length is among the arguments of what a stream moves: of an address, and of an array. */
    private static final Map<String, Integer> LENGTHS =
            Map.of("send", 2, "recv", 2, "sendto", 2, "recvfrom", 2, "sendfile", 3, "splice", 4);

    private static final int OF_AN_ARRAY = 3;

    /** Programs on streams alone, whose reads and writes may be short. */
    static final Set<String> STREAMS =
            Set.of("tcp", "tcp-threads", "unix-names", "sendfile", "splice", "event-loop", "virtual");

    private Rules() {}

    /** Every second call of a kind is interrupted. */
    static long interrupted(String call, int nth, Object[] arguments) {
        return nth % 2 == 1 && INTERRUPTIBLE.contains(call) ? -Linux.EINTR : FailingLibc.PROCEED;
    }

    /** What a stream moves, it moves in pieces of 1 to 7 bytes. */
    static long partial(String call, int nth, Object[] arguments) {
        Integer at = LENGTHS.get(call);
        if (at != null) {
            int most = 1 + nth % 7;
            if (arguments[at] instanceof Long length) {
                arguments[at] = Math.min(length, most);
            } else if (arguments[1] instanceof byte[]) {
                arguments[OF_AN_ARRAY] = Math.min((Integer) arguments[OF_AN_ARRAY], most);
            }
        }
        return FailingLibc.PROCEED;
    }

    /** Both. */
    static long worst(String call, int nth, Object[] arguments) {
        long answer = interrupted(call, nth, arguments);
        return answer == FailingLibc.PROCEED ? partial(call, nth, arguments) : answer;
    }

    static List<FailingLibc.Rule> of(String program) {
        return STREAMS.contains(program)
                ? List.of(Rules::interrupted, Rules::partial, Rules::worst)
                : List.of(Rules::interrupted);
    }
}
