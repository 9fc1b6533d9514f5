package io.sockfd.programs;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tomcat's NIO connector. */
@Timeout(120)
class TomcatIT {
    @TempDir
    Path folder;

    /** Sends everything back. */
    static final class Echo extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getOutputStream().write(request.getInputStream().readAllBytes());
        }
    }

    @Test
    void echoes() throws Exception {
        Provider.assertOurs();
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        tomcat.setHostname("127.0.0.1");
        Context context = tomcat.addContext("", folder.toString());
        Tomcat.addServlet(context, "echo", new Echo()).addMapping("/echo");
        tomcat.getConnector();
        tomcat.start();
        var threads = Provider.threads();
        try {
            int port = tomcat.getConnector().getLocalPort();
            Provider.assertEchoes(Provider.client(threads), port);
            Provider.assertManyAtOnce(Provider.client(threads), port, 200);
        } finally {
            tomcat.stop();
            tomcat.destroy();
            threads.shutdown();
        }
    }
}
