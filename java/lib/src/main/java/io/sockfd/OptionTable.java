package io.sockfd;

import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * A list of options, found with {@link ServiceLoader}: this library's own, and those of other jars that know more. May be
 * used from any thread.
 */
public interface OptionTable {
    /** The options; always the same objects. */
    List<Option<?>> options();

    /** The options of all tables. */
    static List<Option<?>> all() {
        return SupportedOptions.ALL;
    }

    /**
     * The options that this very socket has: the kernel is asked for each, and one for which it says ENOPROTOOPT or
     * EOPNOTSUPP is left out. Asking changes nothing. Options that can only be set, and the two that reading changes
     * (SO_ERROR, PACKET_STATISTICS), are judged by their level alone. Does not throw: a descriptor that is no socket has
     * only those.
     *
     * @param sockfd the descriptor
     * @param domain its address family
     * @param type its type, such as {@link io.sockfd.raw.Linux#SOCK_STREAM}
     * @param protocol its protocol, as SO_PROTOCOL gives it
     */
    static Set<Option<?>> supported(int sockfd, int domain, int type, int protocol) {
        return SupportedOptions.of(sockfd, domain, type, protocol);
    }
}
