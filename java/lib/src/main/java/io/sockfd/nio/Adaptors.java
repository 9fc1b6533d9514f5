package io.sockfd.nio;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.nio.channels.AlreadyBoundException;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NetworkChannel;
import java.nio.channels.NotYetBoundException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import org.jspecify.annotations.Nullable;

/** What the java.net adaptors of channels have in common: java.net's exceptions in the place of those of channels. */
final class Adaptors {
    private Adaptors() {}

    interface Action {
        void run() throws IOException;
    }

    /** What java.net declares as IOException: that of a channel, a closed one's too, goes through. */
    static void run(Action action) throws IOException {
        try {
            action.run();
        } catch (RuntimeException e) {
            throw socketException(e);
        }
    }

    /** What java.net declares as SocketException. */
    static void runStrictly(Action action) throws SocketException {
        try {
            action.run();
        } catch (IOException | RuntimeException e) {
            throw socketException(e);
        }
    }

    private static SocketException socketException(Exception e) {
        if (e instanceof SocketException already) {
            return already;
        }
        String words = wordsOf(e);
        if (words == null) {
            throw (RuntimeException) e; // a user's mistake that is the same for channels and sockets
        }
        SocketException wrapped = new SocketException(words);
        wrapped.initCause(e);
        return wrapped;
    }

    private static @Nullable String wordsOf(Exception e) {
        if (e instanceof ClosedChannelException) {
            return "Socket is closed";
        } else if (e instanceof NotYetConnectedException) {
            return "Socket is not connected";
        } else if (e instanceof AlreadyConnectedException) {
            return "Already connected";
        } else if (e instanceof NotYetBoundException) {
            return "Socket is not bound yet";
        } else if (e instanceof AlreadyBoundException) {
            return "Already bound";
        } else if (e instanceof UnresolvedAddressException) {
            return "Unresolved address";
        } else if (e instanceof UnsupportedAddressTypeException) {
            return "Unsupported address type";
        }
        return e instanceof IOException ? String.valueOf(e.getMessage()) : null;
    }

    /** Null when it is not bound, and when it is closed. */
    static @Nullable InetSocketAddress local(NetworkChannel channel) {
        try {
            return channel.getLocalAddress() instanceof InetSocketAddress local ? local : null;
        } catch (IOException e) {
            return null;
        }
    }

    static <T> void set(NetworkChannel channel, SocketOption<T> option, T value) throws SocketException {
        try {
            channel.setOption(option, value);
        } catch (IOException e) {
            throw socketException(e);
        }
    }

    static <T> T get(NetworkChannel channel, SocketOption<T> option) throws SocketException {
        try {
            return channel.getOption(option);
        } catch (IOException e) {
            throw socketException(e);
        }
    }

    /** A timeout for a socket that is open. */
    static int checkTimeout(NetworkChannel channel, int millis) throws SocketException {
        if (!channel.isOpen()) {
            throw new SocketException("Socket is closed");
        } else if (millis < 0) {
            throw new IllegalArgumentException("timeout < 0");
        }
        return millis;
    }

    static int checkSize(int size) {
        if (size <= 0) {
            throw new IllegalArgumentException("a buffer of " + size + " bytes");
        }
        return size;
    }
}
