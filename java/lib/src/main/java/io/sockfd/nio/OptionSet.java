package io.sockfd.nio;

import java.net.SocketOption;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The options of a kind of channel. Who goes through them sets each to what was read, hence only options are gone through that
 * can be both. Who asks for one means to read it or to set it: Netty passes on no option that its channel's set does not
 * contain, and TCP_INFO can only be read.
 */
final class OptionSet extends AbstractSet<SocketOption<?>> {
    private final Set<SocketOption<?>> both;
    private final Set<SocketOption<?>> either;

    OptionSet(Set<SocketOption<?>> both, Set<SocketOption<?>> either) {
        this.both = Set.copyOf(both);
        this.either = Set.copyOf(either);
    }

    @Override
    public Iterator<SocketOption<?>> iterator() {
        return Collections.unmodifiableSet(both).iterator();
    }

    @Override
    public int size() {
        return both.size();
    }

    @Override
    public boolean contains(@Nullable Object option) {
        return option != null && (both.contains(option) || either.contains(option));
    }
}
