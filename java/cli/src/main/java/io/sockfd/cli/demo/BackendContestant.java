package io.sockfd.cli.demo;

import static io.sockfd.raw.Linux.MSG_NOSIGNAL;
import static io.sockfd.raw.Linux.SYS_getppid;

import io.sockfd.Domain;
import io.sockfd.Errors;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.raw.Backend;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;

/** A backend of this library: its raw calls, on sockets that do not care which backend opened them. */
final class BackendContestant implements Contestant {
    private final String name;
    private final Libc libc;
    private final Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM);
    private final ByteBuffer bytes = Memory.allocate(SIZE);
    private final long buffer;

    BackendContestant(Backend backend) throws IOException {
        name = backend.name();
        libc = backend.libc();
        buffer = Memory.address(bytes);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean hasCall() {
        return true;
    }

    @Override
    public void call(int times) throws IOException {
        for (int i = 0; i < times; i++) {
            Errors.check(libc.syscall(SYS_getppid, 0, 0, 0, 0, 0, 0), "getppid");
        }
    }

    @Override
    public void exchange(int times) throws IOException {
        int left = pair.first().fd();
        int right = pair.second().fd();
        for (int i = 0; i < times; i++) {
            long sent = Errors.check(libc.send(left, buffer, SIZE, MSG_NOSIGNAL), "send");
            long received = Errors.check(libc.recv(right, buffer, SIZE, 0), "recv");
            if (sent != SIZE || received != SIZE) {
                throw new IOException(sent + " bytes were sent, " + received + " received");
            }
        }
    }

    @Override
    public void close() {
        try {
            pair.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Reference.reachabilityFence(bytes);
        }
    }
}
