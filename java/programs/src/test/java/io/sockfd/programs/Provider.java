package io.sockfd.programs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.sockfd.Socket;
import io.sockfd.nio.NioSockets;
import io.sockfd.nio.SockfdSelectorProvider;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.Channel;
import java.nio.channels.spi.SelectorProvider;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** That the programs really stand on this library, and what several tests need. */
final class Provider {
    private Provider() {}

    /** Not with {@code -Dsockfd.oracle=true}, which shows that a test is right by running it on the JDK's channels. */
    static void assertOurs() {
        if (Boolean.getBoolean("sockfd.oracle")) {
            return;
        }
        assertInstanceOf(SockfdSelectorProvider.class, SelectorProvider.provider());
    }

    /** The socket behind a channel that a program opened. */
    static Socket behind(Channel channel) {
        return NioSockets.socketOf(channel);
    }

    /** Virtual threads where there are some. */
    static ExecutorService threads() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException e) {
            return Executors.newCachedThreadPool();
        }
    }

    static HttpClient client(Executor executor) {
        return HttpClient.newBuilder()
                .executor(executor)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    /** Posts a body of each size, several times over, and compares what comes back. */
    static void assertEchoes(HttpClient client, int port) throws IOException, InterruptedException {
        for (int size : new int[] {0, 1, 1000, 100_000, 3_000_000}) {
            byte[] body = new byte[size];
            new java.util.Random(size).nextBytes(body);
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/echo"))
                    .timeout(Duration.ofSeconds(30))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                    .build();
            for (int i = 0; i < 3; i++) {
                HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
                assertEquals(200, response.statusCode());
                org.junit.jupiter.api.Assertions.assertArrayEquals(body, response.body());
            }
        }
    }

    /** Many requests at once. */
    static void assertManyAtOnce(HttpClient client, int port, int count) throws Exception {
        var pending = java.util.stream.IntStream.range(0, count)
                .mapToObj(i -> client.sendAsync(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/echo"))
                                .timeout(Duration.ofSeconds(30))
                                .POST(HttpRequest.BodyPublishers.ofString("request " + i))
                                .build(),
                        HttpResponse.BodyHandlers.ofString()))
                .toList();
        for (int i = 0; i < count; i++) {
            assertEquals("request " + i, pending.get(i).get().body());
        }
    }
}
