package io.sockfd.programs;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** java.net.http against jdk.httpserver, on virtual threads. */
@Timeout(120)
class HttpClientIT {
    @Test
    void echoes() throws Exception {
        Provider.assertOurs();
        ExecutorService threads = Provider.threads();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/echo", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            int port = server.getAddress().getPort();
            Provider.assertEchoes(Provider.client(threads), port);
            Provider.assertManyAtOnce(Provider.client(threads), port, 200);
        } finally {
            server.stop(0);
            threads.shutdown();
        }
    }
}
