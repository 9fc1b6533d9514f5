package io.sockfd.benchmarks.connection;

import io.sockfd.benchmarks.Contestant;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** {@link SocketChannel} and {@link ServerSocketChannel}, of one family. */
public final class NioCycle implements Contestant {
    private final Targets targets;
    private final StandardProtocolFamily family;
    private final boolean blocking;
    private final ServerSocketChannel[] listeners;
    private final SocketAddress[] addresses;

    public NioCycle(boolean tcp, boolean blocking) throws IOException {
        this.blocking = blocking;
        targets = new Targets(tcp);
        family = tcp ? StandardProtocolFamily.INET : StandardProtocolFamily.UNIX;
        listeners = new ServerSocketChannel[targets.count()];
        addresses = new SocketAddress[targets.count()];
        for (int i = 0; i < listeners.length; i++) {
            listeners[i] = ServerSocketChannel.open(family).bind(targets.address(i), 16);
            addresses[i] = listeners[i].getLocalAddress();
        }
    }

    @Override
    public long run(int times) throws IOException {
        int mask = listeners.length - 1;
        for (int i = 0; i < times; i++) {
            SocketChannel client = SocketChannel.open(family);
            if (!blocking) {
                client.configureBlocking(false);
            }
            client.connect(addresses[i & mask]);
            SocketChannel server = listeners[i & mask].accept();
            if (!blocking) {
                while (!client.finishConnect()) {
                    Thread.onSpinWait();
                }
                server.configureBlocking(false);
            }
            client.close();
            server.close();
        }
        return times;
    }

    @Override
    public void close() throws IOException {
        for (ServerSocketChannel listener : listeners) {
            listener.close();
        }
        targets.close();
    }
}
