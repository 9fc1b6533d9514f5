package io.sockfd.programs;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Undertow, which takes its channels by XNIO. */
@Timeout(120)
class UndertowIT {
    @Test
    void echoes() throws Exception {
        Provider.assertOurs();
        Undertow server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, 10_000_000L)
                .setHandler(exchange -> exchange.getRequestReceiver()
                        .receiveFullBytes((e, body) -> e.getResponseSender().send(ByteBuffer.wrap(body))))
                .build();
        server.start();
        var threads = Provider.threads();
        try {
            int port = ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
            Provider.assertEchoes(Provider.client(threads), port);
            Provider.assertManyAtOnce(Provider.client(threads), port, 200);
        } finally {
            server.stop();
            threads.shutdown();
        }
    }
}
