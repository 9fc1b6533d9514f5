package io.sockfd.benchmarks.option;

import io.sockfd.Socket;
import io.sockfd.address.Sockaddr;
import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Ends;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetSocketAddress;

/** {@link Socket#getsockname} into a {@link Sockaddr}, its {@link Sockaddr#decode}, and {@link Socket#getLocalAddress}. */
public final class SockfdName implements Contestant {
    private final String form;
    private final Socket.Pair pair;
    private final Sockaddr address = new Sockaddr();

    public SockfdName(String form) throws IOException {
        this.form = form;
        pair = Ends.sockets(true);
    }

    @Override
    public long run(int times) throws IOException {
        return switch (form) {
            case "bytes" -> bytes(times);
            case "kept" -> kept(times);
            default -> fresh(times);
        };
    }

    private long bytes(int times) throws IOException {
        Socket socket = pair.first();
        long count = 0;
        for (int i = 0; i < times; i++) {
            count += socket.getsockname(address).family() != Linux.AF_UNSPEC ? 1 : 0;
        }
        return count;
    }

    private long kept(int times) throws IOException {
        Socket socket = pair.first();
        long count = 0;
        for (int i = 0; i < times; i++) {
            count += ((InetSocketAddress) socket.getsockname(address).decode()).getPort() > 0 ? 1 : 0;
        }
        return count;
    }

    private long fresh(int times) throws IOException {
        Socket socket = pair.first();
        long count = 0;
        for (int i = 0; i < times; i++) {
            count += ((InetSocketAddress) socket.getLocalAddress()).getPort() > 0 ? 1 : 0;
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        pair.close();
    }
}
