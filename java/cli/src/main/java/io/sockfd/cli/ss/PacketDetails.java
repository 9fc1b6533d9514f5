package io.sockfd.cli.ss;

import io.sockfd.netlink.PacketSocketView;
import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.PacketDiagInfo;
import io.sockfd.raw.struct.PacketDiagRing;
import io.sockfd.raw.struct.SockFilter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What -e and -b say of a packet socket on lines of its own, in ss(8)'s words. */
final class PacketDetails {
    private static final List<String> FLAGS = List.of("running", "auxdata", "origdev", "vnethdr", "loss");

    private PacketDetails() {}

    static List<String> of(PacketSocketView socket) {
        List<String> lines = new ArrayList<>();
        int info = socket.attributeOffset(Linux.PACKET_DIAG_INFO);
        if (info >= 0) {
            StringBuilder text = new StringBuilder("ver:" + socket.version());
            text.append(" cpy_thresh:").append(PacketDiagInfo.pdi_copy_thresh(socket.buffer(), info));
            text.append(" flags(");
            for (int bit = 0; bit < FLAGS.size(); bit++) {
                text.append((socket.flags() >> bit & 1) != 0 ? " " + FLAGS.get(bit) : "");
            }
            lines.add(text.append(socket.flags() == 0 ? " 0 )" : " )").toString());
        }
        ring(lines, "ring_rx", socket.buffer(), socket.receiveRingOffset());
        ring(lines, "ring_tx", socket.buffer(), socket.sendRingOffset());
        if (socket.fanout() >= 0) {
            long fanout = socket.fanout();
            lines.add("fanout(id:" + (fanout & 0xffff) + ",type:" + (fanout >> Short.SIZE) + ")");
        }
        return lines;
    }

    private static void ring(List<String> lines, String name, ByteBuffer b, int at) {
        if (at >= 0) {
            lines.add(name + "(blk_size:" + PacketDiagRing.pdr_block_size(b, at)
                    + ",blk_nr:" + PacketDiagRing.pdr_block_nr(b, at)
                    + ",frm_size:" + PacketDiagRing.pdr_frame_size(b, at)
                    + ",frm_nr:" + PacketDiagRing.pdr_frame_nr(b, at)
                    + ",tmo:" + PacketDiagRing.pdr_retire_tmo(b, at)
                    + ",features:0x" + Integer.toHexString(PacketDiagRing.pdr_features(b, at)) + ")");
        }
    }

    /** {@code bpf filter (2): 0x28 0 0 12, 0x06 0 0 0}; empty for none. */
    static String filter(PacketSocketView socket) {
        int at = socket.attributeOffset(Linux.PACKET_DIAG_FILTER);
        if (at < 0 || socket.filterLength() == 0) {
            return "";
        }
        ByteBuffer b = socket.buffer();
        StringBuilder text = new StringBuilder("bpf filter (" + socket.filterLength() + "): ");
        for (int i = 0; i < socket.filterLength(); i++) {
            int instruction = at + i * SockFilter.SIZE;
            text.append(String.format(
                    Locale.ROOT,
                    " 0x%02x %d %d %s,",
                    SockFilter.code(b, instruction),
                    SockFilter.jt(b, instruction),
                    SockFilter.jf(b, instruction),
                    Integer.toUnsignedString(SockFilter.k(b, instruction))));
        }
        return text.toString();
    }
}
