package io.sockfd.option;

import io.sockfd.Codec;
import io.sockfd.Codecs;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.OptionalInt;

/**
 * TCP_AO_DEL_KEY: which key of the TCP Authentication Option to delete, struct tcp_ao_del.
 *
 * @param peer as it was added
 * @param prefix as it was added, in bits
 * @param sndid as it was added
 * @param rcvid as it was added
 * @param keyflags TCP_AO_KEYF_IFINDEX
 * @param ifindex the VRF device, with TCP_AO_KEYF_IFINDEX
 * @param currentKey the sndid of the key to sign with from now on
 * @param rnext the rcvid of the key to ask the peer for
 * @param delAsync do not wait for the key's last use; listeners only
 */
public record TcpAoDel(
        InetAddress peer,
        int prefix,
        int sndid,
        int rcvid,
        int keyflags,
        int ifindex,
        OptionalInt currentKey,
        OptionalInt rnext,
        boolean delAsync) {
    static final Codec<TcpAoDel> CODEC =
            Codecs.encoding(TcpAoDel.class, io.sockfd.raw.struct.TcpAoDel.SIZE, TcpAoDel::encode);

    /** The key of one address, on all interfaces. */
    public TcpAoDel(InetAddress peer, int sndid, int rcvid) {
        this(
                peer,
                peer.getAddress().length * Byte.SIZE,
                sndid,
                rcvid,
                0,
                0,
                OptionalInt.empty(),
                OptionalInt.empty(),
                false);
    }

    private static int encode(TcpAoDel value, ByteBuffer b) {
        Sockaddrs.put(b, io.sockfd.raw.struct.TcpAoDel.ADDR, value.peer);
        io.sockfd.raw.struct.TcpAoDel.ifindex(b, 0, value.ifindex);
        io.sockfd.raw.struct.TcpAoDel.set_current(b, 0, value.currentKey.isPresent() ? 1 : 0);
        io.sockfd.raw.struct.TcpAoDel.set_rnext(b, 0, value.rnext.isPresent() ? 1 : 0);
        io.sockfd.raw.struct.TcpAoDel.del_async(b, 0, value.delAsync ? 1 : 0);
        io.sockfd.raw.struct.TcpAoDel.prefix(b, 0, value.prefix);
        io.sockfd.raw.struct.TcpAoDel.sndid(b, 0, value.sndid);
        io.sockfd.raw.struct.TcpAoDel.rcvid(b, 0, value.rcvid);
        io.sockfd.raw.struct.TcpAoDel.current_key(b, 0, value.currentKey.orElse(0));
        io.sockfd.raw.struct.TcpAoDel.rnext(b, 0, value.rnext.orElse(0));
        io.sockfd.raw.struct.TcpAoDel.keyflags(b, 0, value.keyflags);
        return io.sockfd.raw.struct.TcpAoDel.SIZE;
    }
}
