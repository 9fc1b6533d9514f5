package io.sockfd.benchmarks.datagram;

/**
 * How several datagrams are moved at once.
 *
 * @param count datagrams
 * @param size bytes of each
 * @param connected whether the sockets are, so that no message has an address
 * @param gso all are one send, which the kernel cuts (UDP_SEGMENT); otherwise one sendmmsg
 * @param option UDP_SEGMENT is set on the sender, which is connected, once; otherwise each send brings it along
 * @param gro the receiver takes what belongs together as one message (UDP_GRO); otherwise one recvmmsg
 */
record Shape(int count, int size, boolean connected, boolean gso, boolean option, boolean gro) {
    int bytes() {
        return count * size;
    }
}
