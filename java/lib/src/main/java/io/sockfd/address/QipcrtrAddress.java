package io.sockfd.address;

import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.SockaddrQrtr;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A Qualcomm IPC router address, {@code linux/qrtr.h}. As text {@code qipcrtr:NODE:PORT}. */
public final class QipcrtrAddress extends LinuxAddress {
    private static final String FORM = "qipcrtr:NODE:PORT";
    private static final long serialVersionUID = 1;

    private final int node;
    private final int port;

    /**
     * A node and a port of it.
     *
     * @param node unsigned; {@code QRTR_NODE_BCAST} for all
     * @param port unsigned; {@code QRTR_PORT_CTRL} for the name service
     */
    public QipcrtrAddress(int node, int port) {
        this.node = node;
        this.port = port;
    }

    /**
     * Reads the notation given above.
     *
     * @throws IllegalArgumentException when the text has another form
     */
    public static QipcrtrAddress parse(String text) {
        Notation n = new Notation(text, "qipcrtr:", FORM);
        int node = n.u32(n.until(':', "a node"), "a node");
        int port = n.u32(n.rest(), "a port");
        n.finish();
        return new QipcrtrAddress(node, port);
    }

    /** Unsigned. */
    public int node() {
        return node;
    }

    /** Unsigned. */
    public int port() {
        return port;
    }

    static @Nullable QipcrtrAddress decode(ByteBuffer b, int length) {
        return length < SockaddrQrtr.SIZE
                ? null
                : new QipcrtrAddress(SockaddrQrtr.sq_node(b, 0), SockaddrQrtr.sq_port(b, 0));
    }

    @Override
    public int family() {
        return Linux.AF_QIPCRTR;
    }

    @Override
    int encode(ByteBuffer b) {
        SockaddrQrtr.sq_family(b, 0, Linux.AF_QIPCRTR);
        SockaddrQrtr.sq_node(b, 0, node);
        SockaddrQrtr.sq_port(b, 0, port);
        return SockaddrQrtr.SIZE;
    }

    @Override
    String text(InterfaceText names) {
        return "qipcrtr:" + Integer.toUnsignedString(node) + ":" + Integer.toUnsignedString(port);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof QipcrtrAddress that && node == that.node && port == that.port;
    }

    @Override
    public int hashCode() {
        return Objects.hash(node, port);
    }
}
