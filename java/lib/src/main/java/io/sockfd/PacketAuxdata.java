package io.sockfd;

/**
 * What a packet's bytes cannot say: the ancillary message PACKET_AUXDATA.
 *
 * @param status the bits of TP_STATUS_*
 * @param len bytes on the wire
 * @param snaplen bytes that were kept
 * @param mac the offset of the link header
 * @param net the offset of the network header
 * @param vlanTci the VLAN tag that was stripped, in host order; valid with TP_STATUS_VLAN_VALID
 * @param vlanTpid its EtherType, in host order; valid with TP_STATUS_VLAN_TPID_VALID
 * @see <a href="https://man7.org/linux/man-pages/man7/packet.7.html">packet(7)</a>
 */
public record PacketAuxdata(int status, int len, int snaplen, int mac, int net, int vlanTci, int vlanTpid) {}
