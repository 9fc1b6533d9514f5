package io.sockfd.xdp;

import io.sockfd.Descriptor;
import io.sockfd.Socket;
import io.sockfd.address.Interfaces;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.EthtoolChannels;
import io.sockfd.raw.struct.Ifreq;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The queues of an interface. */
public final class XdpQueues {
    private XdpQueues() {}

    /**
     * How many queues an interface receives by, each of which one socket can have: ETHTOOL_GCHANNELS. A card spreads what comes
     * over them by its own rules, see ethtool(8).
     *
     * @param interfaceName in the calling thread's network namespace
     * @return at least 1
     * @throws IOException ENODEV when there is no such interface
     */
    public static int count(String interfaceName) throws IOException {
        int ignored = Interfaces.index(interfaceName); // or the answer below were 1
        ByteBuffer channels = Memory.allocate(EthtoolChannels.SIZE);
        EthtoolChannels.cmd(channels, 0, Linux.ETHTOOL_GCHANNELS);
        ByteBuffer request = Memory.allocate(Ifreq.SIZE);
        Ifreq.ifr_name(request, 0, interfaceName.getBytes(StandardCharsets.UTF_8));
        Ifreq.ifr_data(request, 0, Memory.address(channels));
        int result;
        try (Socket socket = Socket.udp();
                Descriptor.Hold hold = socket.hold()) {
            result = Libc.get().ioctl(hold.fd(), Linux.SIOCETHTOOL, Memory.address(request));
        } finally {
            Reference.reachabilityFence(channels);
            Reference.reachabilityFence(request);
        }
        int count = EthtoolChannels.rx_count(channels, 0) + EthtoolChannels.combined_count(channels, 0);
        return result < 0 || count < 1 ? 1 : count; // EOPNOTSUPP of lo, for instance, which has one
    }
}
