package io.sockfd.cli.demo;

import static io.sockfd.raw.Linux.*;

import io.sockfd.Errors;
import io.sockfd.cli.kernel.FdPair;
import io.sockfd.cli.kernel.Scratch;
import io.sockfd.raw.Backend;
import io.sockfd.raw.Libc;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A backend of this library. */
final class BackendContestant implements Contestant {
    private final String name;
    private final Libc libc;
    private final FdPair pair;
    private final Scratch memory = new Scratch();
    private final long buffer;

    BackendContestant(Backend backend) throws IOException {
        name = backend.name();
        libc = backend.libc();
        ByteBuffer bytes = memory.allocate(SIZE);
        buffer = libc.getDirectBufferAddress(bytes);
        pair = FdPair.unix(libc, SOCK_STREAM);
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
        int left = pair.left().number();
        int right = pair.right().number();
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
        pair.close();
        memory.close();
    }
}
