package io.sockfd;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;

/** A conversation in a JVM that has no jdk.jfr: everything that could make an event comes by. */
final class FlightChild {
    private FlightChild() {}

    public static void main(String... args) throws Exception {
        try (Socket listener = Socket.tcp()
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .listen();
                Socket client = Socket.tcp()) {
            client.connect(listener.getLocalAddress());
            try (Socket server = Objects.requireNonNull(listener.accept());
                    Message message = new Message()) {
                ByteBuffer buffer = ByteBuffer.allocateDirect(5);
                Thread other = new Thread(() -> receive(server, message.data(buffer)));
                other.start();
                Thread.sleep(20);
                client.sendAll(ByteBuffer.allocate(5));
                other.join();
                boolean there = ModuleLayer.boot().findModule("jdk.jfr").isPresent();
                System.out.println(buffer.position() + (there ? " bytes with jdk.jfr" : " bytes without jdk.jfr"));
            }
        }
    }

    private static void receive(Socket socket, Message message) {
        try {
            socket.receiveMessage(message, 0);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
