package io.sockfd.option;

import io.sockfd.Codec;
import io.sockfd.raw.struct.TcpAoGetsockopt;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * TCP_AO_GET_KEYS: a key of the TCP Authentication Option, struct tcp_ao_getsockopt.
 *
 * @param peer for which it is; in a request null for any
 * @param prefix the bits of the address that count
 * @param algName the algorithm
 * @param key the master key
 * @param sndid its id in what is sent
 * @param rcvid its id in what is received
 * @param maclen bytes of the MAC
 * @param keyflags TCP_AO_KEYF_IFINDEX, TCP_AO_KEYF_EXCLUDE_OPT
 * @param ifindex the VRF device, with TCP_AO_KEYF_IFINDEX
 * @param isCurrent whether it signs
 * @param isRnext whether the peer is asked for it
 * @param pktGood segments it verified
 * @param pktBad segments that failed with it
 */
public record TcpAoKey(
        @Nullable InetAddress peer,
        int prefix,
        String algName,
        TcpKey key,
        int sndid,
        int rcvid,
        int maclen,
        int keyflags,
        int ifindex,
        boolean isCurrent,
        boolean isRnext,
        long pktGood,
        long pktBad) {
    static final Codec<TcpAoKey[]> ARRAY = new KeysCodec();

    private static TcpAoKey decode(ByteBuffer b, int at) {
        byte[] key = Sockaddrs.bytes(b, at + TcpAoGetsockopt.KEY, TcpAoGetsockopt.keylen(b, at));
        String name = new String(TcpAoGetsockopt.alg_name(b, at), StandardCharsets.US_ASCII);
        int end = name.indexOf(0);
        return new TcpAoKey(
                Sockaddrs.address(b, at + TcpAoGetsockopt.ADDR),
                TcpAoGetsockopt.prefix(b, at),
                end < 0 ? name : name.substring(0, end),
                TcpKey.of(key),
                TcpAoGetsockopt.sndid(b, at),
                TcpAoGetsockopt.rcvid(b, at),
                TcpAoGetsockopt.maclen(b, at),
                TcpAoGetsockopt.keyflags(b, at),
                TcpAoGetsockopt.ifindex(b, at),
                TcpAoGetsockopt.is_current(b, at) != 0,
                TcpAoGetsockopt.is_rnext(b, at) != 0,
                TcpAoGetsockopt.pkt_good(b, at),
                TcpAoGetsockopt.pkt_bad(b, at));
    }

    /** The length is that of one element; their number goes in and comes out in the first one. */
    private static final class KeysCodec implements Codec<TcpAoKey[]> {
        private static final int KEYS = 64;

        @Override
        public Class<TcpAoKey[]> type() {
            return TcpAoKey[].class;
        }

        @Override
        public int size() {
            return KEYS * TcpAoGetsockopt.SIZE;
        }

        @Override
        public int encode(TcpAoKey[] value, ByteBuffer b) {
            throw new UnsupportedOperationException("keys are added one by one: TCP_AO_ADD_KEY");
        }

        @Override
        public int request(TcpAoKey @Nullable [] request, ByteBuffer b) {
            TcpAoGetsockopt.nkeys(b, 0, KEYS);
            if (request == null) {
                TcpAoGetsockopt.get_all(b, 0, 1);
            } else if (request.length != 1) {
                throw new IllegalArgumentException("a request has one element, not " + request.length);
            } else {
                match(request[0], b);
            }
            return TcpAoGetsockopt.SIZE;
        }

        private static void match(TcpAoKey key, ByteBuffer b) {
            if (key.peer != null) {
                Sockaddrs.put(b, TcpAoGetsockopt.ADDR, key.peer);
            }
            TcpAoGetsockopt.prefix(b, 0, key.prefix);
            TcpAoGetsockopt.sndid(b, 0, key.sndid);
            TcpAoGetsockopt.rcvid(b, 0, key.rcvid);
            TcpAoGetsockopt.keyflags(b, 0, key.keyflags);
            TcpAoGetsockopt.ifindex(b, 0, key.ifindex);
            TcpAoGetsockopt.is_current(b, 0, key.isCurrent ? 1 : 0);
            TcpAoGetsockopt.is_rnext(b, 0, key.isRnext ? 1 : 0);
        }

        @Override
        public TcpAoKey[] decode(ByteBuffer b, int length) {
            TcpAoKey[] keys = new TcpAoKey[Math.min(TcpAoGetsockopt.nkeys(b, 0), KEYS)];
            for (int i = 0; i < keys.length; i++) {
                keys[i] = TcpAoKey.decode(b, i * TcpAoGetsockopt.SIZE);
            }
            return keys;
        }
    }
}
