package io.sockfd.netlink;

import io.sockfd.Descriptor;
import io.sockfd.Errors;
import io.sockfd.Socket;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.EthtoolTsInfo;
import io.sockfd.raw.struct.HwtstampConfig;
import io.sockfd.raw.struct.Ifreq;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What an interface can stamp with a time, as {@code ethtool -T} shows it, and what its card is set to stamp. A socket gets the
 * times by {@link io.sockfd.option.SocketOptions#SO_TIMESTAMPING}, and {@link io.sockfd.ControlReader} reads them.
 *
 * <pre>{@code
 * Timestamping can = Timestamping.of("eth0");
 * if (can.receives(HWTSTAMP_FILTER_ALL)) {
 *     Timestamping.setHardware("eth0", new Timestamping.Hardware(HWTSTAMP_TX_ON, HWTSTAMP_FILTER_ALL)); // CAP_NET_ADMIN
 * }
 * if (can.clock() >= 0) {
 *     try (PtpClock clock = PtpClock.open(can.clock())) {
 *         System.out.println("the card's clock says " + clock.nanos());
 *     }
 * }
 * }</pre>
 *
 * @param flags SOF_TIMESTAMPING_TX_SOFTWARE and others
 * @param clock the number of the card's clock, for {@link io.sockfd.event.PtpClock#open(int)}; -1 for none
 * @param sendTypes a bit for each HWTSTAMP_TX_ of the card, see {@link #sends}
 * @param receiveFilters a bit for each HWTSTAMP_FILTER_ of the card, see {@link #receives}
 * @see <a href="https://docs.kernel.org/networking/timestamping.html">timestamping, in the kernel's documentation</a>
 */
public record Timestamping(int flags, int clock, int sendTypes, int receiveFilters) {
    /**
     * What a card is set to: for everybody on this machine, until it is set again.
     *
     * @param send HWTSTAMP_TX_OFF, HWTSTAMP_TX_ON …
     * @param receive HWTSTAMP_FILTER_NONE, HWTSTAMP_FILTER_ALL, HWTSTAMP_FILTER_PTP_V2_EVENT …
     */
    public record Hardware(int send, int receive) {}

    /**
     * What an interface can: ETHTOOL_GET_TS_INFO.
     *
     * @param interfaceName in the calling thread's network namespace
     * @throws IOException ENODEV when there is no such interface
     */
    public static Timestamping of(String interfaceName) throws IOException {
        ByteBuffer info = Memory.allocate(EthtoolTsInfo.SIZE);
        EthtoolTsInfo.cmd(info, 0, Linux.ETHTOOL_GET_TS_INFO);
        try (Socket socket = Socket.udp()) {
            ioctl(socket, interfaceName, Linux.SIOCETHTOOL, "ETHTOOL_GET_TS_INFO", info);
        }
        return new Timestamping(
                EthtoolTsInfo.so_timestamping(info, 0),
                EthtoolTsInfo.phc_index(info, 0),
                EthtoolTsInfo.tx_types(info, 0),
                EthtoolTsInfo.rx_filters(info, 0));
    }

    /**
     * What its card is set to: SIOCGHWTSTAMP.
     *
     * @param interfaceName in the calling thread's network namespace
     * @throws IOException EOPNOTSUPP when the interface stamps nothing in hardware, or its driver does not tell
     */
    public static Hardware hardware(String interfaceName) throws IOException {
        try (Socket socket = Socket.udp()) {
            return config(socket, interfaceName, Linux.SIOCGHWTSTAMP, "SIOCGHWTSTAMP", new Hardware(0, 0));
        }
    }

    /**
     * Sets its card: SIOCSHWTSTAMP, with CAP_NET_ADMIN.
     *
     * @param interfaceName in the calling thread's network namespace
     * @return what the driver took, which may be more
     * @throws IOException EPERM without the privilege, ERANGE when the card cannot do that, EOPNOTSUPP when it stamps nothing
     */
    public static Hardware setHardware(String interfaceName, Hardware wanted) throws IOException {
        try (Socket socket = Socket.udp()) {
            return setHardware(socket, interfaceName, wanted);
        }
    }

    /**
     * As {@link #setHardware(String, Hardware)}, in the network namespace of a socket.
     *
     * @param socket of any family
     */
    public static Hardware setHardware(Socket socket, String interfaceName, Hardware wanted) throws IOException {
        return config(socket, interfaceName, Linux.SIOCSHWTSTAMP, "SIOCSHWTSTAMP", wanted);
    }

    private static Hardware config(Socket socket, String interfaceName, int request, String what, Hardware wanted)
            throws IOException {
        ByteBuffer config = Memory.allocate(HwtstampConfig.SIZE);
        HwtstampConfig.tx_type(config, 0, wanted.send);
        HwtstampConfig.rx_filter(config, 0, wanted.receive);
        ioctl(socket, interfaceName, request, what, config);
        return new Hardware(HwtstampConfig.tx_type(config, 0), HwtstampConfig.rx_filter(config, 0));
    }

    private static void ioctl(Socket socket, String interfaceName, long number, String what, ByteBuffer data)
            throws IOException {
        ByteBuffer request = Memory.allocate(Ifreq.SIZE);
        Ifreq.ifr_name(request, 0, interfaceName.getBytes(StandardCharsets.UTF_8));
        Ifreq.ifr_data(request, 0, Memory.address(data));
        int result;
        try (Descriptor.Hold hold = socket.hold()) {
            result = Libc.get().ioctl(hold.fd(), number, Memory.address(request));
        } finally {
            Reference.reachabilityFence(data);
            Reference.reachabilityFence(request);
        }
        Errors.check(result, "ioctl", what + ", " + interfaceName + remedy(result));
    }

    private static String remedy(int result) {
        return switch (-result) {
            case Linux.EPERM -> ": the clock of a card is set with CAP_NET_ADMIN";
            case Linux.EOPNOTSUPP, Linux.ERANGE ->
                ": this interface does not stamp such packets in hardware"
                        + " (Timestamping.of or ethtool -T shows what it can); software timestamps are always there";
            default -> "";
        };
    }

    /** Whether anything is stamped by the card. */
    public boolean hasHardware() {
        return (flags & (Linux.SOF_TIMESTAMPING_TX_HARDWARE | Linux.SOF_TIMESTAMPING_RX_HARDWARE)) != 0;
    }

    /** Whether the card has this HWTSTAMP_TX_ for {@link Hardware}. */
    public boolean sends(int type) {
        return has(sendTypes, type);
    }

    /** Whether the card has this HWTSTAMP_FILTER_ for {@link Hardware}. */
    public boolean receives(int filter) {
        return has(receiveFilters, filter);
    }

    private static boolean has(int bits, int bit) {
        return bit >= 0 && bit < Integer.SIZE && (bits >>> bit & 1) != 0;
    }
}
