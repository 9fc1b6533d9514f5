package io.sockfd;

import io.sockfd.address.Sockaddr;
import io.sockfd.address.UnixAddress;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A failure and what can be found out about it while the call is not left yet: the remedy is chosen by that. Each method
 * looks when it is asked, in memory of its own, and changes nothing; what cannot be found out is absent.
 */
final class Situation {
    private static final Libc LIBC = Libc.getOrRefusing();
    private static final int RLIMIT_NOFILE = 7;
    private static final int FAMILY_UNKNOWN = -1;
    private static final int ADDRESS_IN6 = 8;
    private static final int MAPPED_IN4 = ADDRESS_IN6 + 12;
    private static final int ADDRESS_IN4 = 4;

    final int errno;
    final String call;
    final boolean timedOut;
    private final @Nullable Object context;

    Situation(int errno, String call, @Nullable Object context, boolean timedOut) {
        this.errno = errno;
        this.call = call;
        this.context = context;
        this.timedOut = timedOut;
    }

    /** What socket(2) was given. */
    record Birth(Domain domain, SocketType type, Protocol protocol) {
        @Override
        public String toString() {
            return domain + ", " + type + ", " + protocol;
        }
    }

    /** What setsockopt(2) and getsockopt(2) were given. */
    record Setting(String option, String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    /** For the message: a text, or an IP address, which does not change any more: its text is made when it is asked for. */
    Object context() {
        if (context instanceof Target target && target.address().decode() instanceof InetSocketAddress inet) {
            boolean scoped = inet.getAddress() instanceof Inet6Address six && six.getScopeId() != 0;
            return scoped ? context.toString() : inet;
        }
        return context == null ? "" : context.toString();
    }

    // ---- what the call was given ---------------------------------------------------------------------------------

    /** Whether there is but a text, and nothing to look at. */
    boolean isText() {
        return context == null || context instanceof String;
    }

    @Nullable
    Subject socket() {
        return context instanceof Target target ? target.socket() : context instanceof Subject own ? own : null;
    }

    /** The address of the call, or an empty one. */
    Sockaddr address() {
        return context instanceof Target target ? target.address() : Target.NOWHERE;
    }

    @Nullable
    Birth birth() {
        return context instanceof Birth birth ? birth : null;
    }

    /** The option's name, or nothing. */
    String option() {
        return context instanceof Setting setting ? setting.option() : "";
    }

    boolean contextIs(Class<?> type) {
        return type.isInstance(context);
    }

    /** AF_ of the socket, else of what text there is. */
    int domain() {
        Subject socket = socket();
        Birth birth = birth();
        if (socket != null) {
            return socket.domain.value();
        } else if (birth != null) {
            return birth.domain().value();
        }
        String text = String.valueOf(context);
        return text.startsWith("/") || text.startsWith("@") || text.startsWith("unix:")
                ? Linux.AF_UNIX
                : FAMILY_UNKNOWN;
    }

    /** Whether it is about IP as far as is known. */
    boolean isIp() {
        int domain = domain();
        return domain == Linux.AF_INET || domain == Linux.AF_INET6 || domain == FAMILY_UNKNOWN;
    }

    boolean isType(SocketType type) {
        Subject socket = socket();
        return socket != null && socket.type.equals(type);
    }

    /** The path of a UNIX address; null for other names and families. */
    @Nullable
    Path path() {
        SocketAddress address = address().decode();
        if (address instanceof UnixDomainSocketAddress unix) {
            return unix.getPath().toString().isEmpty() ? null : unix.getPath();
        }
        return null; // one that is no text of this locale
    }

    boolean isAbstract() {
        return address().decode() instanceof UnixAddress unix && unix.isAbstract();
    }

    /** The four bytes of an IPv4 destination, mapped ones too; null for others. */
    byte @Nullable [] inet4() {
        Sockaddr to = destination();
        byte[] bytes = new byte[4];
        if (to.family() == Linux.AF_INET) {
            to.buffer().get(ADDRESS_IN4, bytes);
            return bytes;
        } else if (isMapped(to)) {
            to.buffer().get(MAPPED_IN4, bytes);
            return bytes;
        }
        return null;
    }

    static boolean isMapped(Sockaddr address) {
        return address.family() == Linux.AF_INET6
                && address.buffer().getLong(ADDRESS_IN6) == 0
                && address.buffer().getShort(MAPPED_IN4 - 4) == 0
                && address.buffer().getShort(MAPPED_IN4 - 2) == -1;
    }

    /** {@code fe80::/10} without an interface. */
    boolean isLinkLocalWithoutScope() {
        Sockaddr to = address();
        return to.family() == Linux.AF_INET6
                && (to.buffer().get(ADDRESS_IN6) & 0xff) == 0xfe
                && (to.buffer().get(ADDRESS_IN6 + 1) & 0xc0) == 0x80
                && to.scopeId() == 0;
    }

    // ---- the socket's state --------------------------------------------------------------------------------------

    /** The address of the call, else the socket's peer. */
    Sockaddr destination() {
        Sockaddr to = address();
        return to.isEmpty() ? peer() : to;
    }

    /** Empty without a socket. */
    Sockaddr local() {
        Sockaddr name = new Sockaddr();
        Subject socket = socket();
        if (socket != null && !socket.local(name)) {
            name.length(0);
        }
        return name;
    }

    /** Whether there is a connection, a broken one included. */
    boolean isConnected() {
        Subject socket = socket();
        return (socket != null && socket.isNamed()) || !peer().isEmpty();
    }

    /** Of a broken connection, too; empty without one. */
    Sockaddr peer() {
        Sockaddr name = new Sockaddr();
        Subject socket = socket();
        if (socket != null && !socket.peer(name)) {
            name.length(0);
        }
        return name;
    }

    /** An int option of the socket; -1 where it cannot be read. */
    int option(int level, int name) {
        Subject socket = socket();
        if (socket == null) {
            return -1;
        }
        ByteBuffer memory = Memory.allocate(2 * Integer.BYTES);
        memory.putInt(Integer.BYTES, Integer.BYTES);
        long address = Memory.address(memory);
        int result = LIBC.getsockopt(socket.number(), level, name, address, address + Integer.BYTES);
        return result < 0 ? -1 : memory.getInt(0);
    }

    /** Into how many segments UDP_SEGMENT cuts what is sent; 0 where that is not known. */
    long segments() {
        if (!(context instanceof Target target)) {
            return 0;
        }
        int size = target.segment() > 0 ? target.segment() : option(Linux.SOL_UDP, Linux.UDP_SEGMENT);
        return size <= 0 ? 0 : (target.bytes() + size - 1) / size;
    }

    // ---- the process and the system ------------------------------------------------------------------------------

    /** As {@link #lacks(int)} with C's name, of those that options name; of others nothing is known. */
    static boolean lacks(String capability) {
        return switch (capability) {
            case "CAP_NET_ADMIN" -> isWithout(Linux.CAP_NET_ADMIN);
            case "CAP_NET_RAW" -> isWithout(Linux.CAP_NET_RAW);
            case "CAP_SYS_ADMIN" -> isWithout(Linux.CAP_SYS_ADMIN);
            case "CAP_NET_BROADCAST" -> isWithout(Linux.CAP_NET_BROADCAST);
            default -> true;
        };
    }

    /** Whether this thread does not have a capability, as far as is known; a text alone is believed. */
    boolean lacks(int capability) {
        return isText() || isWithout(capability);
    }

    private static boolean isWithout(int capability) {
        for (String line : lines("/proc/thread-self/status")) {
            if (line.startsWith("CapEff:")) {
                return (Long.parseUnsignedLong(
                                                line.substring("CapEff:".length())
                                                        .strip(),
                                                16)
                                        >>> capability
                                & 1)
                        == 0;
            }
        }
        return false;
    }

    /** The first line of a file of /proc/sys, tabs as spaces; nothing where there is none. */
    static String sysctl(String name) {
        List<String> lines = lines("/proc/sys/" + name.replace('.', '/'));
        return lines.isEmpty() ? "" : lines.get(0).replace('\t', ' ').strip();
    }

    /** Whether no interface of the thread's namespace has an IPv6 address. */
    static boolean isWithoutIpv6() {
        Path file = Path.of("/proc/thread-self/net/if_inet6");
        return !Files.exists(file) || lines(file.toString()).isEmpty();
    }

    /** Whether a socket that is open in this network namespace was bound to this path, in these words. */
    static boolean isBound(Path path) {
        String end = " " + path;
        return lines("/proc/thread-self/net/unix").stream().anyMatch(line -> line.endsWith(end));
    }

    /** How many descriptors a process may have; without opening a file, of which there may be no more. */
    static long descriptorLimit() {
        ByteBuffer limit = Memory.allocate(2 * Long.BYTES);
        long result = LIBC.syscall(Linux.SYS_prlimit64, 0, RLIMIT_NOFILE, 0, Memory.address(limit), 0, 0);
        return result < 0 ? -1 : limit.getLong(0);
    }

    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file));
        } catch (IOException | RuntimeException e) {
            return List.of(); // no /proc, or no descriptor left to read it with
        }
    }
}
