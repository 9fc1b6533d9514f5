package io.sockfd.benchmarks.readiness;

import io.sockfd.benchmarks.Contestant;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** {@link Selector#selectNow} and a look at each key, by the selected set or by a consumer. */
public final class NioWait implements Contestant {
    private final List<SocketChannel> channels = new ArrayList<>();
    private final Selector selector = Selector.open();
    private final boolean byConsumer;
    private long seen;

    public NioWait(int count, int ready, boolean byConsumer) throws IOException {
        this.byConsumer = byConsumer;
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(null);
            UnixDomainSocketAddress address = (UnixDomainSocketAddress) listener.getLocalAddress();
            for (int i = 0; i < count; i++) {
                SocketChannel first = SocketChannel.open(address);
                SocketChannel second = listener.accept();
                channels.add(first);
                channels.add(second);
                first.configureBlocking(false).register(selector, SelectionKey.OP_READ);
                if (i < ready) {
                    second.write(ByteBuffer.allocate(1));
                }
            }
            Files.delete(address.getPath());
        }
    }

    @Override
    public long run(int times) throws IOException {
        seen = 0;
        for (int i = 0; i < times; i++) {
            if (byConsumer) {
                selector.selectNow(this::look);
            } else {
                selector.selectNow();
                for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
                    look(keys.next());
                    keys.remove();
                }
            }
        }
        return seen;
    }

    private void look(SelectionKey key) {
        if (key.isReadable()) {
            seen++;
        }
    }

    @Override
    public void close() throws IOException {
        selector.close();
        for (SocketChannel channel : channels) {
            channel.close();
        }
    }
}
