package io.sockfd.benchmarks.start;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** {@link Socket}; TCP only. */
public final class JavaNetStart {
    private JavaNetStart() {}

    public static void main(String... args) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(args[1]))) {
            socket.getOutputStream().write(0);
        }
    }
}
