package io.sockfd;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a socket's names. Whatever may change them takes another object, or none: so somebody who asked the
 * kernel before the change remembers what he heard in an object that nobody looks at any more.
 */
final class Ends {
    /** Somebody else may have the socket, too, and change its names behind our back: the kernel is asked each time. */
    final boolean shared;

    /** The connection in words, once an exception has named it. */
    volatile @Nullable String text;

    volatile @Nullable SocketAddress local;
    volatile @Nullable SocketAddress remote;

    Ends(boolean shared) {
        this.shared = shared;
    }
}
