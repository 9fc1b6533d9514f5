package io.sockfd.capture;

/**
 * What JMX shows of a {@link ReceiveRing} while it is open, as {@code io.sockfd:type=ReceiveRing,id=1}; see {@link
 * io.sockfd.Management}. The figures count from the socket's birth. The kernel sets its own to 0 whenever it is asked, so they
 * lack what somebody read by the option {@code PACKET_STATISTICS} instead of {@link PacketSocket#statistics}.
 *
 * @since 0.1
 */
public interface ReceiveRingMXBean {
    /** The number of the socket's descriptor. */
    int getDescriptor();

    /** Packets that passed the filter, dropped ones included. */
    long getPackets();

    /** Packets for which there was no room. */
    long getDrops();

    /** How often the ring was full. */
    long getFreezes();
}
