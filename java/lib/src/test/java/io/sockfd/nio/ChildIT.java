package io.sockfd.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.raw.Leg;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only a JVM of its own can show, with the JDK's provider as the oracle: {@link ChannelChild}. */
@Timeout(120)
@Tag("whole")
class ChildIT {
    private static final String PROPERTY =
            "-Djava.nio.channels.spi.SelectorProvider=" + SockfdSelectorProvider.class.getName();

    /** Makes descriptor 0, or with {@code systemd} number 3, what its first argument names, and becomes the rest. */
    private static final String STARTER = """
            import os, socket, sys
            kind, at = sys.argv[1], int(sys.argv[2])
            if kind == 'tcp':
                server = socket.create_server(('127.0.0.1', 0))
                peer = socket.create_connection(server.getsockname())
                fd = server.accept()[0].detach()
                peer.sendall(b'question')
                os.set_inheritable(peer.detach(), True)
            elif kind == 'tcp6':
                server = socket.create_server(('::1', 0), family=socket.AF_INET6)
                peer = socket.create_connection(server.getsockname()[:2])
                fd = server.accept()[0].detach()
                peer.sendall(b'question')
                os.set_inheritable(peer.detach(), True)
            elif kind in ('inetd', 'input'):
                server = socket.create_server(('127.0.0.1', 0))
                peer = socket.create_connection(server.getsockname())
                fd = server.accept()[0].detach()
                told, tell = os.pipe()
                if os.fork() == 0:
                    os.close(fd)
                    while peer.recv(100): pass
                    os.write(tell, b'E')
                    os._exit(0)
                os.dup2(told, 9)
                os.dup2(1, 8)
                if kind == 'inetd':
                    os.dup2(fd, 2)
            elif kind == 'unix':
                one, two = socket.socketpair()
                two.sendall(b'question')
                os.set_inheritable(two.detach(), True)
                fd = one.detach()
            elif kind == 'listener':
                fd = socket.create_server(('127.0.0.1', 0)).detach()
            elif kind == 'udp':
                s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                s.bind(('127.0.0.1', 0))
                fd = s.detach()
            elif kind == 'file':
                fd = os.open('/dev/null', os.O_RDWR)
            fd = fd if fd != at else os.dup(fd)
            os.dup2(fd, at, inheritable=True)
            if at == 3:
                os.dup2(os.open('/dev/null', os.O_RDWR), 0)
                os.environ['LISTEN_FDS'] = '1'
                os.environ['LISTEN_PID'] = str(os.getpid())
            os.execvp(sys.argv[3], sys.argv[3:])
            """;

    @BeforeAll
    static void needsPython() throws InterruptedException {
        try {
            assertEquals(0, new ProcessBuilder("python3", "-c", "").start().waitFor());
        } catch (IOException e) {
            Assumptions.abort("python3 is not installed");
        }
    }

    private static String child(String step, List<String> launcher, boolean ours, String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of(options));
        if (ours) {
            all.add(PROPERTY);
        }
        Leg.Result result = Leg.runUnder(launcher, all, ChannelChild.class.getName(), step);
        assertEquals(0, result.status(), result.output());
        return result.output();
    }

    private static List<String> starter(String kind, int at) {
        return List.of("python3", "-c", STARTER, kind, Integer.toString(at));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "tcp6", "unix", "listener", "udp", "file"})
    void descriptorZeroIsTheInheritedChannel(String kind) throws Exception {
        List<String> launcher = starter(kind, 0);
        assertEquals(child("inherited", launcher, false), child("inherited", launcher, true));
    }

    /** Which the JDK does not look at. */
    @ParameterizedTest
    @ValueSource(strings = {"tcp", "listener", "udp"})
    void systemdsFirstSocketIsWhereDescriptorZeroIsNone(String kind) throws Exception {
        assertEquals("none\nthe same true\n", child("inherited", starter(kind, 3), false));
        assertEquals(child("inherited", starter(kind, 0), true), child("inherited", starter(kind, 3), true));
    }

    /** Given as 0 and 2, or as 0 alone: then the others are left as they are, which the JDK does not do. */
    @Test
    void closingTheInheritedChannelEndsItForItsPeerAndLeavesTheStreamsOpen() throws Exception {
        String expected = child("closed", starter("inetd", 0), false);
        assertTrue(expected.contains("before socket:[N] socket:[N]\nafter /dev/null /dev/null false"), expected);
        assertTrue(expected.contains("the peer's end 69"), expected);
        assertEquals(expected, child("closed", starter("inetd", 0), true));
        String alone = child("closed", starter("input", 0), true);
        assertTrue(
                alone.matches("(?s)before socket:\\[N\\] (\\S+)\nafter /dev/null \\1 false.*the peer's end 69\n"),
                alone);
    }

    @Test
    void preferringIpv4MakesNothingElse() throws Exception {
        for (String option : List.of("-Djava.net.preferIPv4Stack=true", "-Djava.net.preferIPv4Stack=false")) {
            String expected = child("families", List.of(), false, option);
            assertTrue(expected.contains("connected to the local host true"), expected);
            assertEquals(expected, child("families", List.of(), true, option));
        }
    }
}
