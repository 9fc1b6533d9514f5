package io.sockfd.capture;

import io.sockfd.option.TpacketReq;
import io.sockfd.raw.Linux;
import java.time.Duration;

/**
 * The shape of a ring: blocks of the same size, and for sending frames of the same size in them.
 *
 * <p>The kernel allocates each block as one piece and rounds it up to a power of two pages, so that other sizes waste
 * memory. A receive ring gives out whole blocks: few large ones cost less, many small ones come sooner.
 *
 * @param blockSize bytes of a block, a multiple of the page size
 * @param blockCount how many blocks; the ring has at most 2 GiB - 1
 * @param frameSize sending: bytes of a frame with 32 for its head, a multiple of 16 that is at most {@code blockSize}.
 *     Receiving, the kernel packs packets as long as they are, and this bounds nothing
 * @param retireAfter receiving: how long a packet waits at most until a block that is not full is given out, in whole
 *     milliseconds from 1 on
 * @see <a href="https://docs.kernel.org/networking/packet_mmap.html">packet mmap, in the kernel's documentation</a>
 */
public record RingSize(int blockSize, int blockCount, int frameSize, Duration retireAfter) {
    private static final int SMALLEST_PAGE = 4096;
    private static final int SMALLEST_FRAME = 128;
    private static final Duration LONGEST_RETIRE = Duration.ofMinutes(1);

    /** 16 MiB in 32 blocks, given out after 10 ms at the latest. */
    public static final RingSize RECEIVE = new RingSize(512 * 1024, 32, 2048, Duration.ofMillis(10));

    /** 1024 frames of 2016 bytes, enough for an MTU of 1500. */
    public static final RingSize TRANSMIT = new RingSize(256 * 1024, 8, 2048, Duration.ofMillis(10));

    /**
     * Checks what the kernel would only call EINVAL.
     *
     * @throws IllegalArgumentException which says what is wrong
     */
    public RingSize {
        if (blockSize < SMALLEST_PAGE || blockSize % SMALLEST_PAGE != 0) {
            throw new IllegalArgumentException(
                    "a block of " + blockSize + " bytes: it must be a multiple of the page size, such as 262144");
        } else if (blockCount < 1) {
            throw new IllegalArgumentException(blockCount + " blocks: a ring has at least one");
        } else if ((long) blockSize * blockCount > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(blockCount + " blocks of " + blockSize
                    + " bytes are more than 2 GiB: take fewer, or several rings with fanout");
        } else if (frameSize < SMALLEST_FRAME || frameSize % Linux.TPACKET_ALIGNMENT != 0) {
            throw new IllegalArgumentException(
                    "a frame of " + frameSize + " bytes: it must be a multiple of 16 and at least " + SMALLEST_FRAME);
        } else if (frameSize > blockSize) {
            throw new IllegalArgumentException(
                    "a frame of " + frameSize + " bytes does not fit into a block of " + blockSize);
        } else if (retireAfter.toMillis() < 1 || retireAfter.compareTo(LONGEST_RETIRE) > 0) {
            throw new IllegalArgumentException(
                    "blocks given out after " + retireAfter + ": it must be between 1 ms and " + LONGEST_RETIRE);
        }
    }

    /** Another size of the blocks. */
    public RingSize withBlockSize(int bytes) {
        return new RingSize(bytes, blockCount, frameSize, retireAfter);
    }

    /** Another number of blocks. */
    public RingSize withBlockCount(int blocks) {
        return new RingSize(blockSize, blocks, frameSize, retireAfter);
    }

    /** Another size of the frames; for an MTU of 9000 take 9216. */
    public RingSize withFrameSize(int bytes) {
        return new RingSize(blockSize, blockCount, bytes, retireAfter);
    }

    /** Another time until a block that is not full is given out. */
    public RingSize withRetireAfter(Duration time) {
        return new RingSize(blockSize, blockCount, frameSize, time);
    }

    int bytes() {
        return blockSize * blockCount;
    }

    int framesPerBlock() {
        return blockSize / frameSize;
    }

    TpacketReq request() {
        int frames = framesPerBlock() * blockCount;
        return new TpacketReq(blockSize, blockCount, frameSize, frames, (int) retireAfter.toMillis(), 0, 0);
    }
}
