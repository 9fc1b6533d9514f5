package io.sockfd.benchmarks.netlink;

import io.sockfd.benchmarks.Contestant;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.Enumeration;

/** {@link NetworkInterface#getNetworkInterfaces}. */
public final class JavaNetDump implements Contestant {
    @Override
    public long run(int times) throws IOException {
        long sum = 0;
        for (int i = 0; i < times; i++) {
            Enumeration<NetworkInterface> interfaces = NetworkInterface.getNetworkInterfaces();
            while (interfaces.hasMoreElements()) {
                sum += addresses(interfaces.nextElement());
            }
        }
        return sum;
    }

    private static long addresses(NetworkInterface of) {
        long sum = 0;
        Enumeration<InetAddress> addresses = of.getInetAddresses();
        while (addresses.hasMoreElements()) {
            InetAddress unused = addresses.nextElement();
            sum += of.getIndex();
        }
        return sum;
    }

    @Override
    public void close() {}
}
