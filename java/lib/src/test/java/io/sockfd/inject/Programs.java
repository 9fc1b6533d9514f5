package io.sockfd.inject;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** All programs by name. */
final class Programs {
    private static final Map<String, Program> ALL = new LinkedHashMap<>();

    static {
        ALL.put("tcp", StreamPrograms::tcp);
        ALL.put("tcp-threads", StreamPrograms::threads);
        ALL.put("tcp-channels", StreamPrograms::channels);
        ALL.put("unix-names", StreamPrograms::unixNames);
        ALL.put("sendfile", StreamPrograms::sendFile);
        ALL.put("splice", StreamPrograms::splice);
        ALL.put("zero-copy", StreamPrograms::zeroCopy);
        ALL.put("udp-timed", DatagramPrograms::timed);
        ALL.put("batches", DatagramPrograms::batches);
        ALL.put("rights", DatagramPrograms::rights);
        ALL.put("births", DatagramPrograms::births);
        ALL.put("options", DatagramPrograms::options);
        ALL.put("names", DatagramPrograms::names);
        ALL.put("epoll", EventPrograms::epoll);
        ALL.put("event-loop", EventPrograms::eventLoop);
        ALL.put("waits-closed", EventPrograms::waitsClosed);
        ALL.put("waits-interrupted", EventPrograms::waitsInterrupted);
        ALL.put("virtual", EventPrograms::virtual);
        ALL.put("virtual-epoll", EventPrograms::virtualEpoll);
        ALL.put("pidfd", ProcessPrograms::pidfd);
        ALL.put("signalfd", ProcessPrograms::signalfd);
        ALL.put("packet", NetworkPrograms::packet);
        ALL.put("receive-ring", NetworkPrograms::receiveRing);
        ALL.put("transmit-ring", NetworkPrograms::transmitRing);
        ALL.put("rtnetlink", NetworkPrograms::rtnetlink);
        ALL.put("sock-diag", NetworkPrograms::sockDiag);
        ALL.put("tun", NetworkPrograms::tun);
    }

    private static final Set<String> OF_MESSAGES = Set.of("getsockname", "getpeername", "getsockopt");

    private Programs() {}

    /**
     * Where a program does not see an error, because the library deals with it: it wakes its own waiters again, an
     * event loop accepts later or the next connection, another poller follows one that failed, and what a closed ring cannot
     * give back at once it gives back when nobody can reach it any more. What is asked for the message of an exception is
     * left out of the message when it fails.
     */
    static boolean passes(String program, String call, String errno) {
        return switch (program) {
            case "event-loop" -> Set.of("accept4", "read", "write").contains(call);
            case "epoll" -> Set.of("read", "write").contains(call);
            case "waits-closed",
                    "waits-interrupted" -> // an Epoll that is closed says that, whatever its last look failed with
                Set.of("read", "write", "epoll_wait").contains(call);
            case "udp-timed" -> Set.of("read", "write").contains(call) || OF_MESSAGES.contains(call);
            case "virtual", "virtual-epoll" ->
                Set.of("read", "write", "epoll_wait", "epoll_ctl/EPOLL_CTL_MOD").contains(call)
                        || OF_MESSAGES.contains(call);
            case "rtnetlink", "sock-diag" -> // options that older kernels do not have
                call.equals("setsockopt") && errno.equals("ENOPROTOOPT");
            case "receive-ring", "transmit-ring" -> call.equals("mmap");
            default -> false;
        };
    }

    static Map<String, Program> all() {
        return ALL;
    }
}
