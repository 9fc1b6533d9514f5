package app;

import io.sockfd.Socket;
import io.sockfd.raw.Backend;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** A program as a user of the library writes it: says by which backend a byte went there and back, or why none did. */
public final class App {
    private App() {}

    public static void main(String[] args) throws IOException {
        if (!Backend.isAvailable()) {
            System.out.println("none: " + Backend.unavailabilityCause());
            return;
        }
        System.out.println(
                Backend.chosen().name() + " " + echo() + ": " + Backend.chosen().reason());
    }

    private static String echo() throws IOException {
        try (Socket listener = Socket.tcp()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .listen();
            try (Socket client = Socket.tcp()) {
                client.connect(listener.getLocalAddress());
                try (Socket server = listener.accept()) {
                    server.sendAll(ByteBuffer.wrap(new byte[] {42}));
                }
                ByteBuffer buffer = ByteBuffer.allocate(1);
                client.recv(buffer, 0);
                return buffer.get(0) == 42 && client.supportedOptions().size() > 20 ? "works" : "fails";
            }
        }
    }
}
