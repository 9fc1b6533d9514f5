package io.sockfd.internal.jni;

import io.sockfd.internal.direct.DirectMemory;
import io.sockfd.raw.Linux;
import java.nio.ByteBuffer;
import java.util.Objects;

/** libc through the shim of {@code native/}, which is plain C that returns a value or {@code -errno}. */
public final class JniLibc extends JniCalls implements DirectMemory {
    /** How many native methods there are; a test counts them. */
    static final int NATIVES = COUNT + 6;

    /** Loads the shim; an {@link UnsatisfiedLinkError} says where it was looked for. */
    public JniLibc() {
        Shim.load();
    }

    /**
     * Row number {@code row} of the table of sizes, offsets and constants that the shim was compiled with, or a negative
     * number past its end; see {@code native/src/probe.h}.
     *
     * @return the length of the text put into {@code buf}
     */
    public static native int probe(int row, byte[] buf);

    /** How many native methods the shim has, or an {@link UnsatisfiedLinkError} from what is no shim. */
    static native int registered();

    @Override
    public String toString() {
        return "all calls through libc";
    }

    @Override
    public long send(int sockfd, byte[] buf, int off, int len, int flags) {
        Objects.checkFromIndexSize(off, len, buf.length);
        return sendHeap(sockfd, buf, off, Math.min(len, HEAP_MAX), flags | Linux.MSG_DONTWAIT);
    }

    @Override
    public long recv(int sockfd, byte[] buf, int off, int len, int flags) {
        Objects.checkFromIndexSize(off, len, buf.length);
        return recvHeap(sockfd, buf, off, Math.min(len, HEAP_MAX), flags | Linux.MSG_DONTWAIT);
    }

    private static native long sendHeap(int sockfd, byte[] buf, int off, int len, int flags);

    private static native long recvHeap(int sockfd, byte[] buf, int off, int len, int flags);

    @Override
    public native long getDirectBufferAddress(ByteBuffer direct);

    @Override
    public native ByteBuffer newDirectByteBuffer(long address, int capacity);
}
