package io.sockfd.programs;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Jetty. */
@Timeout(120)
class JettyIT {
    @Test
    void echoes() throws Exception {
        Provider.assertOurs();
        Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                response.setStatus(200);
                Content.copy(request, response, callback);
                return true;
            }
        });
        server.start();
        var threads = Provider.threads();
        try {
            int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
            Provider.assertEchoes(Provider.client(threads), port);
            Provider.assertManyAtOnce(Provider.client(threads), port, 200);
        } finally {
            server.stop();
            threads.shutdown();
        }
    }
}
