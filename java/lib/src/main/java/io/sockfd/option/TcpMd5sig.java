package io.sockfd.option;

import static io.sockfd.raw.struct.TcpMd5sig.SIZE;
import static io.sockfd.raw.struct.TcpMd5sig.TCPM_ADDR;
import static io.sockfd.raw.struct.TcpMd5sig.TCPM_KEY_BYTES;
import static io.sockfd.raw.struct.TcpMd5sig.tcpm_flags;
import static io.sockfd.raw.struct.TcpMd5sig.tcpm_ifindex;
import static io.sockfd.raw.struct.TcpMd5sig.tcpm_key;
import static io.sockfd.raw.struct.TcpMd5sig.tcpm_keylen;
import static io.sockfd.raw.struct.TcpMd5sig.tcpm_prefixlen;

import io.sockfd.Codec;
import io.sockfd.Codecs;
import io.sockfd.raw.Linux;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * TCP_MD5SIG and TCP_MD5SIG_EXT: the key for a peer. See <a href="https://www.rfc-editor.org/rfc/rfc2385">RFC 2385</a>.
 * Immutable; {@link #toString} does not show the key.
 */
public final class TcpMd5sig {
    static final Codec<TcpMd5sig> CODEC = Codecs.encoding(TcpMd5sig.class, SIZE, (value, b) -> value.encode(b, false));

    static final Codec<TcpMd5sig> EXT_CODEC =
            Codecs.encoding(TcpMd5sig.class, SIZE, (value, b) -> value.encode(b, true));

    private final InetAddress peer;
    private final int prefixLength;
    private final int ifindex;
    private final byte[] key;

    /**
     * A key for one address.
     *
     * @param peer of the socket's family, on an IPv6 socket IPv4-mapped where need be
     * @param key at most 80 bytes; none removes the key
     */
    public TcpMd5sig(InetAddress peer, byte... key) {
        this(peer, peer.getAddress().length * Byte.SIZE, 0, key);
    }

    /**
     * A key for a network; only TCP_MD5SIG_EXT looks at prefix and interface.
     *
     * @param prefixLength bits of the address that count
     * @param ifindex only for peers through this VRF device; 0 for all
     */
    public TcpMd5sig(InetAddress peer, int prefixLength, int ifindex, byte... key) {
        if (key.length > TCPM_KEY_BYTES) {
            throw new IllegalArgumentException("a key of " + key.length + " bytes: at most 80 fit");
        }
        this.peer = peer;
        this.prefixLength = prefixLength;
        this.ifindex = ifindex;
        this.key = key.clone();
    }

    private int encode(ByteBuffer b, boolean extended) {
        Sockaddrs.put(b, TCPM_ADDR, peer);
        tcpm_keylen(b, 0, key.length);
        tcpm_key(b, 0, key);
        if (extended) {
            tcpm_flags(b, 0, Linux.TCP_MD5SIG_FLAG_PREFIX | (ifindex == 0 ? 0 : Linux.TCP_MD5SIG_FLAG_IFINDEX));
            tcpm_prefixlen(b, 0, prefixLength);
            tcpm_ifindex(b, 0, ifindex);
        }
        return SIZE;
    }

    @Override
    public String toString() {
        return peer.getHostAddress() + "/" + prefixLength;
    }
}
