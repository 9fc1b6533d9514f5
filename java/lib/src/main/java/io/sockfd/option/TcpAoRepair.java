package io.sockfd.option;

import io.sockfd.Codec;
import io.sockfd.Codecs;

/**
 * TCP_AO_REPAIR: the TCP Authentication Option's part of a connection in repair mode.
 *
 * @param sntIsn the initial sequence number sent
 * @param rcvIsn the initial sequence number received
 * @param sndSne the extension of the send sequence number
 * @param rcvSne the extension of the receive sequence number
 */
public record TcpAoRepair(int sntIsn, int rcvIsn, int sndSne, int rcvSne) {
    static final Codec<TcpAoRepair> CODEC = Codecs.of(
            TcpAoRepair.class,
            io.sockfd.raw.struct.TcpAoRepair.SIZE,
            (value, b) -> {
                io.sockfd.raw.struct.TcpAoRepair.snt_isn(b, 0, value.sntIsn);
                io.sockfd.raw.struct.TcpAoRepair.rcv_isn(b, 0, value.rcvIsn);
                io.sockfd.raw.struct.TcpAoRepair.snd_sne(b, 0, value.sndSne);
                io.sockfd.raw.struct.TcpAoRepair.rcv_sne(b, 0, value.rcvSne);
                return io.sockfd.raw.struct.TcpAoRepair.SIZE;
            },
            (b, length) -> new TcpAoRepair(
                    io.sockfd.raw.struct.TcpAoRepair.snt_isn(b, 0),
                    io.sockfd.raw.struct.TcpAoRepair.rcv_isn(b, 0),
                    io.sockfd.raw.struct.TcpAoRepair.snd_sne(b, 0),
                    io.sockfd.raw.struct.TcpAoRepair.rcv_sne(b, 0)));
}
