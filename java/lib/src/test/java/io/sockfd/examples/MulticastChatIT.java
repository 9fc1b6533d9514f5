package io.sockfd.examples;

import static io.sockfd.examples.Programs.example;
import static io.sockfd.examples.Programs.python;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** MulticastChat on the loopback interface: with itself, the JDK and python. */
@Timeout(90)
@Tag("once")
class MulticastChatIT {
    /** 239.255.0.0/16 is for a site's own use (RFC 2365); each process tests in a group of its own. */
    private static String group() {
        long pid = ProcessHandle.current().pid();
        return "239.255." + (pid >> 8 & 255) + "." + (pid & 255);
    }

    private static int freePort() throws Exception {
        try (DatagramChannel free = DatagramChannel.open().bind(new InetSocketAddress("0.0.0.0", 0))) {
            return free.socket().getLocalPort();
        }
    }

    private static void leave(Program member) throws Exception {
        member.sayAll("");
        member.await("left");
        member.end();
    }

    @Test
    void amongItselfAndTheJdk() throws Exception {
        InetSocketAddress group = new InetSocketAddress(InetAddress.getByName(group()), freePort());
        String text = group() + ":" + group.getPort();
        NetworkInterface lo = NetworkInterface.getByName("lo");
        try (DatagramChannel jdk = DatagramChannel.open(StandardProtocolFamily.INET);
                Program alice = example("MulticastChat", text, "lo", "alice");
                Program bob = example("MulticastChat", text, "lo", "bob")) {
            jdk.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            jdk.bind(group);
            jdk.setOption(StandardSocketOptions.IP_MULTICAST_IF, lo);
            jdk.join(group.getAddress(), lo);
            for (Program member : new Program[] {alice, bob}) {
                assertEquals(text + " on lo", member.await("joined "));
            }

            alice.say("hi all");
            ByteBuffer buffer = ByteBuffer.allocate(100);
            jdk.receive(buffer);
            assertEquals("alice: hi all", UTF_8.decode(buffer.flip()).toString());
            for (Program member : new Program[] {alice, bob}) {
                assertEquals("hi all", member.await("alice: "));
            }

            jdk.send(ByteBuffer.wrap("duke: hello".getBytes(UTF_8)), group);
            for (Program member : new Program[] {alice, bob}) {
                assertEquals("hello", member.await("duke: "));
            }
            leave(alice);
            bob.say("gone?");
            assertEquals("gone?", bob.await("bob: "));
            leave(bob);
        }
    }

    @Test
    void withPython() throws Exception {
        String port = Integer.toString(freePort());
        try (Program carol = example("MulticastChat", group() + ":" + port, "lo", "carol")) {
            carol.await("joined ");
            try (Program monty = python("""
                    import socket, sys
                    group = (sys.argv[1], int(sys.argv[2]))
                    lo = socket.inet_aton('127.0.0.1')
                    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
                        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                        s.bind(group)
                        s.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, socket.inet_aton(group[0]) + lo)
                        s.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, lo)
                        s.settimeout(20)
                        print('joined')
                        print(s.recv(100).decode())
                        s.sendto(b'monty: spam', group)
                    """, group(), port)) {
                monty.await("joined");
                carol.say("eggs");
                assertEquals("eggs", monty.await("carol: "));
                assertEquals("spam", carol.await("monty: "));
                monty.end();
            }
            leave(carol);
        }
    }
}
