package io.sockfd.benchmarks.readiness;

import io.sockfd.benchmarks.Contestant;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** {@link SelectionKey#interestOps(int)}, or registering and cancelling; both take effect with the next selection. */
public final class NioChange implements Contestant {
    private final SocketChannel channel = SocketChannel.open();
    private final Selector selector = Selector.open();
    private final boolean modify;

    public NioChange(boolean modify) throws IOException {
        this.modify = modify;
        channel.configureBlocking(false);
    }

    @Override
    public long run(int times) throws IOException {
        if (modify) {
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            for (int i = 0; i < times; i++) {
                key.interestOps((i & 1) == 0 ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
                selector.selectNow();
                selector.selectedKeys().clear();
            }
            key.cancel();
            selector.selectNow();
        } else {
            for (int i = 0; i < times; i++) {
                SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
                selector.selectNow();
                selector.selectedKeys().clear();
                key.cancel();
                selector.selectNow();
            }
        }
        return times;
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }
}
