package io.sockfd.option;

import io.sockfd.Codec;
import io.sockfd.Codecs;
import java.nio.ByteBuffer;

/**
 * XDP_UMEM_REG: the memory of the packets. The caller keeps it mapped while the socket is open. See
 * <a href="https://docs.kernel.org/networking/af_xdp.html">AF_XDP, in the kernel's documentation</a>.
 *
 * @param address of the memory, page-aligned
 * @param length in bytes
 * @param chunkSize bytes of a chunk, 2048 to the page size, a power of two unless XDP_UMEM_UNALIGNED_CHUNK_FLAG
 * @param headroom bytes left free before each packet
 * @param flags XDP_UMEM_UNALIGNED_CHUNK_FLAG and others; Linux 5.4
 * @param txMetadataLen bytes of metadata before each packet to send; Linux 6.8
 */
public record XdpUmemReg(long address, long length, int chunkSize, int headroom, int flags, int txMetadataLen) {
    static final Codec<XdpUmemReg> CODEC =
            Codecs.encoding(XdpUmemReg.class, io.sockfd.raw.struct.XdpUmemReg.SIZE, XdpUmemReg::encode);

    /** Aligned chunks without headroom. */
    public XdpUmemReg(long address, long length, int chunkSize) {
        this(address, length, chunkSize, 0, 0, 0);
    }

    private static int encode(XdpUmemReg value, ByteBuffer b) {
        io.sockfd.raw.struct.XdpUmemReg.addr(b, 0, value.address);
        io.sockfd.raw.struct.XdpUmemReg.len(b, 0, value.length);
        io.sockfd.raw.struct.XdpUmemReg.chunk_size(b, 0, value.chunkSize);
        io.sockfd.raw.struct.XdpUmemReg.headroom(b, 0, value.headroom);
        io.sockfd.raw.struct.XdpUmemReg.flags(b, 0, value.flags);
        io.sockfd.raw.struct.XdpUmemReg.tx_metadata_len(b, 0, value.txMetadataLen);
        return io.sockfd.raw.struct.XdpUmemReg.SIZE;
    }
}
