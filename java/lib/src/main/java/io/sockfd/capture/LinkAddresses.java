package io.sockfd.capture;

import io.sockfd.address.HardwareAddress;
import io.sockfd.raw.struct.SockaddrLl;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** What struct sockaddr_ll says of a packet's link, beside the numbers. */
final class LinkAddresses {
    private LinkAddresses() {}

    /** The struct has room for 8 bytes, and says how many there were: those of InfiniBand are 20. */
    static HardwareAddress sender(ByteBuffer b, int address) {
        int bytes = Math.min(SockaddrLl.SLL_ADDR_BYTES, SockaddrLl.sll_halen(b, address));
        return HardwareAddress.of(Arrays.copyOf(SockaddrLl.sll_addr(b, address), bytes));
    }
}
