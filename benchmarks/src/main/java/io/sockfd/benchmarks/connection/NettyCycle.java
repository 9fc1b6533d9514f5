package io.sockfd.benchmarks.connection;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import io.sockfd.benchmarks.Contestant;
import java.io.IOException;
import java.net.SocketAddress;

/** netty's {@link LinuxSocket}, without event loop and pipeline. */
public final class NettyCycle implements Contestant {
    private final Targets targets;
    private final boolean tcp;
    private final Socket[] listeners;
    private final SocketAddress[] addresses;
    private final byte[] peer = new byte[128];

    public NettyCycle(boolean tcp) throws IOException {
        Epoll.ensureAvailability();
        this.tcp = tcp;
        targets = new Targets(tcp);
        listeners = new Socket[targets.count()];
        addresses = new SocketAddress[targets.count()];
        for (int i = 0; i < listeners.length; i++) {
            listeners[i] = open();
            listeners[i].bind(
                    tcp
                            ? targets.address(i)
                            : new DomainSocketAddress(targets.path().toString()));
            listeners[i].listen(16);
            addresses[i] = tcp ? listeners[i].localAddress() : listeners[i].localDomainSocketAddress();
        }
    }

    private Socket open() {
        return tcp ? LinuxSocket.newSocketStream(false) : LinuxSocket.newSocketDomain();
    }

    @Override
    public long run(int times) throws IOException {
        int mask = listeners.length - 1;
        for (int i = 0; i < times; i++) {
            Socket client = open();
            if (!client.connect(addresses[i & mask])) {
                while (!client.finishConnect()) {
                    Thread.onSpinWait();
                }
            }
            Socket server = new Socket(listeners[i & mask].accept(peer));
            client.close();
            server.close();
        }
        return times;
    }

    @Override
    public void close() throws IOException {
        for (Socket listener : listeners) {
            listener.close();
        }
        targets.close();
    }
}
