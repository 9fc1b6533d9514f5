package io.sockfd.option;

import static io.sockfd.raw.struct.TpacketReq3.SIZE;
import static io.sockfd.raw.struct.TpacketReq3.tp_block_nr;
import static io.sockfd.raw.struct.TpacketReq3.tp_block_size;
import static io.sockfd.raw.struct.TpacketReq3.tp_feature_req_word;
import static io.sockfd.raw.struct.TpacketReq3.tp_frame_nr;
import static io.sockfd.raw.struct.TpacketReq3.tp_frame_size;
import static io.sockfd.raw.struct.TpacketReq3.tp_retire_blk_tov;
import static io.sockfd.raw.struct.TpacketReq3.tp_sizeof_priv;

import io.sockfd.Codec;
import io.sockfd.Codecs;

/**
 * PACKET_RX_RING and PACKET_TX_RING: the shape of a ring. The kernel of TPACKET_V1 and V2 reads the first four fields
 * ({@code struct tpacket_req}), that of V3 all ({@code tpacket_req3}). See
 * <a href="https://docs.kernel.org/networking/packet_mmap.html">packet mmap, in the kernel's documentation</a>.
 *
 * @param blockSize bytes of a block, a multiple of the page size
 * @param blockNr number of blocks
 * @param frameSize bytes of a frame, a multiple of 16
 * @param frameNr number of frames: blockSize / frameSize * blockNr
 * @param retireBlkTovMillis V3: milliseconds until a block that is not full is given out; 0 lets the kernel choose
 * @param sizeofPriv V3: bytes at the head of each block that are the caller's
 * @param featureReqWord V3: TP_FT_REQ_FILL_RXHASH or 0
 */
public record TpacketReq(
        int blockSize,
        int blockNr,
        int frameSize,
        int frameNr,
        int retireBlkTovMillis,
        int sizeofPriv,
        int featureReqWord) {
    static final Codec<TpacketReq> CODEC = Codecs.encoding(TpacketReq.class, SIZE, (value, b) -> {
        tp_block_size(b, 0, value.blockSize);
        tp_block_nr(b, 0, value.blockNr);
        tp_frame_size(b, 0, value.frameSize);
        tp_frame_nr(b, 0, value.frameNr);
        tp_retire_blk_tov(b, 0, value.retireBlkTovMillis);
        tp_sizeof_priv(b, 0, value.sizeofPriv);
        tp_feature_req_word(b, 0, value.featureReqWord);
        return SIZE;
    });

    /** Removes a ring. */
    public static final TpacketReq NONE = new TpacketReq(0, 0, 0, 0);

    /** For TPACKET_V1 and V2, and for V3 with its defaults. */
    public TpacketReq(int blockSize, int blockNr, int frameSize, int frameNr) {
        this(blockSize, blockNr, frameSize, frameNr, 0, 0, 0);
    }
}
