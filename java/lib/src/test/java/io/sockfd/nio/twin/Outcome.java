package io.sockfd.nio.twin;

import java.lang.reflect.Modifier;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** What a step gave, as text without what differs between two runs: ports that were chosen, and names of files. */
public final class Outcome {
    private static final Set<Class<?>> PLAIN =
            Set.of(Boolean.class, Integer.class, Long.class, String.class, StringBuilder.class);

    private Outcome() {}

    /** Of code that is run here. */
    public static String of(Callable<?> step) {
        try {
            return describe(step.call());
        } catch (Throwable e) {
            return describe(e);
        }
    }

    /** The class of the JDK that a program catches; the message is for people. */
    static String describe(Throwable e) {
        Class<?> known = e.getClass();
        while (!known.getName().startsWith("java.") || !Modifier.isPublic(known.getModifiers())) {
            known = known.getSuperclass();
        }
        return known.getSimpleName();
    }

    static String describe(@Nullable Object value) {
        if (value == null) {
            return "null";
        } else if (value instanceof InetSocketAddress address) {
            return (address.isUnresolved() ? "unresolved" : describe(address.getAddress()))
                    + (address.getPort() == 0 ? ":0" : ":port");
        } else if (value instanceof InetAddress address) {
            return address.getClass().getSimpleName() + (address.isAnyLocalAddress() ? " any" : " one");
        } else if (value instanceof UnixDomainSocketAddress address) {
            return address.toString().isEmpty() ? "unnamed" : "path";
        } else if (value instanceof NetworkInterface at) {
            return "interface " + at.getName();
        } else if (value instanceof ByteBuffer buffer) {
            return "position " + buffer.position() + " of " + buffer.limit();
        }
        return PLAIN.contains(value.getClass()) ? value.toString() : "an object";
    }
}
