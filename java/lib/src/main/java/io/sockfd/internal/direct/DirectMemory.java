package io.sockfd.internal.direct;

import java.nio.ByteBuffer;

/** What a backend can do with a direct buffer, beside its calls: the two ways between memory and addresses, under JNI's names. */
public interface DirectMemory {
    /** The address of byte 0 of a direct buffer, whatever its position. */
    long getDirectBufferAddress(ByteBuffer direct);

    /** A buffer in big-endian order over memory that somebody else owns. */
    ByteBuffer newDirectByteBuffer(long address, int capacity);
}
