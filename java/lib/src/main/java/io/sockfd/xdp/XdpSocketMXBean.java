package io.sockfd.xdp;

/**
 * What JMX shows of an {@link XdpSocket} while it is open, as {@code io.sockfd:type=XdpSocket,id=1}; see {@link
 * io.sockfd.Management}. The figures are those of {@link io.sockfd.option.XdpStatistics}.
 *
 * @since 0.1
 */
public interface XdpSocketMXBean {
    /** The number of the socket's descriptor. */
    int getDescriptor();

    /** The index of the interface. */
    int getInterfaceIndex();

    /** The queue of the interface. */
    int getQueue();

    /** Received packets that were dropped for other reasons than those below. */
    long getRxDropped();

    /** Descriptors of the fill ring that were wrong. */
    long getRxInvalidDescs();

    /** Descriptors of the transmit ring that were wrong. */
    long getTxInvalidDescs();

    /** Packets that were dropped because the receive ring was full. */
    long getRxRingFull();

    /** How often the fill ring was empty. */
    long getRxFillRingEmptyDescs();

    /** How often the transmit ring was empty. */
    long getTxRingEmptyDescs();
}
