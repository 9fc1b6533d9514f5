package io.sockfd.capture;

import io.sockfd.raw.Linux;
import java.nio.ByteBuffer;

/**
 * Puts a VLAN tag back between the addresses and the EtherType of an Ethernet frame.
 *
 * <pre>
 *   before   |        | dst 6 | src 6 | type 2 | ...
 *   after    | dst 6 | src 6 | tpid 2 | tci 2 | type 2 | ...
 * </pre>
 */
final class VlanTag {
    static final int SIZE = 4;

    private static final int ADDRESSES = 12;

    private VlanTag() {}

    /** The tag's EtherType: old kernels do not tell, and knew only one. */
    static int tpid(int status, int tpid) {
        return (status & Linux.TP_STATUS_VLAN_TPID_VALID) != 0 ? tpid : Linux.ETH_P_8021Q;
    }

    /** Whether {@code status} says that there was a tag, and the frame is one where it belongs. */
    static boolean belongs(int status, int hardwareType, int length) {
        return (status & Linux.TP_STATUS_VLAN_VALID) != 0
                && (hardwareType == Linux.ARPHRD_ETHER || hardwareType == Linux.ARPHRD_LOOPBACK)
                && length >= ADDRESSES;
    }

    /**
     * Moves the two addresses down by the tag's size and writes it behind them.
     *
     * @param frame in network byte order
     * @param at where the frame begins; there are 4 bytes of room before it
     */
    static void insert(ByteBuffer frame, int at, int tpid, int tci) {
        frame.putLong(at - SIZE, frame.getLong(at));
        frame.putInt(at - SIZE + Long.BYTES, frame.getInt(at + Long.BYTES));
        frame.putShort(at - SIZE + ADDRESSES, (short) tpid);
        frame.putShort(at - SIZE + ADDRESSES + Short.BYTES, (short) tci);
    }
}
