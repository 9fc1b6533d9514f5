package io.sockfd.cli.nc;

import io.sockfd.Errno;
import io.sockfd.Errors;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.address.Addresses;
import io.sockfd.address.UnixAddress;
import io.sockfd.cli.FailedException;
import io.sockfd.cli.Output;
import io.sockfd.cli.UsageException;
import io.sockfd.cli.endpoint.Endpoint;
import io.sockfd.cli.endpoint.Ports;
import io.sockfd.cli.kernel.EtcNames;
import io.sockfd.option.SocketOptions;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code sockfd nc}. */
@Command(
        name = "nc",
        description = {
            "Standard input and output as a socket, with the options of OpenBSD's netcat.",
            "Ends with status 0 when the conversation was held or, with -z, one of the ports accepted; else 1."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  sockfd nc -l 7000 > file                  and elsewhere:",
            "  sockfd nc -N host 7000 < file",
            "  sockfd nc -zv localhost 20-25",
            "  printf 'GET /version HTTP/1.0\\r\\n\\r\\n' | sockfd nc -U /var/run/docker.sock",
            "  sockfd nc -ul 5514                        prints what udp senders send",
            "  sockfd nc -x proxy:1080 example.org 22",
            "",
            "Otherwise than nc(1) of OpenBSD:",
            "  Wrong usage ends with status 2. SIGINT ends with status 130.",
            "  -q 0 waits for the peer's end on a stream; -zu tells closed ports. Errors that",
            "  end it are in other words.",
            "  -B, -b, -c, -D, -F, -I, -M, -m, -O, -r, -S, -T, -t, -V, -W and -Z are missing."
        })
public final class Nc implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofMillis(250);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "ADDRESS",
            arity = "0..2",
            description =
                    "Give HOST PORT; with -l [HOST] PORT; with -U a path or @abstract; with --vsock CID PORT. A port "
                            + "is a number or the name of a service.")
    private List<String> where = List.of();

    @Option(names = "-4", description = "Use IPv4 only.")
    private boolean only4;

    @Option(names = "-6", description = "Use IPv6 only.")
    private boolean only6;

    @Option(names = "-C", description = "Send CRLF for each line feed of standard input.")
    private boolean crlf;

    @Option(names = "-d", description = "Leave standard input alone.")
    private boolean detached;

    @Option(
            names = "-i",
            paramLabel = "SECONDS",
            description = "Wait SECONDS between lines that are sent, and between ports.")
    private @Nullable Double interval;

    @Option(names = "-k", description = "Wait for the next client after each one; for -l.")
    private boolean keep;

    @Option(names = "-l", description = "Listen, and take one client.")
    private boolean listen;

    @Option(names = "-N", description = "Shut the sending side down at the end of standard input.")
    private boolean shutdown;

    @Option(names = "-n", description = "Look no names up: addresses are numbers.")
    private boolean numeric;

    @Option(names = "-p", paramLabel = "PORT", description = "Connect from this port; with -l listen on it.")
    private @Nullable String sourcePortText;

    @Option(names = "-P", paramLabel = "USER", description = "Name this user to the proxy.")
    private @Nullable String proxyUser;

    @Option(
            names = "-q",
            paramLabel = "SECONDS",
            description =
                    "Do as -N, and quit when nothing came for so long after the end of standard input; 0 waits for the "
                            + "peer's end.")
    private @Nullable Double quit;

    @Option(names = "-s", paramLabel = "ADDRESS", description = "Connect from this address.")
    private @Nullable String source;

    @Option(names = "-U", description = "Use a UNIX socket: a stream, with -u datagrams.")
    private boolean unix;

    @Option(names = "--seqpacket", description = "Use a socket of type SEQPACKET; for -U.")
    private boolean seqpacket;

    @Option(names = "-u", description = "Send and receive datagrams.")
    private boolean datagrams;

    @Option(names = "-v", description = "Say on stderr what happens; -vv also how many bytes went each way.")
    private boolean[] verbose = {};

    @Option(names = "--vsock", description = "Connect between a virtual machine and its host.")
    private boolean vsock;

    @Option(
            names = "-w",
            paramLabel = "SECONDS",
            description = "Give up when connecting takes longer, or when nothing went either way for so long.")
    private @Nullable Double seconds;

    @Option(
            names = "-X",
            paramLabel = "PROTOCOL",
            description = "Speak this to the proxy: 4 and 5 are SOCKS, connect is HTTP (default: 5).")
    private String proxyProtocol = "5";

    @Option(
            names = "-x",
            paramLabel = "PROXY",
            description = "Connect through a proxy, HOST[:PORT] (default port: 1080 for SOCKS, 3128 for HTTP).")
    private @Nullable String proxyAddress;

    @Option(names = "-z", description = "Only try the ports: 22, 20-25, 80,443, http.")
    private boolean zero;

    private @Nullable Integer sourcePort;
    private @Nullable EtcNames services;
    private Input input = Input.none();

    @Override
    public Integer call() throws IOException {
        checkUsage();
        Duration limit = seconds == null ? Socket.BLOCKING : duration(seconds);
        Duration pause = interval == null ? Duration.ZERO : duration(interval);
        input = detached || zero ? Input.none() : Input.of(System.in, type().equals(SocketType.DGRAM), crlf, pause);
        Traffic traffic =
                new Traffic(input, shutdown || quit != null, quit == null ? null : duration(quit), limit, listen);
        if (listen) {
            Endpoint endpoint = new Endpoint("", type(), targets().get(0).addresses());
            new Listening(traffic, endpoint, keep, this::say).run();
            return 0;
        }
        int tried = 0;
        int reached = 0;
        for (Target target : targets()) {
            if (tried++ > 0 && !pause.isZero()) {
                LockSupport.parkNanos(pause.toNanos());
            }
            reached += reach(target, traffic, limit) ? 1 : 0;
        }
        return reached > 0 ? 0 : 1;
    }

    /** One port, with the addresses of its host. */
    private record Target(String name, int port, List<SocketAddress> addresses) {}

    private boolean reach(Target target, Traffic traffic, Duration limit) throws IOException {
        if (proxyAddress != null) {
            return reachThrough(proxyAddress, target, traffic, limit);
        }
        IOException failure = null;
        for (SocketAddress address : target.addresses()) {
            try (Socket socket = Endpoint.open(address, type())) {
                socket.timeout(limit);
                bindSource(socket, address);
                socket.connect(address);
                if (zero && datagrams) {
                    askDatagrams(socket);
                }
                say("Connection to " + name(target, address) + " port [" + service(address) + "] succeeded!");
                if (!zero) {
                    converse(traffic, socket);
                }
                return true;
            } catch (IOException e) {
                if (traffic.hasBegun()) {
                    throw e;
                }
                failure = e;
                say("sockfd nc: connect to " + where(target, address) + (isTimeout(e) ? " timed out: " : " failed: ")
                        + reason(e));
            }
        }
        if (failure != null && !zero) {
            throw failure;
        }
        return false;
    }

    private boolean reachThrough(String proxy, Target target, Traffic traffic, Duration limit) throws IOException {
        Proxy protocol = Objects.requireNonNull(Proxy.of(proxyProtocol));
        List<InetSocketAddress> addresses;
        try {
            addresses = Addresses.resolve(proxy.matches(".*:[0-9]+") ? proxy : proxy + ":" + protocol.port());
        } catch (IllegalArgumentException | UnknownHostException e) {
            throw new FailedException("the proxy " + proxy + ": " + e.getMessage());
        }
        try (Socket socket = Endpoint.open(addresses.get(0), SocketType.STREAM)) {
            socket.timeout(limit);
            bindSource(socket, addresses.get(0));
            boolean connected = socket.connect(addresses.get(0));
            protocol.ask(socket, target.name(), target.port(), proxyUser);
            say("Connection to " + target.name() + " " + target.port() + " port succeeded!");
            if (!zero) {
                converse(traffic, socket);
            }
            return connected;
        }
    }

    private void converse(Traffic traffic, Socket socket) throws IOException {
        traffic.run(socket);
        if (verbose.length > 1) {
            Output.note(spec, input.sent() + " bytes sent, " + traffic.received() + " bytes received");
        }
    }

    /** A port without a receiver is known by the answer of ICMP, if that comes. */
    private static void askDatagrams(Socket socket) throws IOException {
        for (int i = 0; i < 2; i++) {
            socket.send(ByteBuffer.wrap(new byte[] {'X'}), 0);
            if (socket.poll(Linux.POLLIN, PATIENCE) != 0) {
                socket.recv(ByteBuffer.allocate(1), Linux.MSG_DONTWAIT);
                return;
            }
        }
    }

    private void bindSource(Socket socket, SocketAddress target) throws IOException {
        if (unix && type().equals(SocketType.DGRAM)) {
            socket.bind(source == null ? UnixAddress.unnamed() : Addresses.parse(source)); // to be answered
        } else if (source != null || sourcePort != null) {
            boolean six = target instanceof InetSocketAddress inet && inet.getAddress() instanceof Inet6Address;
            String host = source != null ? source : six ? "::" : "0.0.0.0";
            socket.setOption(SocketOptions.SO_REUSEADDR, true);
            socket.bind(new InetSocketAddress(lookUp(host)[0], sourcePort == null ? 0 : sourcePort));
        }
    }

    private SocketType type() {
        return seqpacket ? SocketType.SEQPACKET : datagrams ? SocketType.DGRAM : SocketType.STREAM;
    }

    // ---- addresses
    // ---------------------------------------------------------------------------------------------------

    private List<Target> targets() {
        if (unix) {
            String path = where.get(0);
            return List.of(new Target(path, 0, List.of(address(path.startsWith("@") ? path : "unix:" + path))));
        } else if (vsock) {
            String cid = where.size() == 2 ? where.get(0) : "any";
            String port = where.get(where.size() - 1);
            return List.of(new Target(cid + " " + port, 0, List.of(address("vsock:" + cid + ":" + port))));
        } else if (listen) {
            String host = where.size() > (sourcePort == null ? 1 : 0) ? where.get(0) : only6 ? "::" : "0.0.0.0";
            int port = sourcePort != null
                    ? sourcePort
                    : ports(where.get(where.size() - 1)).nextSetBit(0);
            return List.of(target(host, port));
        }
        return ports(where.get(1)).stream()
                .mapToObj(port -> target(where.get(0), port))
                .toList();
    }

    /** As netcat, which ends with 1 for a port that is none. */
    private BitSet ports(String text) {
        try {
            return Ports.parse(text, name -> services().number(name));
        } catch (UsageException e) {
            throw new FailedException(String.valueOf(e.getMessage()));
        }
    }

    private EtcNames services() {
        EtcNames known = services;
        if (known == null) {
            known = EtcNames.services();
            services = known;
        }
        return known;
    }

    private static SocketAddress address(String text) {
        try {
            return Addresses.parse(text);
        } catch (IllegalArgumentException e) {
            throw new FailedException(String.valueOf(e.getMessage()));
        }
    }

    private Target target(String host, int port) {
        List<SocketAddress> addresses = new ArrayList<>();
        if (proxyAddress != null) {
            return new Target(host, port, addresses); // the proxy looks the name up
        }
        for (InetAddress address : lookUp(host)) {
            addresses.add(new InetSocketAddress(address, port));
        }
        return new Target(host, port, addresses);
    }

    private InetAddress[] lookUp(String host) {
        if (numeric && !host.matches("[0-9.]+|.*:.*")) {
            throw new FailedException(host + " is a name: leave -n out to have it looked up");
        }
        try {
            InetAddress[] found = Stream.of(InetAddress.getAllByName(host))
                    .filter(address -> !only4 || address instanceof Inet4Address)
                    .filter(address -> !only6 || address instanceof Inet6Address)
                    .toArray(InetAddress[]::new);
            if (found.length == 0) {
                throw new FailedException(host + " has no " + (only4 ? "IPv4" : "IPv6") + " address");
            }
            return found;
        } catch (UnknownHostException e) {
            throw new FailedException(host + ": no such host is known (spelling, /etc/hosts, DNS?)");
        }
    }

    // ---- words
    // -------------------------------------------------------------------------------------------------------

    private void checkUsage() {
        if (sourcePortText != null) {
            sourcePort = sourcePortText.matches("[0-9]{1,6}")
                    ? Integer.valueOf(sourcePortText)
                    : services()
                            .number(sourcePortText)
                            .orElseThrow(() -> wrong(
                                    "-p takes a port, 0 to 65535, or the " + "name of a service: " + sourcePortText));
        }
        if (Proxy.of(proxyProtocol) == null) {
            throw wrong("-X is 4, 5 or connect: " + proxyProtocol);
        } else if (proxyAddress != null && (listen || unix || vsock || datagrams)) {
            throw wrong("-x is for connections of TCP");
        } else if (interval != null && !(interval >= 0 && interval < Integer.MAX_VALUE)) {
            throw wrong("-i takes seconds");
        }
        int least = listen ? (sourcePort == null ? 1 : 0) : unix ? 1 : 2;
        int most = unix ? 1 : listen && sourcePort != null ? 1 : 2;
        if (where.size() < least || where.size() > most) {
            throw wrong(unix ? "-U takes one PATH" : listen ? "-l takes [HOST] PORT" : "HOST PORT are wanted");
        } else if (only4 && only6) {
            throw wrong("-4 and -6 exclude each other");
        } else if (keep && !listen) {
            throw wrong("-k is for -l");
        } else if (zero && listen) {
            throw wrong("-z tries ports, -l is one");
        } else if (seqpacket && (datagrams || !unix)) {
            throw wrong("--seqpacket is for -U, without -u");
        } else if (sourcePort != null && (sourcePort < 0 || sourcePort > 65535)) {
            throw wrong("-p takes a port, 0 to 65535");
        } else if ((seconds != null && !(seconds > 0)) || (quit != null && !(quit >= 0))) {
            throw wrong("-w and -q take seconds");
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private static Duration duration(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }

    private void say(String line) {
        if (verbose.length > 0) {
            Output.note(spec, line);
        }
    }

    private static String name(Target target, SocketAddress address) {
        if (address instanceof InetSocketAddress inet) {
            String number = inet.getAddress().getHostAddress();
            return target.name() + (number.equals(target.name()) ? " " : " (" + number + ") ") + inet.getPort();
        }
        return target.name();
    }

    private String service(SocketAddress address) {
        String protocol = datagrams ? "udp" : "tcp";
        return address instanceof InetSocketAddress inet
                ? protocol + "/"
                        + (numeric
                                ? "*"
                                : services().name(protocol, inet.getPort()).orElse("*"))
                : type().toString();
    }

    /** {@code 127.0.0.1 port 22 (tcp)}. */
    private String where(Target target, SocketAddress address) {
        return address instanceof InetSocketAddress inet
                ? inet.getAddress().getHostAddress() + " port " + inet.getPort() + (datagrams ? " (udp)" : " (tcp)")
                : target.name();
    }

    private static boolean isTimeout(IOException e) {
        return e instanceof java.net.SocketTimeoutException
                || Errors.errnoOf(e).filter(Errno.EINPROGRESS::equals).isPresent();
    }

    private static String reason(IOException e) {
        return Errors.errnoOf(e).map(Errno::text).orElse(String.valueOf(e.getMessage()));
    }
}
