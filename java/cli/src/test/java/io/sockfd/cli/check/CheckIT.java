package io.sockfd.cli.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import io.sockfd.cli.Child;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who accepts, and why the others do not. */
@Tag("once")
class CheckIT {
    @TempDir
    Path temporary = Path.of("");

    @Test
    void namesEveryTargetsState() throws Exception {
        Path path = temporary.resolve("l");
        Path full = temporary.resolve("full");
        try (ServerSocket tcp = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                ServerSocketChannel unix = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                io.sockfd.Socket busy = io.sockfd.Socket.unixStream();
                io.sockfd.Socket client = io.sockfd.Socket.unixStream()) {
            unix.bind(UnixDomainSocketAddress.of(path));
            busy.bind(UnixDomainSocketAddress.of(full)).listen(0);
            assertTrue(client.connect(UnixDomainSocketAddress.of(full))); // there is no room for another
            String open = "127.0.0.1:" + tcp.getLocalPort();
            Child.Result good = Child.sockfd("check", open, path.toString());
            assertEquals(0, good.status(), good.out() + good.err());
            String no = temporary.resolve("no").toString();
            Child.Result mixed = Child.sockfd(
                    "check",
                    "--json",
                    "-w",
                    "0.3",
                    open,
                    "127.0.0.1:1",
                    no,
                    full.toString(),
                    "nosuch.invalid:1",
                    "a b");
            assertEquals(1, mixed.status(), mixed.err());
            JsonArray rows = JsonParser.parseString(mixed.out()).getAsJsonArray();
            String[] states = {"open", "refused", "no such file", "timeout", "unknown host", "failed"};
            for (int i = 0; i < states.length; i++) {
                assertEquals(
                        states[i], rows.get(i).getAsJsonObject().get("state").getAsString(), mixed.out());
            }
        }
    }

    @Test
    void isQuietForCron() throws Exception {
        try (ServerSocket tcp = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String open = "127.0.0.1:" + tcp.getLocalPort();
            Child.Result good = Child.sockfd("check", "--quiet", open);
            assertEquals("", good.out() + good.err());
            assertEquals(0, good.status());
            Child.Result bad = Child.sockfd("check", "--quiet", open, "127.0.0.1:1");
            assertEquals(1, bad.status());
            assertEquals("", bad.out());
            assertEquals("sockfd: 127.0.0.1:1: refused: nobody listens there\n", bad.err());
        }
    }
}
