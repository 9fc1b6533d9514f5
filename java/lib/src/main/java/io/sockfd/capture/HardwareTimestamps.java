package io.sockfd.capture;

import io.sockfd.Socket;
import io.sockfd.netlink.Timestamping;
import io.sockfd.option.PacketOptions;
import io.sockfd.option.SoTimestamping;
import io.sockfd.option.SocketOptions;
import io.sockfd.raw.Linux;
import java.io.IOException;

/** Turns on the time that a network card takes. */
final class HardwareTimestamps {
    private HardwareTimestamps() {}

    /** Of all packets that arrive; SIOCSHWTSTAMP is a setting of the card, for everybody. */
    static void enable(Socket socket, int ifindex) throws IOException {
        String name = InterfaceOf.name(socket, ifindex);
        Timestamping.Hardware unused = Timestamping.setHardware(
                socket, name, new Timestamping.Hardware(Linux.HWTSTAMP_TX_OFF, Linux.HWTSTAMP_FILTER_ALL));
        int clock = Linux.SOF_TIMESTAMPING_RAW_HARDWARE;
        socket.setOption(PacketOptions.PACKET_TIMESTAMP, clock)
                .setOption(
                        SocketOptions.SO_TIMESTAMPING,
                        new SoTimestamping(clock
                                | Linux.SOF_TIMESTAMPING_RX_HARDWARE
                                | Linux.SOF_TIMESTAMPING_RX_SOFTWARE
                                | Linux.SOF_TIMESTAMPING_SOFTWARE));
    }
}
