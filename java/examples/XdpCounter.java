/*
 * Counts the IPv4 packets that come to an interface, by their protocol: a program in the kernel looks at each, and
 * counts in an array that this process reads. Needs CAP_BPF and CAP_NET_ADMIN.
 *
 * java --enable-native-access=ALL-UNNAMED -cp java/lib/target/sockfd-0.1.0-SNAPSHOT.jar \
 *     java/examples/XdpCounter.java lo 10
 *
 * Peer: ping 127.0.0.1
 */

import io.sockfd.ebpf.EbpfAssembler;
import io.sockfd.ebpf.EbpfCode;
import io.sockfd.ebpf.EbpfLink;
import io.sockfd.ebpf.EbpfMap;
import io.sockfd.ebpf.EbpfProgram;
import io.sockfd.ebpf.EbpfType;
import java.io.IOException;

public class XdpCounter {
    private static final int PROTOCOLS = 256;
    private static final String PROGRAM = """
                r2 = *(u32 *)(r1 +0)            // where the frame begins
                r3 = *(u32 *)(r1 +4)            // and ends
                r4 = r2
                r4 += 34                        // Ethernet and IPv4
                if r4 > r3 goto pass
                r5 = *(u16 *)(r2 +12)
                r5 = be16 r5
                if r5 != 0x0800 goto pass
                r5 = *(u8 *)(r2 +23)            // the protocol
                *(u32 *)(r10 -4) = r5
                r2 = r10
                r2 += -4
                r1 = map[counts]
                call map_lookup_elem
                if r0 == 0 goto pass
                r1 = 1
                lock *(u64 *)(r0 +0) += r1
        pass:   r0 = 2                          // XDP_PASS
                exit
        """;

    public static void main(String[] args) throws IOException, InterruptedException {
        int seconds = Integer.parseInt(args[1]);
        try (EbpfMap counts = EbpfMap.array(Long.BYTES, PROTOCOLS)) {
            EbpfCode code = EbpfAssembler.assemble(PROGRAM).with("counts", counts);
            try (EbpfProgram program = EbpfProgram.load(EbpfType.XDP, code);
                    EbpfLink link = EbpfLink.xdp(program, args[0], 0)) {
                System.out.println("counting by " + link);
                for (int second = 0; second < seconds; second++) {
                    Thread.sleep(1000);
                    print(counts);
                }
            }
        }
    }

    private static void print(EbpfMap counts) throws IOException {
        StringBuilder line = new StringBuilder("counts");
        for (int protocol = 0; protocol < PROTOCOLS; protocol++) {
            if (counts.get(protocol) != 0) {
                line.append(" protocol ").append(protocol).append(": ").append(counts.get(protocol));
            }
        }
        System.out.println(line);
    }
}
