package io.sockfd.benchmarks.connection;

import io.sockfd.benchmarks.Contestant;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** {@link Socket} and {@link ServerSocket}. */
public final class JavaNetCycle implements Contestant {
    private final Targets targets = new Targets(true);
    private final ServerSocket[] listeners = new ServerSocket[targets.count()];
    private final InetSocketAddress[] addresses = new InetSocketAddress[targets.count()];

    public JavaNetCycle() throws IOException {
        for (int i = 0; i < listeners.length; i++) {
            listeners[i] = new ServerSocket();
            listeners[i].bind(targets.address(i), 16);
            addresses[i] = (InetSocketAddress) listeners[i].getLocalSocketAddress();
        }
    }

    @Override
    public long run(int times) throws IOException {
        int mask = listeners.length - 1;
        for (int i = 0; i < times; i++) {
            Socket client = new Socket();
            client.connect(addresses[i & mask]);
            Socket server = listeners[i & mask].accept();
            client.close();
            server.close();
        }
        return times;
    }

    @Override
    public void close() throws IOException {
        for (ServerSocket listener : listeners) {
            listener.close();
        }
        targets.close();
    }
}
