package io.sockfd.option;

import io.sockfd.Codec;
import io.sockfd.Codecs;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * TCP_AO_ADD_KEY: a key of the TCP Authentication Option, struct tcp_ao_add. See
 * <a href="https://docs.kernel.org/networking/tcp_ao.html">TCP-AO, in the kernel's documentation</a>.
 *
 * @param peer for which it is
 * @param prefix the bits of the address that count
 * @param algName "hmac(sha1)", "cmac(aes128)", "hmac(sha256)" …
 * @param key the master key
 * @param sndid its id in what is sent, 0 to 255
 * @param rcvid its id in what is received, 0 to 255
 * @param maclen bytes of the MAC; 0 for 12
 * @param keyflags TCP_AO_KEYF_IFINDEX, TCP_AO_KEYF_EXCLUDE_OPT
 * @param ifindex the VRF device, with TCP_AO_KEYF_IFINDEX
 * @param setCurrent sign with it from now on
 * @param setRnext ask the peer to sign with it
 */
public record TcpAoAdd(
        InetAddress peer,
        int prefix,
        String algName,
        TcpKey key,
        int sndid,
        int rcvid,
        int maclen,
        int keyflags,
        int ifindex,
        boolean setCurrent,
        boolean setRnext) {
    static final Codec<TcpAoAdd> CODEC =
            Codecs.encoding(TcpAoAdd.class, io.sockfd.raw.struct.TcpAoAdd.SIZE, TcpAoAdd::encode);

    /** A key with a MAC of 12 bytes for one address, on all interfaces. */
    public TcpAoAdd(InetAddress peer, String algName, TcpKey key, int sndid, int rcvid) {
        this(peer, peer.getAddress().length * Byte.SIZE, algName, key, sndid, rcvid, 0, 0, 0, false, false);
    }

    private static int encode(TcpAoAdd value, ByteBuffer b) {
        byte[] key = value.key.bytes();
        Sockaddrs.put(b, io.sockfd.raw.struct.TcpAoAdd.ADDR, value.peer);
        io.sockfd.raw.struct.TcpAoAdd.alg_name(b, 0, value.algName.getBytes(StandardCharsets.US_ASCII));
        io.sockfd.raw.struct.TcpAoAdd.ifindex(b, 0, value.ifindex);
        io.sockfd.raw.struct.TcpAoAdd.set_current(b, 0, value.setCurrent ? 1 : 0);
        io.sockfd.raw.struct.TcpAoAdd.set_rnext(b, 0, value.setRnext ? 1 : 0);
        io.sockfd.raw.struct.TcpAoAdd.prefix(b, 0, value.prefix);
        io.sockfd.raw.struct.TcpAoAdd.sndid(b, 0, value.sndid);
        io.sockfd.raw.struct.TcpAoAdd.rcvid(b, 0, value.rcvid);
        io.sockfd.raw.struct.TcpAoAdd.maclen(b, 0, value.maclen);
        io.sockfd.raw.struct.TcpAoAdd.keyflags(b, 0, value.keyflags);
        io.sockfd.raw.struct.TcpAoAdd.keylen(b, 0, key.length);
        io.sockfd.raw.struct.TcpAoAdd.key(b, 0, key);
        return io.sockfd.raw.struct.TcpAoAdd.SIZE;
    }
}
