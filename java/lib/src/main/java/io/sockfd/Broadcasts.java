package io.sockfd;

import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteBuffer;

/** Which IPv4 addresses are broadcasts, by the networks of this namespace's interfaces. */
final class Broadcasts {
    private static final int LIMITED = -1; // 255.255.255.255
    private static final int HOST_BITS_MIN = 3; // no network of a broadcast has fewer host bits than two

    private Broadcasts() {}

    /** Four bytes in network order; asks the kernel only for what may be one. */
    static boolean isOne(byte[] address) {
        int number = number(address);
        if (number == LIMITED || (number & HOST_BITS_MIN) != HOST_BITS_MIN) {
            return number == LIMITED;
        }
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(known -> known.getInterfaceAddresses().stream())
                    .anyMatch(own -> isOf(own, number));
        } catch (SocketException e) {
            return false;
        }
    }

    private static boolean isOf(InterfaceAddress own, int number) {
        byte[] bytes = own.getAddress().getAddress();
        int prefix = own.getNetworkPrefixLength();
        return bytes.length == Integer.BYTES && prefix < Integer.SIZE - 1 && (number(bytes) | -1 >>> prefix) == number;
    }

    private static int number(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getInt();
    }
}
