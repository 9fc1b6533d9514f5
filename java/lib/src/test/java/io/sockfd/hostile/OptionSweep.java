package io.sockfd.hostile;

import io.sockfd.Domain;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.option.FilterProgram;
import io.sockfd.option.SocketOptions;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.channels.Channel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Asks for every number of every level on a socket of every family, and watches the memory behind what was offered. */
final class OptionSweep {
    private static final int NUMBERS = 256;
    private static final int LEAST_FAMILIES = 4;
    private static final int[] OFFERED = {0, 1, 4, 64};
    private static final int[] FILLS = {-1, 0x7f};
    private static final int[] LEVELS = {
        Linux.SOL_SOCKET, Linux.SOL_IP, Linux.SOL_IPV6, Linux.SOL_TCP, Linux.SOL_UDP, Linux.SOL_RAW, Linux.SOL_PACKET,
        Linux.SOL_NETLINK, Linux.SOL_TIPC, Linux.SOL_ALG, Linux.SOL_TLS, Linux.SOL_XDP, Linux.SOL_MPTCP, Linux.SOL_SCTP,
        Linux.SOL_BLUETOOTH, Linux.SOL_CAN_RAW, Linux.AF_VSOCK, Linux.SOL_ICMPV6
    };

    private OptionSweep() {}

    static void run() throws Exception {
        int asked = 0;
        int answered = 0;
        List<Socket> sockets = sockets();
        try {
            for (Socket socket : sockets) {
                for (int level : LEVELS) {
                    for (int number = 0; number < NUMBERS; number++) {
                        for (int offered : OFFERED) {
                            for (int fill : FILLS) {
                                Watched watched = new Watched(offered, fill);
                                int at = number;
                                String outcome = Program.outcome(() -> socket.getOption(watched.option(level, at)));
                                watched.check(
                                        socket + ", level " + level + ", option " + number + ", filled with " + fill);
                                asked++;
                                answered += outcome.equals("fine") ? 1 : 0;
                            }
                        }
                    }
                }
            }
        } finally {
            for (Channel socket : sockets) {
                socket.close();
            }
        }
        System.out.println(asked + " questions on " + sockets.size() + " sockets, " + answered + " answers");
        Program.check(sockets.size() >= LEAST_FAMILIES && answered > 0, "nothing was asked");
    }

    /** With a filter where there can be one, so that SO_GET_FILTER has much to say. */
    private static List<Socket> sockets() {
        List<Socket> sockets = new ArrayList<>();
        for (Domain domain : List.of(
                Domain.INET,
                Domain.INET6,
                Domain.UNIX,
                Domain.NETLINK,
                Domain.PACKET,
                Domain.VSOCK,
                Domain.CAN,
                Domain.ALG,
                Domain.TIPC)) {
            for (SocketType type : List.of(SocketType.STREAM, SocketType.DGRAM, SocketType.SEQPACKET)) {
                try {
                    Socket socket = Socket.open(domain, type);
                    sockets.add(socket);
                    FilterProgram.Instruction accept =
                            new FilterProgram.Instruction(Linux.BPF_RET | Linux.BPF_K, 0, 0, 65535);
                    String ignored = Program.outcome(() -> socket.setOption(
                            SocketOptions.SO_ATTACH_FILTER, new FilterProgram(Collections.nCopies(300, accept))));
                } catch (IOException e) {
                    // not on this machine, or not for this user
                }
            }
        }
        return sockets;
    }
}
