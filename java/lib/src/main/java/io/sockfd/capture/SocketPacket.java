package io.sockfd.capture;

import io.sockfd.ControlCursor;
import io.sockfd.ControlReader;
import io.sockfd.Message;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.address.HardwareAddress;
import io.sockfd.address.Sockaddr;
import io.sockfd.packet.LinkType;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.SockaddrLl;
import io.sockfd.raw.struct.TpacketAuxdata;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A packet that came through recvmsg(2), in memory of its own with room for a VLAN tag in front. */
final class SocketPacket implements CapturedPacket {
    private static final int CONTROL = 256;

    private final Message message = new Message(1, CONTROL);
    private final Sockaddr address = new Sockaddr();
    private final ByteBuffer data;
    private final boolean withLinkHeader;
    private int length;
    private int captured;
    private int status;
    private int vlanTci;
    private int vlanTpid;

    SocketPacket(SocketType type, int snaplen) {
        withLinkHeader = type.equals(SocketType.RAW);
        data = Memory.allocate(VlanTag.SIZE + snaplen).order(java.nio.ByteOrder.BIG_ENDIAN);
        message.address(address).data(data);
    }

    /** Receives without waiting; false when there is nothing. */
    boolean receive(Socket socket) throws IOException {
        data.clear().position(VlanTag.SIZE);
        long received = socket.receiveMessage(message, Linux.MSG_DONTWAIT | Linux.MSG_TRUNC);
        if (received == Socket.WOULD_BLOCK) {
            data.limit(VlanTag.SIZE);
            captured = 0;
            return false;
        }
        captured = (int) Math.min(received, data.capacity() - VlanTag.SIZE);
        length = (int) received;
        readAuxdata();
        int begin = VlanTag.SIZE;
        if (withLinkHeader && VlanTag.belongs(status, hardwareType(), captured)) {
            VlanTag.insert(data.clear(), begin, vlanTpid, vlanTci);
            begin -= VlanTag.SIZE;
            captured += VlanTag.SIZE;
            length += VlanTag.SIZE;
        }
        data.limit(begin + captured).position(begin);
        return true;
    }

    /** In place, as {@link ControlReader#packetAuxdata} makes a record. */
    private void readAuxdata() {
        status = 0;
        vlanTci = ABSENT;
        vlanTpid = 0;
        ControlCursor controls = message.incoming().cursor();
        while (controls.next()) {
            if (controls.is(Linux.SOL_PACKET, Linux.PACKET_AUXDATA)) {
                status = controls.getInt(TpacketAuxdata.TP_STATUS);
                if ((status & Linux.TP_STATUS_VLAN_VALID) != 0) {
                    vlanTci = controls.getShort(TpacketAuxdata.TP_VLAN_TCI);
                    vlanTpid = VlanTag.tpid(status, controls.getShort(TpacketAuxdata.TP_VLAN_TPID));
                }
            }
        }
    }

    @Override
    public ByteBuffer data() {
        return data;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public int capturedLength() {
        return captured;
    }

    @Override
    public long timestampNanos() {
        long hardware = message.incoming().hardwareTimestampNanos();
        return hardware == ControlReader.ABSENT ? message.incoming().timestampNanos() : hardware;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public int vlanTci() {
        return vlanTci;
    }

    @Override
    public int vlanTpid() {
        return vlanTpid;
    }

    @Override
    public int ifindex() {
        return SockaddrLl.sll_ifindex(address.buffer(), 0);
    }

    @Override
    public int protocol() {
        return SockaddrLl.sll_protocol(address.buffer(), 0);
    }

    @Override
    public int packetType() {
        return SockaddrLl.sll_pkttype(address.buffer(), 0);
    }

    @Override
    public HardwareAddress sender() {
        return LinkAddresses.sender(address.buffer(), 0);
    }

    @Override
    public int hardwareType() {
        return SockaddrLl.sll_hatype(address.buffer(), 0);
    }

    @Override
    public int linkType() {
        return isCooked() ? LinkType.NONE : LinkType.ofHardware(hardwareType());
    }

    @Override
    public boolean isCooked() {
        return !withLinkHeader;
    }

    @Override
    public String toString() {
        return "packet of " + length + " bytes, " + captured + " kept";
    }
}
