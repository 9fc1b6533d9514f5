package io.sockfd.cli.nc;

import io.sockfd.Socket;
import io.sockfd.cli.FailedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** What is said to a proxy so that it connects to somebody else: SOCKS 4, SOCKS 5 (RFC 1928), or HTTP's CONNECT. */
enum Proxy {
    SOCKS4("4", 1080) {
        @Override
        void ask(Socket proxy, String host, int port, @Nullable String user) throws IOException {
            byte[] address = ipv4(host);
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            request.writeBytes(new byte[] {4, 1, (byte) (port >> Byte.SIZE), (byte) port});
            request.writeBytes(address);
            request.writeBytes(user == null ? new byte[0] : user.getBytes(StandardCharsets.UTF_8));
            request.write(0);
            send(proxy, request.toByteArray());
            byte[] reply = receive(proxy, 8);
            if (reply[1] != GRANTED) {
                throw new FailedException("the SOCKS 4 proxy refused: code " + reply[1]);
            }
        }
    },
    SOCKS5("5", 1080) {
        @Override
        void ask(Socket proxy, String host, int port, @Nullable String user) throws IOException {
            send(proxy, new byte[] {5, 1, 0}); // no authentication
            byte[] method = receive(proxy, 2);
            if (method[0] != 5 || method[1] != 0) {
                throw new FailedException("the SOCKS 5 proxy wants another authentication than none");
            }
            byte[] name = host.getBytes(StandardCharsets.UTF_8);
            if (name.length > MOST) {
                throw new FailedException("the name of the host is too long for SOCKS 5: " + host);
            }
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            request.writeBytes(new byte[] {5, 1, 0});
            if (host.matches("[0-9.]+|.*:.*")) {
                byte[] address = InetAddress.getByName(host).getAddress();
                request.write(address.length == Integer.BYTES ? 1 : 4);
                request.writeBytes(address);
            } else {
                request.writeBytes(new byte[] {3, (byte) name.length});
                request.writeBytes(name);
            }
            request.writeBytes(new byte[] {(byte) (port >> Byte.SIZE), (byte) port});
            send(proxy, request.toByteArray());
            byte[] reply = receive(proxy, 4);
            if (reply[1] != 0) {
                int code = reply[1] & MOST;
                throw new FailedException("the SOCKS 5 proxy refused: "
                        + (code < SOCKS5_REPLIES.length ? SOCKS5_REPLIES[code] : "code " + code));
            }
            int rest = switch (reply[3]) {
                case 1 -> Integer.BYTES;
                case 4 -> 16;
                default -> receive(proxy, 1)[0] & MOST;
            };
            byte[] unused = receive(proxy, rest + Short.BYTES);
        }
    },
    CONNECT("connect", 3128) {
        @Override
        void ask(Socket proxy, String host, int port, @Nullable String user) throws IOException {
            String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
            StringBuilder request = new StringBuilder("CONNECT " + name + ":" + port + " HTTP/1.0\r\n");
            if (user != null) {
                byte[] credentials = (user + ":").getBytes(StandardCharsets.UTF_8);
                request.append("Proxy-Authorization: Basic ");
                request.append(Base64.getEncoder().encodeToString(credentials)).append("\r\n");
            }
            send(proxy, request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
            String status = line(proxy);
            if (!status.matches("HTTP/1\\.[01] 200.*")) {
                throw new FailedException("the HTTP proxy refused: " + status);
            }
            while (!line(proxy).isEmpty()) {}
        }
    };

    private static final int GRANTED = 90;
    private static final int MOST = 255;
    private static final int LONGEST_LINE = 8192;
    private static final String[] SOCKS5_REPLIES = {
        "",
        "general failure",
        "not allowed by its rules",
        "network unreachable",
        "host unreachable",
        "connection refused",
        "no hops left",
        "command not supported",
        "address type not supported"
    };

    private final String option;
    private final int port;

    Proxy(String option, int port) {
        this.option = option;
        this.port = port;
    }

    /** By what -X says; null for what it does not know. */
    static @Nullable Proxy of(String option) {
        for (Proxy proxy : values()) {
            if (proxy.option.equalsIgnoreCase(option)) {
                return proxy;
            }
        }
        return null;
    }

    /** Where such a proxy listens unless told otherwise. */
    int port() {
        return port;
    }

    /**
     * Has the proxy connect; after it the socket is as if connected to the host.
     *
     * @throws FailedException says why it did not
     */
    abstract void ask(Socket proxy, String host, int port, @Nullable String user) throws IOException;

    private static byte[] ipv4(String host) throws IOException {
        for (InetAddress address : InetAddress.getAllByName(host)) {
            if (address instanceof Inet4Address) {
                return address.getAddress();
            }
        }
        throw new FailedException(host + " has no IPv4 address, and SOCKS 4 knows no other: use -X 5");
    }

    private static void send(Socket proxy, byte[] bytes) throws IOException {
        proxy.sendAll(ByteBuffer.wrap(bytes));
    }

    private static byte[] receive(Socket proxy, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.BIG_ENDIAN);
        while (buffer.hasRemaining()) {
            if (proxy.recv(buffer, 0) < 0) {
                throw new FailedException("the proxy closed the connection before it answered");
            }
        }
        return buffer.array();
    }

    /** Byte by byte: what follows is the other end's. */
    private static String line(Socket proxy) throws IOException {
        StringBuilder line = new StringBuilder();
        while (line.length() < LONGEST_LINE) {
            char c = (char) receive(proxy, 1)[0];
            if (c == '\n') {
                return line.toString().stripTrailing();
            }
            line.append(c);
        }
        throw new FailedException("the proxy's answer has no end of line");
    }
}
