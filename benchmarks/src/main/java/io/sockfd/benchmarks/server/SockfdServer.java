package io.sockfd.benchmarks.server;

import io.sockfd.EventLoop;
import io.sockfd.Registration;
import io.sockfd.Socket;
import io.sockfd.benchmarks.Child;
import io.sockfd.option.TcpOptions;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** One thread with an {@link EventLoop}; the argument is {@code echo} or {@code http}, as for the others here. */
final class SockfdServer {
    private static final ByteBuffer IN = ByteBuffer.allocateDirect(16 * 1024);
    private static final ByteBuffer RESPONSE = Service.response();

    private SockfdServer() {}

    public static void main(String... args) throws IOException {
        Child.endWithParent();
        boolean http = args[0].equals("http");
        try (Socket listener = Socket.tcp();
                EventLoop loop = EventLoop.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .listen();
            loop.accept(listener, socket -> {
                socket.setOption(TcpOptions.TCP_NODELAY, true);
                loop.add(socket, Linux.EPOLLIN, http ? new Http(socket) : new Echo(socket));
            });
            System.out.println(((InetSocketAddress) listener.getLocalAddress()).getPort());
            loop.run();
        }
    }

    private record Echo(Socket socket) implements EventLoop.Handler {
        @Override
        public void ready(Registration registration, int events) throws IOException {
            if (socket.recv(IN.clear(), 0) == -1) {
                socket.close();
            } else {
                socket.sendAll(IN.flip());
            }
        }
    }

    private static final class Http implements EventLoop.Handler {
        private final Socket socket;
        private final Service service = new Service();

        Http(Socket socket) {
            this.socket = socket;
        }

        @Override
        public void ready(Registration registration, int events) throws IOException {
            int received = socket.recv(IN.clear(), 0);
            if (received == -1) {
                socket.close();
                return;
            }
            for (int owed = service.requests(IN, received); owed > 0; owed--) {
                socket.sendAll(RESPONSE.rewind());
            }
        }
    }
}
