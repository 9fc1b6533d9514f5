/*
 * Two UDP sockets on one port: a program, of "classic" BPF or of "ebpf", gives one what begins with an even byte.
 *
 * java --enable-native-access=ALL-UNNAMED -cp java/lib/target/sockfd-0.1.0-SNAPSHOT.jar \
 *     java/examples/ReuseportByByte.java ebpf 127.0.0.1:9000 4
 *
 * Peer: nc -u 127.0.0.1 9000
 */

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sockfd.Socket;
import io.sockfd.address.Addresses;
import io.sockfd.bpf.Assembler;
import io.sockfd.ebpf.EbpfAssembler;
import io.sockfd.ebpf.EbpfMap;
import io.sockfd.ebpf.EbpfProgram;
import io.sockfd.ebpf.EbpfType;
import io.sockfd.option.SocketOptions;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;

public class ReuseportByByte {
    private static final String CLASSIC = "ldb [0]\n and #1\n ret a\n"; // the socket's place in the group
    private static final String EBPF = """
                r2 = *(u64 *)(r1 +0)            // the UDP header
                r3 = *(u64 *)(r1 +8)            // the end of the datagram
                r4 = r2
                r4 += 9
                if r4 > r3 goto take
                r5 = *(u8 *)(r2 +8)
                r5 &= 1
                *(u32 *)(r10 -4) = r5
                r2 = map[group]
                r3 = r10
                r3 += -4
                r4 = 0
                call sk_select_reuseport
        take:   r0 = 1                          // SK_PASS
                exit
        """;

    public static void main(String[] args) throws IOException, InterruptedException {
        try (Socket even = Socket.udp().setOption(SocketOptions.SO_REUSEPORT, true);
                Socket odd = Socket.udp().setOption(SocketOptions.SO_REUSEPORT, true)) {
            SocketAddress address = even.bind(Addresses.parse(args[1])).getLocalAddress();
            odd.bind(address);
            if (args[0].equals("classic")) {
                even.setOption(SocketOptions.SO_ATTACH_REUSEPORT_CBPF, Assembler.assemble(CLASSIC));
            } else {
                try (EbpfMap group = EbpfMap.reuseport(2);
                        EbpfProgram program = EbpfProgram.load(
                                EbpfType.REUSEPORT, EbpfAssembler.assemble(EBPF).with("group", group))) {
                    group.put(0, even);
                    group.put(1, odd);
                    program.reuseport(even); // which keeps both from now on
                }
            }
            System.out.println("bound to " + Addresses.format(address));
            CountDownLatch left = new CountDownLatch(Integer.parseInt(args[2]));
            new Thread(() -> print("even", even, left)).start();
            new Thread(() -> print("odd", odd, left)).start();
            left.await();
        }
    }

    private static void print(String name, Socket socket, CountDownLatch left) {
        ByteBuffer datagram = ByteBuffer.allocateDirect(2048);
        try {
            while (socket.recv(datagram.clear(), 0) >= 0) {
                System.out.println(name + " has " + UTF_8.decode(datagram.flip()));
                left.countDown();
            }
        } catch (IOException closed) {
            return;
        }
    }
}
