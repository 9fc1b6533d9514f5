/*
 * Takes the TCP connections to a range of ports with one listening socket: a program in the kernel, asked for every
 * connection that comes to this network namespace, gives them to it. Needs CAP_BPF and CAP_NET_ADMIN, Linux 5.9.
 *
 * java --enable-native-access=ALL-UNNAMED -cp java/lib/target/sockfd-0.1.0-SNAPSHOT.jar \
 *     java/examples/AnyPort.java 7000 7999 3
 *
 * Peer: nc 127.0.0.1 7123
 */

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sockfd.Socket;
import io.sockfd.address.Addresses;
import io.sockfd.ebpf.EbpfAssembler;
import io.sockfd.ebpf.EbpfLink;
import io.sockfd.ebpf.EbpfMap;
import io.sockfd.ebpf.EbpfProgram;
import io.sockfd.ebpf.EbpfType;
import java.io.IOException;
import java.nio.ByteBuffer;

public class AnyPort {
    private static final String PROGRAM = """
                r6 = r1
                r2 = *(u32 *)(r6 +12)           // the protocol
                if r2 != 6 goto pass
                r2 = *(u32 *)(r6 +60)           // the port, in host order
                if r2 < FIRST goto pass
                if r2 > LAST goto pass
                *(u32 *)(r10 -4) = 0
                r2 = r10
                r2 += -4
                r1 = map[listener]
                call map_lookup_elem
                if r0 == 0 goto pass
                r7 = r0
                r1 = r6
                r2 = r0
                r3 = 0
                call sk_assign
                r1 = r7
                call sk_release
        pass:   r0 = 1                          // SK_PASS: to the socket, or the usual way
                exit
        """;

    public static void main(String[] args) throws IOException {
        int connections = Integer.parseInt(args[2]);
        String text = PROGRAM.replace("FIRST", args[0]).replace("LAST", args[1]);
        try (Socket listener = Socket.tcp();
                EbpfMap map = EbpfMap.sockets(1)) {
            listener.bind(Addresses.parse("127.0.0.1:0")).listen(128);
            map.put(0, listener);
            try (EbpfProgram program =
                            EbpfProgram.load(EbpfType.SK_LOOKUP, EbpfAssembler.assemble(text).with("listener", map));
                    EbpfLink link = EbpfLink.lookup(program)) {
                System.out.println("listening on ports " + args[0] + " to " + args[1] + " by " + link);
                for (int i = 0; i < connections; i++) {
                    try (Socket connection = listener.accept()) {
                        String to = Addresses.format(connection.getLocalAddress());
                        connection.send(ByteBuffer.wrap(("you have reached " + to + "\n").getBytes(UTF_8)), 0);
                        System.out.println("a connection to " + to);
                    }
                }
            }
        }
    }
}
