package io.sockfd.cli.demo;

import static io.sockfd.raw.Linux.SOCK_DGRAM;

import io.sockfd.Errors;
import io.sockfd.cli.kernel.Fd;
import io.sockfd.cli.kernel.Loopback;
import io.sockfd.cli.kernel.Scratch;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.SockaddrIn;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A datagram there with send, back with sendto to the address that recvfrom gave. */
final class UdpEcho {
    private static final int CAPACITY = 512;

    private UdpEcho() {}

    static Scenario.Outcome run(Libc libc) throws IOException {
        try (Scratch memory = new Scratch();
                Fd server = Loopback.bound(libc, SOCK_DGRAM);
                Fd client = Loopback.bound(libc, SOCK_DGRAM)) {
            Wire.limitWaiting(libc, server, memory);
            Wire.limitWaiting(libc, client, memory);
            int port = Loopback.port(libc, client);
            Loopback.connect(libc, client, Loopback.port(libc, server));
            Wire wire = new Wire(libc, client, memory);
            ByteBuffer peer = memory.allocate(SockaddrIn.SIZE);

            long start = System.nanoTime();
            wire.send("marco");
            answer(libc, server, peer, memory);
            String received = wire.receive();
            long nanos = System.nanoTime() - start;

            Wire.expect("marco", received);
            if (SockaddrIn.sin_port(peer, 0) != port) {
                throw new IOException("recvfrom names port " + SockaddrIn.sin_port(peer, 0) + ", sent from " + port);
            }
            return Scenario.Outcome.of("'marco' from port " + port, "'" + received + "'", nanos);
        }
    }

    private static void answer(Libc libc, Fd server, ByteBuffer peer, Scratch memory) throws IOException {
        long data = Memory.address(memory.allocate(CAPACITY));
        long address = Memory.address(peer);
        long length = Memory.address(memory.allocateInt(SockaddrIn.SIZE));
        long size = Errors.check(libc.recvfrom(server.number(), data, CAPACITY, 0, address, length), "recvfrom");
        Errors.check(libc.sendto(server.number(), data, size, 0, address, SockaddrIn.SIZE), "sendto");
    }
}
