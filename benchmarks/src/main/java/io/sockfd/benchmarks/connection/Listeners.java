package io.sockfd.benchmarks.connection;

import io.sockfd.Domain;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.address.Sockaddr;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Listening descriptors that block, and their names as the kernel has them. */
final class Listeners implements AutoCloseable {
    final int[] fds;
    final Sockaddr[] addresses;

    private final Targets targets;

    Listeners(boolean tcp) throws IOException {
        targets = new Targets(tcp);
        fds = new int[targets.count()];
        addresses = new Sockaddr[targets.count()];
        for (int i = 0; i < fds.length; i++) {
            Socket listener = Socket.open(tcp ? Domain.INET : Domain.UNIX, SocketType.STREAM)
                    .bind(targets.address(i))
                    .listen(16);
            addresses[i] = Sockaddr.of(listener.getLocalAddress());
            fds[i] = listener.release();
            Libc.get().fcntl(fds[i], Linux.F_SETFL, 0);
        }
    }

    /** All addresses, one after the other, each in {@link Sockaddr#CAPACITY} bytes. */
    ByteBuffer names() {
        ByteBuffer names = Memory.allocate(addresses.length * Sockaddr.CAPACITY);
        for (int i = 0; i < addresses.length; i++) {
            names.put(i * Sockaddr.CAPACITY, addresses[i].buffer(), 0, addresses[i].length());
        }
        return names;
    }

    @Override
    public void close() throws IOException {
        for (int fd : fds) {
            Libc.get().close(fd);
        }
        targets.close();
    }
}
