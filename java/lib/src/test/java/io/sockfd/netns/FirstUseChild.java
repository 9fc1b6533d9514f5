package io.sockfd.netns;

import io.sockfd.Errors;
import io.sockfd.Socket;
import io.sockfd.Virtual;
import io.sockfd.capture.PacketSocket;
import io.sockfd.capture.ReceiveRing;
import io.sockfd.capture.RingSize;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** A JVM in which whoever uses the library first is in a network namespace of its own making. */
final class FirstUseChild {
    private FirstUseChild() {}

    public static void main(String[] arguments) throws Exception {
        Thread away = new Thread(() -> {
            try {
                int unused = Errors.check(Libc.get().unshare(Linux.CLONE_NEWNET), "unshare");
                use();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        away.start();
        away.join();
        if (Virtual.available()) {
            Virtual.start(FirstUseChild::waitForNothing).join();
        }
        System.out.println("elsewhere: " + Tasks.elsewhere());
    }

    /** All that makes threads: what closes, what unmaps. */
    private static void use() throws Exception {
        waitForNothing();
        try (PacketSocket capture = PacketSocket.open();
                ReceiveRing ring = ReceiveRing.open(capture, RingSize.RECEIVE.withBlockCount(1))) {
            if (!ring.isOpen()) {
                throw new IllegalStateException("closed already");
            }
        }
    }

    private static void waitForNothing() {
        try (Socket inner = Socket.udp().timeout(Duration.ofMillis(20))) {
            int unused = inner.recv(ByteBuffer.allocate(1), 0);
            throw new IllegalStateException("something came");
        } catch (SocketTimeoutException e) {
            return;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
