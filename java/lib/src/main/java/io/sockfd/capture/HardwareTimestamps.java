package io.sockfd.capture;

import io.sockfd.Descriptor;
import io.sockfd.Errors;
import io.sockfd.Socket;
import io.sockfd.option.PacketOptions;
import io.sockfd.option.SoTimestamping;
import io.sockfd.option.SocketOptions;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.HwtstampConfig;
import io.sockfd.raw.struct.Ifreq;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Turns on the time that a network card takes. */
final class HardwareTimestamps {
    private HardwareTimestamps() {}

    /** Of all packets that arrive; SIOCSHWTSTAMP is a setting of the card, for everybody. */
    static void enable(Socket socket, int ifindex) throws IOException {
        String name = InterfaceOf.name(socket, ifindex);
        ByteBuffer config = Memory.allocate(HwtstampConfig.SIZE);
        HwtstampConfig.tx_type(config, 0, Linux.HWTSTAMP_TX_OFF);
        HwtstampConfig.rx_filter(config, 0, Linux.HWTSTAMP_FILTER_ALL);
        ByteBuffer request = Memory.allocate(Ifreq.SIZE);
        Ifreq.ifr_name(request, 0, name.getBytes(StandardCharsets.UTF_8));
        Ifreq.ifr_data(request, 0, Memory.address(config));
        int result;
        try (Descriptor.Hold hold = socket.hold()) {
            result = Libc.get().ioctl(hold.fd(), Linux.SIOCSHWTSTAMP, Memory.address(request));
        } finally {
            Reference.reachabilityFence(config);
            Reference.reachabilityFence(request);
        }
        Errors.check(result, "ioctl", "SIOCSHWTSTAMP, " + name + ": " + remedy(result));
        int clock = Linux.SOF_TIMESTAMPING_RAW_HARDWARE;
        socket.setOption(PacketOptions.PACKET_TIMESTAMP, clock)
                .setOption(
                        SocketOptions.SO_TIMESTAMPING,
                        new SoTimestamping(clock
                                | Linux.SOF_TIMESTAMPING_RX_HARDWARE
                                | Linux.SOF_TIMESTAMPING_RX_SOFTWARE
                                | Linux.SOF_TIMESTAMPING_SOFTWARE));
    }

    private static String remedy(int result) {
        if (result == -Linux.EPERM) {
            return "the clock of a card is set with CAP_NET_ADMIN";
        }
        return "this interface does not stamp every packet in hardware (ethtool -T shows what it can);"
                + " software timestamps are always there";
    }
}
