package io.sockfd.benchmarks.connection;

import io.sockfd.benchmarks.Contestant;
import java.io.IOException;
import org.newsclub.net.unix.AFUNIXServerSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.AFUNIXSocketChannel;

/** junixsocket's channels. */
public final class JunixCycle implements Contestant {
    private final Targets targets = new Targets(false);
    private final AFUNIXSocketAddress address = AFUNIXSocketAddress.of(targets.path());
    private final AFUNIXServerSocketChannel listener = AFUNIXServerSocketChannel.open();

    public JunixCycle() throws IOException {
        listener.bind(address, 16);
    }

    @Override
    public long run(int times) throws IOException {
        for (int i = 0; i < times; i++) {
            AFUNIXSocketChannel client = AFUNIXSocketChannel.open();
            client.connect(address);
            AFUNIXSocketChannel server = listener.accept();
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
