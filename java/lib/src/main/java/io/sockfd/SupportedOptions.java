package io.sockfd;

import io.sockfd.Option.Access;
import io.sockfd.internal.memory.OptionMemory;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which options a socket has, by asking the kernel. */
final class SupportedOptions {
    static final List<Option<?>> ALL = load();

    private SupportedOptions() {}

    private static List<Option<?>> load() {
        return ServiceLoader.load(OptionTable.class, OptionTable.class.getClassLoader()).stream()
                .flatMap(provider -> provider.get().options().stream())
                .<Option<?>>map(option -> option)
                .toList();
    }

    static Set<Option<?>> of(int sockfd, int domain, int type, int protocol) {
        Set<Option<?>> supported = new LinkedHashSet<>();
        try (OptionMemory scratch = OptionMemory.take(Integer.BYTES, true)) {
            for (Option<?> option : ALL) {
                if (hasLevel(option.level(), domain, type, protocol)
                        && (isJudgedByLevel(option) || answers(sockfd, option, scratch))) {
                    supported.add(option);
                }
            }
        }
        return supported;
    }

    /** What decides which options a socket has. */
    private record Kind(int domain, int type, int protocol) {}

    private static final Map<Kind, Set<SocketOption<?>>> KNOWN = new ConcurrentHashMap<>();

    /**
     * As {@link #of(int, int, int, int)}, with those of the JDK's names that stand for one of them; none after a close. The
     * kernel is asked once for each kind of socket.
     */
    static Set<SocketOption<?>> of(Endpoint socket) {
        try {
            int fd = socket.enter();
            try {
                Kind kind =
                        new Kind(socket.domain.value(), socket.type.value(), Probe.intOption(fd, Linux.SO_PROTOCOL));
                Set<SocketOption<?>> known = KNOWN.get(kind);
                if (known == null) {
                    known = ask(fd, kind);
                    KNOWN.put(kind, known);
                }
                return known;
            } finally {
                socket.exit();
            }
        } catch (IOException e) {
            return Set.of(); // closed
        }
    }

    private static Set<SocketOption<?>> ask(int fd, Kind kind) {
        Set<Option<?>> ours = of(fd, kind.domain, kind.type, kind.protocol);
        Set<SocketOption<?>> supported = new HashSet<>(ours);
        for (SocketOption<?> option : Jdk.OPTIONS) {
            try {
                // the JDK's forms have codecs of their own: what counts is level and number
                Option<?> form = Option.from(option, kind.domain);
                if (ours.stream().anyMatch(o -> is(o, form.level(), form.optname()))) {
                    supported.add(option);
                }
            } catch (UnsupportedOperationException e) {
                // not on Linux
            }
        }
        return Set.copyOf(supported);
    }

    /** A class of its own, so that they are loaded only where they are asked for. */
    private static final class Jdk {
        static final List<SocketOption<?>> OPTIONS = all();

        private static List<SocketOption<?>> all() {
            List<SocketOption<?>> all = new ArrayList<>(fieldsOf(StandardSocketOptions.class));
            try {
                all.addAll(fieldsOf(Class.forName("jdk.net.ExtendedSocketOptions")));
            } catch (ClassNotFoundException | LinkageError e) {
                // a JVM without the module jdk.net, or whose module does not work here
            }
            return all;
        }

        private static List<SocketOption<?>> fieldsOf(Class<?> constants) {
            List<SocketOption<?>> options = new ArrayList<>();
            for (Field field : constants.getFields()) {
                try {
                    if (field.get(null) instanceof SocketOption<?> option) {
                        options.add(option);
                    }
                } catch (IllegalAccessException e) {
                    throw new LinkageError(field + " is public", e);
                }
            }
            return options;
        }
    }

    private static boolean isJudgedByLevel(Option<?> option) {
        return option.access() == Access.WRITE_ONLY
                || is(option, Linux.SOL_SOCKET, Linux.SO_ERROR)
                || is(option, Linux.SOL_PACKET, Linux.PACKET_STATISTICS);
    }

    private static boolean is(Option<?> option, int level, int optname) {
        return option.level() == level && option.optname() == optname;
    }

    /**
     * Asks with a null pointer: an option that exists gets as far as EFAULT or another refusal, and one that would make
     * something, such as the descriptor of SO_PEERPIDFD, undoes it.
     */
    private static boolean answers(int sockfd, Option<?> option, OptionMemory scratch) {
        if (option.access() == Access.CONTROL_MESSAGE) {
            return false;
        }
        scratch.length(option.codec().size());
        int result = Libc.get().getsockopt(sockfd, option.level(), option.optname(), 0, scratch.lengthAddress());
        return result != -Linux.ENOPROTOOPT && result != -Linux.EOPNOTSUPP;
    }

    /** The same number is the level of TCP and of L2CAP, of UDP and of SCO: the family comes first. */
    private static boolean hasLevel(int level, int domain, int type, int protocol) {
        if (level == Linux.SOL_SOCKET) {
            return true;
        } else if (domain == Linux.AF_INET || domain == Linux.AF_INET6) {
            return hasInetLevel(level, domain, type, protocol);
        } else if (domain == Linux.AF_CAN) {
            return level == Linux.SOL_CAN_BASE + protocol;
        } else if (domain == Linux.AF_BLUETOOTH) {
            return level == Linux.SOL_BLUETOOTH
                    || level == Linux.SOL_HCI
                    || level == Linux.SOL_L2CAP
                    || level == Linux.SOL_SCO
                    || level == Linux.SOL_RFCOMM;
        }
        return level == levelOf(domain);
    }

    private static int levelOf(int domain) {
        return switch (domain) {
            case Linux.AF_PACKET -> Linux.SOL_PACKET;
            case Linux.AF_NETLINK -> Linux.SOL_NETLINK;
            case Linux.AF_VSOCK -> Linux.AF_VSOCK; // its options came before SOL_VSOCK and kept this level
            case Linux.AF_XDP -> Linux.SOL_XDP;
            case Linux.AF_TIPC -> Linux.SOL_TIPC;
            case Linux.AF_ALG -> Linux.SOL_ALG;
            default -> -1;
        };
    }

    private static boolean hasInetLevel(int level, int domain, int type, int protocol) {
        return switch (level) {
            case Linux.IPPROTO_IP -> domain == Linux.AF_INET || type != Linux.SOCK_RAW; // IPv6 raw sockets have none
            case Linux.IPPROTO_IPV6 -> domain == Linux.AF_INET6;
            case Linux.IPPROTO_TCP ->
                type == Linux.SOCK_STREAM && (protocol == Linux.IPPROTO_TCP || protocol == Linux.IPPROTO_MPTCP);
            case Linux.SOL_TLS -> type == Linux.SOCK_STREAM && protocol == Linux.IPPROTO_TCP;
            case Linux.SOL_MPTCP -> type == Linux.SOCK_STREAM && protocol == Linux.IPPROTO_MPTCP;
            case Linux.IPPROTO_UDP -> type == Linux.SOCK_DGRAM && protocol == Linux.IPPROTO_UDP;
            case Linux.SOL_SCTP -> protocol == Linux.IPPROTO_SCTP;
            case Linux.SOL_RAW, Linux.SOL_ICMPV6 -> type == Linux.SOCK_RAW;
            default -> false;
        };
    }
}
