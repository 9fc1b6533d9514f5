package io.sockfd.address;

import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.SockaddrCan;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A CAN interface, for CAN_RAW, CAN_BCM and, with two identifiers, CAN_ISOTP. As text {@code can:vcan0} or {@code
 * can:vcan0?rx=0x123&tx=0x321}.
 *
 * <p>It is sent as 16 bytes, which is what ISOTP needs and what every kernel takes for the others; the kernel's answers
 * have 8 or 16.
 *
 * @see <a href="https://docs.kernel.org/networking/can.html">SocketCAN</a>
 * @see <a href="https://docs.kernel.org/networking/iso15765-2.html">ISO 15765-2</a>
 */
public final class CanAddress extends LinuxAddress {
    private static final int RAW_BYTES = SockaddrCan.RX_ID;
    private static final int ISOTP_BYTES = SockaddrCan.TX_ID + Integer.BYTES;
    private static final String FORM = "can:INTERFACE[?rx=ID&tx=ID]";
    private static final long serialVersionUID = 1;

    private final int ifindex;
    private final int rxId;
    private final int txId;

    /**
     * For CAN_RAW and CAN_BCM.
     *
     * @param ifindex 0 for every interface
     * @throws IllegalArgumentException when it is negative
     */
    public CanAddress(int ifindex) {
        this(ifindex, 0, 0);
    }

    /**
     * For CAN_ISOTP.
     *
     * @param ifindex one interface; ISOTP refuses 0
     * @param rxId identifier of what is received, with {@code CAN_EFF_FLAG} if it has 29 bits
     * @param txId identifier of what is sent, likewise
     * @throws IllegalArgumentException when the index is negative
     */
    public CanAddress(int ifindex, int rxId, int txId) {
        this.ifindex = Range.ifindex(ifindex);
        this.rxId = rxId;
        this.txId = txId;
    }

    /**
     * Reads the notation given above.
     *
     * @throws IllegalArgumentException when the text has another form or names an interface that does not exist
     */
    public static CanAddress parse(String text) {
        Notation n = new Notation(text, "can:", FORM);
        int ifindex = n.ifindex(n.rest());
        int rx = (int) n.parameter("rx", Notation.U32);
        int tx = (int) n.parameter("tx", Notation.U32);
        n.finish();
        return new CanAddress(ifindex, rx, tx);
    }

    /** 0 for every interface. */
    public int ifindex() {
        return ifindex;
    }

    /** ISOTP: what is received. */
    public int rxId() {
        return rxId;
    }

    /** ISOTP: what is sent. */
    public int txId() {
        return txId;
    }

    static @Nullable CanAddress decode(ByteBuffer b, int length) {
        if (length < RAW_BYTES || SockaddrCan.can_ifindex(b, 0) < 0) {
            return null;
        } else if (length < ISOTP_BYTES) {
            return new CanAddress(SockaddrCan.can_ifindex(b, 0));
        }
        return new CanAddress(SockaddrCan.can_ifindex(b, 0), SockaddrCan.rx_id(b, 0), SockaddrCan.tx_id(b, 0));
    }

    @Override
    public int family() {
        return Linux.AF_CAN;
    }

    @Override
    int encode(ByteBuffer b) {
        SockaddrCan.can_family(b, 0, Linux.AF_CAN);
        SockaddrCan.can_ifindex(b, 0, ifindex);
        SockaddrCan.rx_id(b, 0, rxId);
        SockaddrCan.tx_id(b, 0, txId);
        return ISOTP_BYTES;
    }

    @Override
    String text(InterfaceText names) {
        return "can:" + names.of(ifindex) + new Parameters().hex("rx", rxId).hex("tx", txId);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CanAddress that && ifindex == that.ifindex && rxId == that.rxId && txId == that.txId;
    }

    @Override
    public int hashCode() {
        return Objects.hash(ifindex, rxId, txId);
    }
}
