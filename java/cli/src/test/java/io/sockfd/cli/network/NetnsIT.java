package io.sockfd.cli.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.Socket;
import io.sockfd.cli.Child;
import io.sockfd.cli.Tool;
import io.sockfd.netns.NetworkNamespace;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code --netns}, in a namespace of iproute2. */
@Timeout(120)
@Tag("once")
class NetnsIT {
    private static final String NAME = "sockfd-cli-" + ProcessHandle.current().pid();

    private static Child.Result ip(String... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of("ip", "netns"));
        command.addAll(List.of(arguments));
        return Child.run(command, Map.of(), Path.of("."));
    }

    @BeforeAll
    static void make() throws Exception {
        assumeTrue(Tool.isInstalled("ip"), "needs ip(8)");
        assumeTrue(ip("add", NAME).status() == 0, "network namespaces need root");
    }

    @AfterAll
    static void remove() throws Exception {
        if (Tool.isInstalled("ip")) {
            Child.Result unused = ip("delete", NAME);
        }
    }

    @Test
    void worksInIt() throws Exception {
        try (NetworkNamespace ns = NetworkNamespace.named(NAME).loopbackUp();
                Socket listener = ns.call(() -> Socket.tcp()
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .listen(1))) {
            String port = ":" + ((InetSocketAddress) listener.getLocalAddress()).getPort();
            Child.Result inside = Child.sockfd("ss", "-tlnH", "--netns", NAME);
            assertEquals(0, inside.status(), inside::err);
            assertEquals(1, inside.out().lines().count(), inside::out);
            assertTrue(inside.out().contains(port), inside::out);
            Child.Result byPath = Child.sockfd("--netns", "/run/netns/" + NAME, "ss", "-tlnH");
            assertEquals(inside.out(), byPath.out());
            assertFalse(Child.sockfd("ss", "-tlnH").out().equals(inside.out()));
            Child.Result ping = Child.sockfd("--netns", NAME, "ping", "-c", "1", "127.0.0.1");
            assertEquals(0, ping.status(), ping::err);
        }
    }

    @Test
    void saysWhichThereAre() throws Exception {
        Child.Result unknown = Child.sockfd("--netns", "sockfd-nosuch", "ss");
        assertEquals(1, unknown.status());
        assertTrue(unknown.err().contains("ENOENT") && unknown.err().contains(NAME), unknown::err);
        assertEquals(1, unknown.errLines().size(), unknown::err);
        Child.Result wrong = Child.sockfd("--netns", "..", "ss");
        assertEquals(2, wrong.status());
        assertTrue(wrong.err().contains("is no name of a network namespace"), wrong::err);
    }
}
