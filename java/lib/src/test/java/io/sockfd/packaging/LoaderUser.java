package io.sockfd.packaging;

import io.sockfd.Domain;
import io.sockfd.Message;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.Virtual;
import io.sockfd.event.Epoll;
import io.sockfd.event.EpollEvents;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Callable;

/** Uses the library in each way that keeps memory for a thread. */
public final class LoaderUser implements Callable<String> {
    @Override
    public String call() throws IOException, InterruptedException {
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM);
                Socket udp = Socket.udp();
                Epoll epoll = Epoll.open()) {
            Socket left = pair.first();
            Socket right = pair.second();
            for (int size : new int[] {16, 10_000, 100_000}) {
                for (ByteBuffer data : new ByteBuffer[] {ByteBuffer.allocate(size), ByteBuffer.allocateDirect(size)}) {
                    left.sendAll(data);
                    right.recvExactly(data.clear());
                }
            }
            left.write(new ByteBuffer[] {ByteBuffer.allocate(3), ByteBuffer.allocateDirect(4)});
            right.recvExactly(ByteBuffer.allocate(7));
            left.sendMessage(new Message().data(ByteBuffer.allocate(5)), 0);
            right.recvExactly(ByteBuffer.allocate(5));
            udp.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            udp.sendTo(ByteBuffer.allocate(1), udp.getLocalAddress(), 0);
            udp.receive(ByteBuffer.allocate(1));
            int size = udp.getOption(StandardSocketOptions.SO_RCVBUF);
            // waits: in ppoll, in the call itself, in epoll
            int ready = right.poll(Linux.POLLIN, Duration.ofMillis(1));
            Thread sender = new Thread(() -> {
                try {
                    Thread.sleep(20);
                    left.send(ByteBuffer.allocate(1), 0);
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            sender.start();
            right.recvExactly(ByteBuffer.allocate(1));
            sender.join();
            epoll.add(right, Linux.EPOLLIN, null);
            int events = epoll.await(new EpollEvents(4), 1_000_000);
            if (Virtual.available()) {
                waitOnVirtualThread(left, right);
            }
            return size + " " + ready + " " + events;
        }
    }

    /** The poller's threads end when nobody has waited for a while. */
    private static void waitOnVirtualThread(Socket left, Socket right) throws IOException, InterruptedException {
        Thread receiver = Virtual.start(() -> {
            try {
                right.recvExactly(ByteBuffer.allocate(1));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        Thread.sleep(20);
        left.send(ByteBuffer.allocate(1), 0);
        receiver.join();
    }
}
