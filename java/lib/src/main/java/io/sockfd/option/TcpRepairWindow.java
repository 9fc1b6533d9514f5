package io.sockfd.option;

import io.sockfd.Codec;
import io.sockfd.Codecs;
import java.nio.ByteBuffer;

/**
 * TCP_REPAIR_WINDOW: the windows of a connection in repair mode; unsigned 32-bit numbers.
 *
 * @param sndWl1 the segment that last updated the send window
 * @param sndWnd the send window, in bytes
 * @param maxWindow the largest the peer ever offered, in bytes
 * @param rcvWnd the receive window, in bytes
 * @param rcvWup the sequence number when the receive window was last sent
 */
public record TcpRepairWindow(int sndWl1, int sndWnd, int maxWindow, int rcvWnd, int rcvWup) {
    static final Codec<TcpRepairWindow> CODEC = Codecs.of(
            TcpRepairWindow.class,
            io.sockfd.raw.struct.TcpRepairWindow.SIZE,
            TcpRepairWindow::encode,
            (b, length) -> decode(b));

    private static int encode(TcpRepairWindow value, ByteBuffer b) {
        io.sockfd.raw.struct.TcpRepairWindow.snd_wl1(b, 0, value.sndWl1);
        io.sockfd.raw.struct.TcpRepairWindow.snd_wnd(b, 0, value.sndWnd);
        io.sockfd.raw.struct.TcpRepairWindow.max_window(b, 0, value.maxWindow);
        io.sockfd.raw.struct.TcpRepairWindow.rcv_wnd(b, 0, value.rcvWnd);
        io.sockfd.raw.struct.TcpRepairWindow.rcv_wup(b, 0, value.rcvWup);
        return io.sockfd.raw.struct.TcpRepairWindow.SIZE;
    }

    private static TcpRepairWindow decode(ByteBuffer b) {
        return new TcpRepairWindow(
                io.sockfd.raw.struct.TcpRepairWindow.snd_wl1(b, 0),
                io.sockfd.raw.struct.TcpRepairWindow.snd_wnd(b, 0),
                io.sockfd.raw.struct.TcpRepairWindow.max_window(b, 0),
                io.sockfd.raw.struct.TcpRepairWindow.rcv_wnd(b, 0),
                io.sockfd.raw.struct.TcpRepairWindow.rcv_wup(b, 0));
    }
}
