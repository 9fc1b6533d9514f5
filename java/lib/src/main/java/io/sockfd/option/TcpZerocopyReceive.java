package io.sockfd.option;

import io.sockfd.Codec;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * TCP_ZEROCOPY_RECEIVE: pages of the receive queue are mapped over memory that {@code mmap} made from the socket. The
 * same struct goes in and comes out. See <a href="https://lwn.net/Articles/752188/">the article that introduced it</a>.
 *
 * @param address in: the mapped memory's address, page-aligned
 * @param length in: its bytes, a multiple of the page size; out: bytes mapped
 * @param recvSkipHint out: bytes that must be read with recv before more can be mapped
 * @param inq out: bytes in the queue after this; Linux 5.5
 * @param err out: the socket's error, 0 or -errno; Linux 5.5
 * @param copybufAddress 0: the kernel would copy there what cannot be mapped, wherever that is; Linux 5.10. Only {@link
 *     io.sockfd.raw.Libc#getsockopt} takes another
 * @param copybufLen in: its bytes; out: bytes copied there
 * @param flags TCP_RECEIVE_ZEROCOPY_FLAG_TLB_CLEAN_HINT; Linux 5.11
 */
public record TcpZerocopyReceive(
        long address, int length, int recvSkipHint, int inq, int err, long copybufAddress, int copybufLen, int flags) {
    static final Codec<TcpZerocopyReceive> CODEC = new ZerocopyCodec();

    /** A request to map into {@code length} bytes at {@code address}. */
    public TcpZerocopyReceive(long address, int length) {
        this(address, length, 0, 0, 0, 0, 0, 0);
    }

    private static final class ZerocopyCodec implements Codec<TcpZerocopyReceive> {
        @Override
        public Class<TcpZerocopyReceive> type() {
            return TcpZerocopyReceive.class;
        }

        @Override
        public int size() {
            return io.sockfd.raw.struct.TcpZerocopyReceive.SIZE;
        }

        @Override
        public int encode(TcpZerocopyReceive value, ByteBuffer b) {
            if (value.copybufAddress != 0 || value.copybufLen != 0) {
                throw new IllegalArgumentException(
                        "a copybuf at 0x" + Long.toHexString(value.copybufAddress)
                                + ": the kernel would write to any address; receive the rest with recv, or use Libc.getsockopt");
            }
            io.sockfd.raw.struct.TcpZerocopyReceive.address(b, 0, value.address);
            io.sockfd.raw.struct.TcpZerocopyReceive.length(b, 0, value.length);
            io.sockfd.raw.struct.TcpZerocopyReceive.copybuf_address(b, 0, value.copybufAddress);
            io.sockfd.raw.struct.TcpZerocopyReceive.copybuf_len(b, 0, value.copybufLen);
            io.sockfd.raw.struct.TcpZerocopyReceive.flags(b, 0, value.flags);
            return size();
        }

        @Override
        public int request(@Nullable TcpZerocopyReceive request, ByteBuffer b) {
            if (request == null) {
                throw new UnsupportedOperationException(
                        "TCP_ZEROCOPY_RECEIVE needs a request that says where to map: get(sockfd, request)");
            }
            return encode(request, b);
        }

        @Override
        public TcpZerocopyReceive decode(ByteBuffer b, int length) {
            return new TcpZerocopyReceive(
                    io.sockfd.raw.struct.TcpZerocopyReceive.address(b, 0),
                    io.sockfd.raw.struct.TcpZerocopyReceive.length(b, 0),
                    io.sockfd.raw.struct.TcpZerocopyReceive.recv_skip_hint(b, 0),
                    io.sockfd.raw.struct.TcpZerocopyReceive.inq(b, 0),
                    io.sockfd.raw.struct.TcpZerocopyReceive.err(b, 0),
                    io.sockfd.raw.struct.TcpZerocopyReceive.copybuf_address(b, 0),
                    io.sockfd.raw.struct.TcpZerocopyReceive.copybuf_len(b, 0),
                    io.sockfd.raw.struct.TcpZerocopyReceive.flags(b, 0));
        }
    }
}
