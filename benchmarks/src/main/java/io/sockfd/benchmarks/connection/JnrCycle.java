package io.sockfd.benchmarks.connection;

import io.sockfd.benchmarks.Contestant;
import java.io.IOException;
import jnr.unixsocket.UnixServerSocketChannel;
import jnr.unixsocket.UnixSocketAddress;
import jnr.unixsocket.UnixSocketChannel;

/** jnr-unixsocket's channels. */
public final class JnrCycle implements Contestant {
    private final Targets targets = new Targets(false);
    private final UnixSocketAddress address =
            new UnixSocketAddress(targets.path().toFile());
    private final UnixServerSocketChannel listener = UnixServerSocketChannel.open();

    public JnrCycle() throws IOException {
        listener.socket().bind(address, 16);
    }

    @Override
    public long run(int times) throws IOException {
        for (int i = 0; i < times; i++) {
            UnixSocketChannel client = UnixSocketChannel.open(address);
            UnixSocketChannel server = listener.accept();
            client.close();
            server.close();
        }
        return times;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        targets.close();
    }
}
