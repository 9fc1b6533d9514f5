package io.sockfd.netns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.Domain;
import io.sockfd.Errno;
import io.sockfd.ErrnoException;
import io.sockfd.Protocol;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.address.VsockAddress;
import io.sockfd.netlink.InetSocketView;
import io.sockfd.netlink.Namespaces;
import io.sockfd.netlink.SocketDiag;
import io.sockfd.option.IpOptions;
import io.sockfd.option.Ipv6Options;
import io.sockfd.option.MptcpOptions;
import io.sockfd.option.VsockOptions;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What can be found out about connections and the machine, where nft, the kernel and a device are the oracles. */
@Timeout(60)
class FindsIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String RULES = """
            table inet t {
                chain c {
                    type nat hook output priority -100;
                    tcp dport 80 redirect to :PORT
                }
            }
            """;

    private static boolean nft(String rules) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder("nft", "-f", "-").redirectErrorStream(true).start();
        process.getOutputStream().write(rules.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0 && output.isEmpty();
    }

    /** A real REDIRECT: who connected to port 80 of a stranger is here, and asks where it wanted to go. */
    @Test
    void whereAConnectionWantedToGo() throws Exception {
        Namespaces.assumePossible();
        assumeTrue(Files.isExecutable(Path.of("/usr/sbin/nft")), "needs nft");
        try (NetworkNamespace ns = NetworkNamespace.create().loopbackUp();
                Socket proxy = ns.call(() -> Socket.tcp6()
                        .timeout(SOON)
                        .bind(new InetSocketAddress(InetAddress.getByName("::"), 0))
                        .listen(4))) {
            int port = ((InetSocketAddress) proxy.getLocalAddress()).getPort();
            assumeTrue(
                    ns.call(() -> nft(RULES.replace("PORT", String.valueOf(port)))), "the kernel has no nft redirect");
            for (String wanted : new String[] {"127.0.0.9", "::1"}) {
                InetSocketAddress target = new InetSocketAddress(InetAddress.getByName(wanted), 80);
                boolean v6 = wanted.indexOf(':') >= 0;
                try (Socket client = ns.call(() -> v6 ? Socket.tcp6() : Socket.tcp())) {
                    assertTrue(client.timeout(SOON).connect(target));
                    try (Socket accepted = proxy.accept()) {
                        assertNotNull(accepted);
                        assertEquals(
                                target,
                                accepted.getOption(v6 ? Ipv6Options.IP6T_SO_ORIGINAL_DST : IpOptions.SO_ORIGINAL_DST));
                    }
                }
            }
        }
    }

    @Test
    void anMptcpConnectionByItsToken() throws Exception {
        try (Socket listener = mptcp().bind(loopback(0)).listen(1);
                Socket client = mptcp();
                SocketDiag diag = SocketDiag.open()) {
            InetSocketAddress address = (InetSocketAddress) listener.getLocalAddress();
            assertTrue(client.connect(address));
            try (Socket accepted = listener.accept()) {
                assertNotNull(accepted);
                long token = client.getOption(MptcpOptions.MPTCP_INFO).token();
                InetSocketView found = diag.mptcp(token);
                assumeTrue(found != null, "needs CONFIG_INET_MPTCP_DIAG");
                assertNotNull(found);
                assertEquals(client.getLocalAddress(), new InetSocketAddress(found.localAddress(), found.localPort()));
                assertEquals(address, new InetSocketAddress(found.remoteAddress(), found.remotePort()));
                assertNull(diag.mptcp(0));
            }
            assertThrows(IllegalArgumentException.class, () -> diag.mptcp(-1));
        }
    }

    private static Socket mptcp() throws IOException {
        try {
            return Socket.open(Domain.INET, SocketType.STREAM, Protocol.MPTCP).timeout(SOON);
        } catch (ErrnoException e) {
            assumeTrue(false, "needs MPTCP: " + e.getMessage());
            throw e;
        }
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** A socket that is bound to any and connected to this machine has it as its own. */
    @Test
    void theCidOfThisMachine() throws Exception {
        if (!Files.exists(Path.of("/dev/vsock"))) {
            assertEquals(
                    Errno.ENOENT,
                    assertThrows(ErrnoException.class, VsockOptions::localCid).errno());
            return;
        }
        int cid = VsockOptions.localCid();
        assertTrue(cid == VsockAddress.ANY || cid == VsockAddress.LOCAL || cid >= VsockAddress.HOST, "CID " + cid);
        if (cid != VsockAddress.ANY) {
            try (Socket listener = Socket.open(Domain.VSOCK, SocketType.STREAM)) {
                listener.bind(new VsockAddress(cid, VsockAddress.PORT_ANY));
                assertEquals(cid, ((VsockAddress) listener.getLocalAddress()).cid());
            }
            try (Socket stranger = Socket.open(Domain.VSOCK, SocketType.STREAM)) {
                assertThrows(IOException.class, () -> stranger.bind(new VsockAddress(cid + 7, Linux.VMADDR_PORT_ANY)));
            }
        }
    }
}
